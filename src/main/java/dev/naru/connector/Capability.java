package dev.naru.connector;

import dev.naru.connector.Outcome.Ok;
import dev.naru.kernel.Secret;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a connector can do. A connector implements exactly the interfaces nested here that its PG
 * has; the matrix, the documents and the contract tests are read off its type.
 *
 * <p>No verb throws for what a PG or a network may do: that is an {@link Outcome}. Each verb that
 * moves money declares how its {@link Outcome.Unknown} ends.
 */
public sealed interface Capability {

  /** The names of the capabilities that a connector's type implements, sorted. */
  static SortedSet<String> of(Class<? extends Connector> connector) {
    SortedSet<String> names = new TreeSet<>();
    for (Class<?> one : Capability.class.getPermittedSubclasses()) {
      if (one.isAssignableFrom(connector)) {
        names.add(one.getSimpleName());
      }
    }
    return names;
  }

  /** The simple names of all capabilities there are, in the order of this file. */
  static Iterable<String> names() {
    return Arrays.stream(Capability.class.getPermittedSubclasses())
        .map(Class::getSimpleName)
        .toList();
  }

  /** Charges a card whose data the shop sends. */
  non-sealed interface KeyIn extends Capability {
    Outcome<Approval> charge(Order order, Card card);

    Ends keyInEnds();
  }

  /** Turns card data into a billing key. Moves no money, so that an Unknown ends as a refusal. */
  non-sealed interface IssueKey extends Capability {
    Outcome<PgKey> issue(KeyOrder order, Card card);
  }

  /** Charges a billing key. */
  non-sealed interface ChargeKey extends Capability {
    Outcome<Approval> charge(Order order, PgKey key);

    Ends chargeKeyEnds();
  }

  /** Deletes a billing key at the PG. */
  non-sealed interface DeleteKey extends Capability {
    Outcome<Instant> delete(PgKey key);
  }

  /** The PG's window, which authenticates the buyer; charging is then up to us. */
  non-sealed interface Checkout extends Capability {
    /** May call the PG first. */
    Outcome<Window> open(Order order, Visit visit);

    /** Verifies what the browser brought back. Calls nobody. */
    Returned authenticate(Order order, PgReturn back);

    Outcome<Approval> approve(Order order, Map<String, String> intent);

    Ends approveEnds();
  }

  /** The PG's window, which ends in a billing key. Moves no money. */
  non-sealed interface WindowKey extends Capability {
    Outcome<Window> openForKey(Order order, String owner, Visit visit);

    Returned authenticateKey(Order order, PgReturn back);

    Outcome<PgKey> issueFromWindow(Order order, String owner, Map<String, String> intent);
  }

  /** Gives back what is left of a payment as a whole. */
  non-sealed interface Cancels extends Capability {
    Outcome<Canceled> cancel(CancelOrder cancel);

    Ends cancelEnds();
  }

  /** {@link Cancels} also takes a part of what is left. */
  non-sealed interface PartialCancels extends Capability {}

  /** Opens virtual accounts by API, and revokes them while nobody has paid. */
  non-sealed interface Vbank extends Capability {
    /**
     * @param bank the PG's bank code
     * @param holder the name the account shows, null where the PG uses the contract's
     * @param fixed V1's vbank_key or vbank_num of a fixed account, null for a new one
     */
    Outcome<Approval> open(
        Order order, String bank, Instant due, @Nullable String holder, @Nullable String fixed);

    Outcome<Instant> revoke(Order order, PgRef ref, String reason);

    Ends vbankEnds();
  }

  /**
   * Issues barcodes that are paid at the till of a convenience store (편의점 결제), and revokes them
   * while nobody has paid. V1: {@code /cvs}.
   */
  non-sealed interface Cvs extends Capability {
    /**
     * {@link Approval#account()} is the barcode, which waits to be paid.
     *
     * @param barcode a number of the shop's own, null for one of the PG's
     * @param until null for as long as the contract says
     */
    Outcome<Approval> issue(Order order, @Nullable String barcode, @Nullable Instant until);

    /** May be repeated: a barcode that is revoked already is {@link Ok}. */
    Outcome<Instant> revoke(Order order, PgRef ref, String reason);

    Ends cvsEnds();
  }

  /** Welfare points of an employer's mall, and paying with them. V1: {@code /benepia}. */
  non-sealed interface Points extends Capability {
    /**
     * How many points somebody has. Moves none.
     *
     * @param id 20 characters of 0-9 A-Z, of this question
     */
    Outcome<Long> points(String id, PointAccount account);

    Outcome<Approval> payPoints(Order order, PointAccount account);

    Ends pointsEnds();
  }

  /**
   * An easy pay of the shop's own that the PG runs: its members, and their prepaid money. Their
   * keys for automatic payment are billing keys: {@link ChargeKey}, {@link DeleteKey}. V1: {@code
   * /kcpquick}.
   */
  non-sealed interface QuickPay extends Capability {
    /** The contract as the shop names it. */
    record Partner(String siteCode, String type, String subtype) {}

    Partner partner();

    /**
     * Charges a member's prepaid money.
     *
     * @param pinCheck the transaction in which the member gave the PIN; good for one order
     */
    Outcome<Approval> payMoney(Order order, String memberId, PgRef pinCheck);

    Ends moneyEnds();

    /**
     * May be repeated: a member who is gone already is {@link Ok}.
     *
     * @param id 20 characters of 0-9 A-Z, of this request; as in the other methods
     */
    Outcome<Instant> deleteMember(String id, String memberId);

    /** Forgets the device by which the member proves who they are (FIDO). */
    Outcome<Instant> releaseFido(String id, String memberId);
  }

