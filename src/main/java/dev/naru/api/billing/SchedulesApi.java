package dev.naru.api.billing;

import dev.naru.api.Refusal;
import dev.naru.api.Word;
import dev.naru.api.payment.CardParams;
import dev.naru.api.payment.PaymentView;
import dev.naru.api.payment.PurchaseKind;
import dev.naru.api.payment.Purchases;
import dev.naru.api.wire.Amounts;
import dev.naru.api.wire.Envelope;
import dev.naru.api.wire.PagedView;
import dev.naru.api.wire.Params;
import dev.naru.billing.BillingKeys;
import dev.naru.billing.Schedules;
import dev.naru.billing.key.BillingKey;
import dev.naru.connector.Capability.IssueKey;
import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.Card;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Malformed;
import dev.naru.kernel.Money;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Purchase;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** V1's {@code /subscribe/payments/schedule}: charges of billing keys in time to come. */
@RestController
class SchedulesApi {

  private static final int MOST_AT_ONCE = 1_000;

  private final Schedules schedules;
  private final BillingKeys keys;
  private final KeyChannels keyChannels;
  private final Channels channels;
  private final Purchases purchases;
  private final HubClock clock;

  SchedulesApi(
      Schedules schedules,
      BillingKeys keys,
      KeyChannels keyChannels,
      Channels channels,
      Purchases purchases,
      HubClock clock) {
    this.clock = clock;
    this.keyChannels = keyChannels;
    this.schedules = schedules;
    this.keys = keys;
    this.channels = channels;
    this.purchases = purchases;
  }

  /** Schedules all entries or none; card data makes a key if the customer_uid has none. */
  @PostMapping("/subscribe/payments/schedule")
  Envelope schedule(
      Merchant merchant,
      Params params,
      @RequestHeader(name = "User-Agent", required = false) @Nullable String userAgent) {
    String customerUid = params.required("customer_uid", 80);
    List<Params> given = params.objects("schedules", MOST_AT_ONCE);
    if (given.isEmpty()) {
      throw Failed.invalid(Malformed.MISSING, "schedules");
    }
    PurchaseKind kind =
        new PurchaseKind(
            "card", Word.KEY_PAYMENT, customerUid, Purchase.Usage.PAYMENT_SCHEDULED, userAgent);
    String promotion = Purchases.promotion(params);
    String channelKey = channels.pinned(merchant.id(), params.text("channel_key", 55));
    Supplier<Optional<Channel>> charged =
        () -> keyChannels.of(merchant.id(), customerUid, channelKey);
    List<Schedules.Entry> entries =
        given.stream()
            .map(
                entry ->
                    new Schedules.Entry(
                        purchases
                            .read(merchant, Purchases.readBy(entry, "card", charged), kind)
                            .promotedBy(promotion),
                        requiredAt(entry)))
            .toList();
    return Envelope.of(
        ScheduleView.of(
            schedules.schedule(
                merchant,
                new Schedules.Request(
                    customerUid,
                    entries,
                    channelKey,
                    checking(params),
                    issue(merchant, params, customerUid, entries, charged)))));
  }

  /** How the key is made, should there be none. V1 names no customer here but the buyer. */
  private @Nullable Supplier<BillingKey> issue(
      Merchant merchant,
      Params sent,
      String customerUid,
      List<Schedules.Entry> entries,
      Supplier<Optional<Channel>> charged) {
    String channelKey = sent.text("channel_key", 55);
    String pg = sent.text("pg", 80);
    boolean issues = CardParams.hasCard(sent);
    Params params =
        Purchases.readBy(
            sent,
            "card",
            () ->
                issues
                    ? Optional.of(channels.choose(merchant.id(), channelKey, pg, IssueKey.class))
                    : charged.get());
    String customerId = params.text("customer_id", 300);
    if (!issues) {
      List.of("expiry", "birth", "pwd_2digit", "cvc").forEach(name -> params.text(name, 40));
      return null;
    }
    Card card = CardParams.card(params);
    Channel channel = channels.choose(merchant.id(), channelKey, pg, IssueKey.class);
    Buyer customer = entries.getFirst().purchase().buyer();
    BillingKeys.Holder holder = new BillingKeys.Holder(customerUid, customerId, customer);
    return () -> keys.issue(merchant, channel, holder, card);
  }

  private static @Nullable Money checking(Params params) {
    BigDecimal amount = params.number("checking_amount");
    Money checking = Amounts.orNull("checking_amount", amount, Money.KRW);
    return checking == null || checking.isZero() ? null : checking;
  }

  @GetMapping("/subscribe/payments/schedule")
  Envelope list(Merchant merchant, Params params) {
    return list(merchant, params, WantedSchedules.read(params));
  }

  @GetMapping({
    "/subscribe/payments/schedule/customers/{customerUid}",
    "/subscribe/customers/{customerUid}/schedules"
  })
  Envelope ofCustomer(Merchant merchant, Params params, @PathVariable String customerUid) {
    return list(merchant, params, WantedSchedules.read(params, customerUid, clock.instant()));
  }

  private Envelope list(Merchant merchant, Params params, Schedules.Wanted wanted) {
    int page = params.whole("page", 1, 1, 1_000_000);
    int size = params.whole("limit", 20, 1, 1_000);
    Schedules.Found found = schedules.list(merchant.id(), wanted, page, size);
    return Envelope.of(
        PagedView.of(found.total(), page, size, found.schedules(), ScheduleView::of));
  }

  @GetMapping("/subscribe/payments/schedule/{merchantUid}")
  Envelope one(Merchant merchant, @PathVariable String merchantUid) {
    return Envelope.of(ScheduleView.of(schedules.get(merchant.id(), merchantUid)));
  }

  @PutMapping("/subscribe/payments/schedule/{merchantUid}")
  Envelope move(Merchant merchant, Params params, @PathVariable String merchantUid) {
    Instant at = requiredAt(params);
    return Envelope.of(ScheduleView.of(schedules.move(merchant.id(), merchantUid, at)));
  }

  @PostMapping("/subscribe/payments/schedule/{merchantUid}/reschedule")
  Envelope reschedule(Merchant merchant, Params params, @PathVariable String merchantUid) {
    Instant at = requiredAt(params);
    return Envelope.of(ScheduleView.of(schedules.reopen(merchant.id(), merchantUid, at)));
  }

  @PostMapping("/subscribe/payments/schedule/{merchantUid}/retry")
  Envelope retry(Merchant merchant, @PathVariable String merchantUid) {
    return Envelope.of(PaymentView.of(schedules.retry(merchant, merchantUid)));
  }

  @PostMapping("/subscribe/payments/unschedule")
  Envelope unschedule(Merchant merchant, Params params) {
    String customerUid = params.text("customer_uid", 80);
    List<String> merchantUids = params.texts("merchant_uid", 40, MOST_AT_ONCE);
    if (customerUid == null && merchantUids.isEmpty()) {
      throw Failed.invalid(Refusal.NO_SCHEDULE_NAMED);
    }
    return Envelope.of(ScheduleView.of(schedules.revoke(merchant.id(), customerUid, merchantUids)));
  }

  private static Instant requiredAt(Params params) {
    return WantedSchedules.required(params, "schedule_at", "schedule_at");
  }
}
