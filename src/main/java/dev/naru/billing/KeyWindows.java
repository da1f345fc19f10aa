package dev.naru.billing;

import static dev.naru.payment.Refusal.KEY_UNDECIDED;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.WindowKey;
import dev.naru.connector.Capability.WindowKeyCharge;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.KeyedApproval;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRef;
import dev.naru.connector.http.Lease;
import dev.naru.connector.order.Order;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Visit;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.ImpUid;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Attempt;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.flow.WindowOpenings;
import dev.naru.payment.flow.WindowStep;
import dev.naru.payment.flow.Windows;
import dev.naru.payment.resolve.IssuedKeys;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Billing keys issued in a PG's window ({@code request_pay} with {@code customer_uid}). At some PGs
 * the window charges what it shows: then the payment is a real one, and one without its key is
 * given back.
 */
@Component
public class KeyWindows implements IssuedKeys {

  private final Windows windows;
  private final WindowOpenings openings;
  private final BillingKeys keys;
  private final Channels channels;
  private final HubClock clock;

  KeyWindows(
      Windows windows,
      WindowOpenings openings,
      BillingKeys keys,
      Channels channels,
      HubClock clock) {
    this.windows = windows;
    this.openings = openings;
    this.keys = keys;
    this.channels = channels;
    this.clock = clock;
  }

  /**
   * Opens the window. The purchase has a customer_uid. Its usage becomes {@code PAYMENT} if the
   * window will charge.
   *
   * @throws dev.naru.kernel.Failed as {@link WindowOpenings#open}
   */
  public WindowOpenings.Opened open(
      Merchant merchant, Channel channel, Purchase purchase, Function<ImpUid, Visit> visit) {
    WindowKey window = channel.require(WindowKey.class);
    boolean charges = channel.has(WindowKeyCharge.class) && !purchase.amount().isZero();
    return openings.open(
        merchant,
        channel,
        purchase.with(charges ? Purchase.Usage.PAYMENT : Purchase.Usage.ISSUE),
        Attempt.Verb.WINDOW_KEY,
        visit,
        (order, where) -> window.openForKey(order, owner(purchase), where));
  }

  /** The browser is back: fetches the key, keeps it, and calls the payment paid, as V1 does. */
  public Payment comeBack(Payment payment, PgReturn back) {
    Channel channel = channels.get(payment.merchantId(), payment.via().channelKey());
    WindowKey window = channel.require(WindowKey.class);
    WindowStep step = windows.begin(payment, order -> window.authenticateKey(order, back));
    if (!step.ours()) {
      return step.payment();
    }
    try {
      return step.payment().isKeyOnly() ? issue(step, channel) : charge(step, channel);
    } catch (Lease.Ended late) {
      return windows.overtaken(step.payment());
    }
  }

  private Payment issue(WindowStep step, Channel channel) {
    Payment calling = step.payment();
    Order order = calling.order(calling.attempt());
    WindowKey pg = channel.require(WindowKey.class);
    Outcome<PgKey> issued =
        step.lease()
            .call(
                () ->
                    pg.issueFromWindow(
                        order, owner(calling.purchase()), calling.attempt().intent()));
    return switch (issued) {
      case Outcome.Ok<PgKey>(PgKey key) -> {
        keep(calling, channel, key);
        yield windows.keyIssued(calling, shown(order, key));
      }
      case Outcome.Declined<PgKey>(Decline decline) -> windows.keyRefused(calling, decline);
      case Outcome.Unknown<PgKey>(String why) -> windows.keyRefused(calling, noResult());
      case Outcome.Pending<PgKey>(var ref, var until) -> windows.keyRefused(calling, noResult());
    };
  }

  /**
   * The key is kept first: a hub that dies before the payment is written finds both, and one that
   * dies before the key is kept finds a charge to be given back.
   */
  private Payment charge(WindowStep step, Channel channel) {
    Payment calling = step.payment();
    Order order = calling.order(calling.attempt());
    WindowKeyCharge pg = channel.require(WindowKeyCharge.class);
    Outcome<KeyedApproval> charged =
        step.lease()
            .call(
                () ->
                    pg.chargeFromWindow(
                        order, owner(calling.purchase()), calling.attempt().intent()));
    if (charged instanceof Outcome.Ok<KeyedApproval>(KeyedApproval(Approval approval, PgKey key))
        && approval.amount().equals(order.amount())) {
      keep(calling, channel, key);
    }
    return windows.keyCharged(calling, charged.map(KeyedApproval::approval));
  }

  private void keep(Payment calling, Channel channel, PgKey key) {
    Purchase purchase = calling.purchase();
    BillingKeys.Holder holder =
        new BillingKeys.Holder(
            String.valueOf(purchase.customerUid()), owner(purchase), purchase.buyer());
    keys.keep(keys.fresh(channel, holder, key).issuedBy(calling.impUid()));
  }

  @Override
  public boolean isKept(Payment payment) {
    String customerUid = String.valueOf(payment.purchase().customerUid());
    return keys.find(payment.merchantId(), customerUid).stream()
        .flatMap(customer -> customer.keys().stream())
        .anyMatch(key -> payment.impUid().equals(key.issuedBy()));
  }

  private Approval shown(Order order, PgKey key) {
    return new Approval(
        new PgRef(order.id()),
        order.amount(),
        clock.instant(),
        order.method(),
        null,
        null,
        key.card(),
        0,
        null,
        null,
        null,
        Map.of());
  }

  private static String owner(Purchase purchase) {
    String given = purchase.customerId();
    return given == null ? String.valueOf(purchase.customerUid()) : given;
  }

  private static Decline noResult() {
    return Decline.of(Reason.PG_ERROR, KEY_UNDECIDED);
  }
}
