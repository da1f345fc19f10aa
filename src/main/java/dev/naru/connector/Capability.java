package dev.naru.connector;

import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Card;
import dev.naru.connector.order.KeyOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.PointAccount;
import dev.naru.connector.order.Requester;
import dev.naru.connector.order.VbankOrder;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Visit;
import dev.naru.connector.window.Window;
import dev.naru.connector.window.Wish;
import dev.naru.kernel.Money;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a connector can do. A connector implements exactly the interfaces nested here, in {@link
 * AfterSale}, {@link Identifies} and {@link Recovers} that its PG has; the matrix, the documents
 * and the contract tests are read off its type.
 *
 * <p>No verb throws for what a PG or a network may do: that is an {@link Outcome}. Each verb that
 * moves money declares how its {@link Outcome.Unknown} ends.
 */
public sealed interface Capability
    permits AfterSale,
        Identifies,
        Recovers,
        Capability.KeyIn,
        Capability.IssueKey,
        Capability.ChargeKey,
        Capability.DeleteKey,
        Capability.Checkout,
        Capability.OneStepCheckout,
        Capability.WindowKey,
        Capability.WindowKeyCharge,
        Capability.Cancels,
        Capability.PartialCancels,
        Capability.Vbank,
        Capability.VbankChanges,
        Capability.FixedVbanks,
        Capability.Cvs,
        Capability.Points,
        Capability.QuickPay,
        Capability.QuickWindow,
        Capability.WishLists,
        Capability.Lookup,
        Capability.Notifies {

  /** The names of the capabilities that a connector's type implements, sorted. */
  static SortedSet<String> of(Class<? extends Connector> connector) {
    SortedSet<String> names = new TreeSet<>();
    all()
        .filter(one -> one.isAssignableFrom(connector))
        .forEach(one -> names.add(one.getSimpleName()));
    return names;
  }

  /** The simple names of all capabilities there are, in the order of this file. */
  static Iterable<String> names() {
    return all().map(Class::getSimpleName).toList();
  }

  private static Stream<Class<?>> all() {
    return Arrays.stream(Capability.class.getPermittedSubclasses())
        .flatMap(
            one -> one.isSealed() ? Arrays.stream(one.getPermittedSubclasses()) : Stream.of(one));
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

    /**
     * Whether the PG itself refuses a second charge under the id of an order that was charged, or
     * answers it as it did the first. Only then may the hub repeat a charge by itself.
     */
    boolean chargesOrderOnce();

    /** What looking up a charge by this key needs of it; kept encrypted before the call. */
    default Map<String, String> chargeIntent(PgKey key) {
      return Map.of();
    }
  }

  /** Deletes a billing key at the PG, which may want to know on whose wish and why. */
  non-sealed interface DeleteKey extends Capability {
    Outcome<Instant> delete(PgKey key);

    default Outcome<Instant> delete(PgKey key, Requester requester, String reason) {
      return delete(key);
    }
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

  /**
   * The PG's window, which charges by itself: nobody can say no between the buyer's yes and the
   * charge, so that a charge which must not be is cancelled at once. Whether there is one is told
   * by the PG's books ({@link Lookup}), by what it confirms ({@link Recovers.Confirms}), and by
   * what it signs: {@link Notice.Approved}, {@link Returned.Approved}. Nothing else the browser
   * says counts. A connector that has it has {@link Notifies} and {@link Cancels} too.
   */
  non-sealed interface OneStepCheckout extends Capability {
    /** May call the PG first. */
    Outcome<Window> open(Order order, Visit visit);

    /**
     * What the browser says: {@link Returned.Authenticated} that the buyer has paid. Calls nobody.
     */
    Returned authenticate(Order order, PgReturn back);
  }

  /** The PG's window, which ends in a billing key. Moves no money. */
  non-sealed interface WindowKey extends Capability {
    Outcome<Window> openForKey(Order order, String owner, Visit visit);

    Returned authenticateKey(Order order, PgReturn back);

    Outcome<PgKey> issueFromWindow(Order order, String owner, Map<String, String> intent);
  }

  /**
   * The window of a {@link WindowKey} charges what it shows, if that is more than nothing, by the
   * call that fetches the key. V1: the usage {@code payment}.
   */
  non-sealed interface WindowKeyCharge extends Capability {
    Outcome<KeyedApproval> chargeFromWindow(Order order, String owner, Map<String, String> intent);

    Ends windowKeyChargeEnds();
  }

  /** Gives back what is left of a payment as a whole. */
  non-sealed interface Cancels extends Capability {
    Outcome<Canceled> cancel(CancelOrder cancel);

    Ends.OfCancels cancelEnds();
  }

  /** {@link Cancels} also takes a part of what is left. */
  non-sealed interface PartialCancels extends Capability {}

  /** Opens virtual accounts by API, and revokes them while nobody has paid. */
  non-sealed interface Vbank extends Capability {
    /** {@link Approval#account()} waits for its deposit. */
    Outcome<Approval> open(Order order, VbankOrder account);

    /** May be repeated: nobody pays into an account that is closed. */
    Outcome<Instant> revoke(Order order, PgRef ref, Approval.Account account, String reason);

    Ends vbankEnds();
  }

  /**
   * {@link Vbank} also opens accounts of numbers the shop was given (고정식 가상계좌), as {@link
   * Wishes.Account} says, and takes an escrow password.
   */
  non-sealed interface FixedVbanks extends Capability {}

  /** Changes a virtual account that nobody has paid into. V1: {@code PUT /vbanks}. */
  non-sealed interface VbankChanges extends Capability {
    /**
     * Moves no money and says what the account is like afterwards, so that it may be repeated: an
     * {@link Outcome.Unknown} is asked again.
     *
     * @param order with the wishes the account was opened with
     * @param amount what is to be paid in from now on, ignored by an account that takes any number
     *     of deposits
     * @param due until when
     * @return the account as it is now
     */
    Outcome<Approval> change(
        Order order, PgRef ref, Approval.Account account, Money amount, Instant due);
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
   * keys for automatic payment are billing keys, {@link ChargeKey}. V1: {@code /kcpquick}.
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

  /** Keeps people's wish lists (찜), with a window for it. V1: {@code IMP.naver_zzim}. */
  non-sealed interface WishLists extends Capability {
    /** Where a person may put these on their list. The same request may be repeated. */
    Outcome<URI> openWishList(Wish wish);
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

  /** The PG sends notices. */
  non-sealed interface Notifies extends Capability {
    Notice read(PgReturn raw);

    /** How they are answered. */
    default Notice.Manner manner() {
      return Notice.Manner.PLAIN;
    }
  }
}
