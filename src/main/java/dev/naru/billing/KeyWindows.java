package dev.naru.billing;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability.WindowKey;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Order;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRef;
import dev.naru.connector.PgReturn;
import dev.naru.connector.Visit;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.ImpUid;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Attempt;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.Windows;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Billing keys issued in a PG's window ({@code request_pay} with {@code customer_uid}). */
@Component
public class KeyWindows {

  private final Windows windows;
  private final BillingKeys keys;
  private final Channels channels;
  private final HubClock clock;

  KeyWindows(Windows windows, BillingKeys keys, Channels channels, HubClock clock) {
    this.windows = windows;
    this.keys = keys;
    this.channels = channels;
    this.clock = clock;
  }

  /**
   * Opens the window. The purchase has a customer_uid, the usage {@code ISSUE}, and as the option
   * {@code customer_id} whom the PG binds the key to.
   *
   * @throws dev.naru.kernel.Failed as {@link Windows#open}
   */
  public Windows.Opened open(
      Merchant merchant, Channel channel, Purchase purchase, Function<ImpUid, Visit> visit) {
    WindowKey window = channel.require(WindowKey.class);
    return windows.open(
        merchant,
        channel,
        purchase,
        Attempt.Verb.WINDOW_KEY,
        visit,
        (order, where) -> window.openForKey(order, owner(purchase), where));
  }

  /** The browser is back: fetches the key, keeps it, and calls the payment paid, as V1 does. */
  public Payment comeBack(Payment payment, PgReturn back) {
    Channel channel = channels.get(payment.merchantId(), payment.via().channelKey());
    WindowKey window = channel.require(WindowKey.class);
    Windows.Step step = windows.begin(payment, order -> window.authenticateKey(order, back));
    if (!step.ours()) {
      return step.payment();
    }
    Payment calling = step.payment();
    Purchase purchase = calling.purchase();
    Order order = calling.order(calling.attempt());
    Outcome<PgKey> issued =
        window.issueFromWindow(order, owner(purchase), calling.attempt().intent());
    return switch (issued) {
      case Outcome.Ok<PgKey>(PgKey key) -> {
        keys.keep(
            channel,
            new BillingKeys.Holder(
                String.valueOf(purchase.customerUid()), owner(purchase), purchase.buyer()),
            key);
        yield windows.keyIssued(calling, shown(order, key));
      }
      case Outcome.Declined<PgKey>(Decline decline) -> windows.keyRefused(calling, decline);
      case Outcome.Unknown<PgKey>(String why) -> windows.keyRefused(calling, noResult());
      case Outcome.Pending<PgKey>(var ref, var until) -> windows.keyRefused(calling, noResult());
    };
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
    String given = purchase.options().get("customer_id");
    return given == null ? String.valueOf(purchase.customerUid()) : given;
  }

  private static Decline noResult() {
    return Decline.of(Reason.PG_ERROR, "빌링키 발급 결과를 확인할 수 없습니다. 다시 시도해 주세요.");
  }
}