  /**
   * What a member does in the window of a {@link QuickPay}, done by a tester in the member's place:
   * emulated PGs alone have it. Moves no money.
   */
  non-sealed interface QuickWindow extends Capability {
    Outcome<Instant> join(String id, String memberId);

    /** The member gives the PIN. */
    Outcome<PgRef> checkPin(String id, String memberId);

    /** The member agrees to be charged without being asked. */
    Outcome<PgKey> registerAutopay(String id, String memberId);
  }

  /** Reads the PG's books. */
  non-sealed interface Lookup extends Capability {
    /**
     * Empty means that the PG does not know the order.
     *
     * @param intent what was kept of the attempt, empty if nothing was
     */
    Outcome<Optional<PgRecord>> find(Order order, @Nullable PgRef ref, Map<String, String> intent);
  }

  /**
   * Undoes an approval whose result never arrived (망취소). {@link Ok} means that the order is not
   * charged and cannot be any more.
   */
  non-sealed interface NetCancel extends Capability {
    Outcome<Instant> netCancel(Order order, Map<String, String> intent);
  }

  /**
   * Verifies who somebody is by a code sent to their phone (본인인증). Moves no money: a request whose
   * Unknown stays one has failed, and may be made again.
   */
  non-sealed interface IdentityOtp extends Capability {
    /** Has the carrier check the person, and the code sent. */
    Outcome<OtpSent> request(OtpOrder order);

    /**
     * {@link Outcome.Declined} for a wrong code: the verification stays open.
     *
     * @param code what the person typed, null where they approve in an app
     */
    Outcome<Identity> confirm(OtpOrder order, OtpSent sent, @Nullable Secret code);

    Ends confirmEnds();
  }

  /** {@link IdentityOtp} also asks the carrier's app instead of sending a message. */
  non-sealed interface IdentityApp extends Capability {}

  /**
   * Issues cash receipts (현금영수증) by API, and takes them back. Moves no money, but a receipt must
   * not be issued twice.
   */
  non-sealed interface Receipts extends Capability {
    Outcome<Receipted> issue(ReceiptOrder order);

    /** How an Unknown of {@link #issue} ends. */
    Ends receiptEnds();

    /** May be repeated: a receipt that is taken back already is {@link Ok}. */
    Outcome<Instant> revoke(ReceiptOrder.Cancel cancel);
  }

  /** Registers the delivery of what was paid by escrow. Moves no money. */
  non-sealed interface Escrow extends Capability {
    /** May be repeated: the last one counts. */
    Outcome<Instant> ship(Order order, PgRef ref, Delivery delivery);
  }

  /** Takes word of how an order goes on (V1: PAYCO). Moves no money. */
  non-sealed interface OrderProgress extends Capability {
    /** May be repeated: the last one counts. */
    Outcome<Instant> progress(Order order, PgRef ref, OrderStatus status);
  }

  /**
   * Takes word of a delivery, without which the PG does not settle (V1: Paymentwall). Moves no
   * money.
   */
  non-sealed interface DeliveryReports extends Capability {
    /** May be repeated: the last one counts. */
    Outcome<DeliveryReport.Verdict> report(Order order, PgRef ref, DeliveryReport report);
  }

  /** Credits the points that a purchase earns its buyer (V1: Naver Pay). */
  non-sealed interface PointCredits extends Capability {
    /** May be repeated: points are credited once per order. */
    Outcome<Instant> creditPoints(Order order, PgRef ref);
  }

  /** Confirms that a purchase is complete (구매확정; V1: Naver Pay). Moves no money. */
  non-sealed interface PurchaseConfirms extends Capability {
    /** May be repeated: a purchase that is confirmed already is {@link Ok}. */
    Outcome<Instant> confirmPurchase(Order order, PgRef ref, Requester requester);
  }

  /** Tells how much of a payment a cash receipt could be for (V1: Naver Pay). */
  non-sealed interface CashPart extends Capability {
    Outcome<CashAmount> cashAmount(Order order, PgRef ref);
  }

  /** Keeps the products of an order apart (V1: Naver Pay, order type); refunds: {@link Cancels}. */
  non-sealed interface ProductOrders extends Capability {
    /** Those of an order, in the order in which they were bought. */
    Outcome<List<ProductOrder>> products(Order order);

    /** One by the PG's id, whoever's it is at this account; empty if there is none. */
    Outcome<Optional<ProductOrder>> product(String id);

    /** Does what moves no money. The same again, with nothing in between, is done once. */
    Outcome<ProductOrder> act(Order order, String product, ProductAct act);

    /** Those written at this account in a span of time, both ends included, oldest first. */
    Outcome<List<ProductReview>> reviews(Instant from, Instant to, ProductReview.Kind kind);
  }

  /** The PG sends notices. */
  non-sealed interface Notifies extends Capability {
    Notice read(PgReturn raw);
  }
}
