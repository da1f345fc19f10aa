package dev.naru.api;

import dev.naru.billing.BillingKey;
import dev.naru.billing.BillingKeys;
import dev.naru.billing.Schedule;
import dev.naru.billing.Schedules;
import dev.naru.connector.Buyer;
import dev.naru.connector.Capability.IssueKey;
import dev.naru.connector.Card;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Money;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Purchase;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
  private static final int MONTHS = 3;
  private static final Set<String> STATES = Set.of("scheduled", "executed", "revoked");

  /** {@code scheduled} is V1's; the other two say the default, and its opposite, as lists do. */
  private static final Set<String> SORTINGS = Set.of("scheduled", "-scheduled");

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
      throw Failed.invalid("필수 파라미터가 누락되었습니다. (schedules)");
    }
    Purchases.Kind kind =
        new Purchases.Kind(
            "card", "정기 결제", customerUid, Purchase.Usage.PAYMENT_SCHEDULED, userAgent);
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
    boolean issues = Purchases.hasCard(sent);
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
    Card card = purchases.card(params);
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
    String sorting = params.oneOf("sorting", SORTINGS);
    return list(merchant, params, null, "scheduled".equals(sorting));
  }

  @GetMapping({
    "/subscribe/payments/schedule/customers/{customerUid}",
    "/subscribe/customers/{customerUid}/schedules"
  })
  Envelope ofCustomer(Merchant merchant, Params params, @PathVariable String customerUid) {
    return list(merchant, params, customerUid, false);
  }

  private record Span(Instant from, Instant to) {}

  /** A customer's are those around now, of as long a time as V1 lets one ask for. */
  private Span span(Params params, boolean optional) {
    Instant from = time(params, "schedule_from", "from");
    Instant to = time(params, "schedule_to", "to");
    if (!optional || (from != null && to != null)) {
      return new Span(
          required(params, "schedule_from", "from"), required(params, "schedule_to", "to"));
    }
    ZonedDateTime now = clock.instant().atZone(HubClock.SEOUL);
    if (from != null) {
      return new Span(from, from.atZone(HubClock.SEOUL).plusMonths(MONTHS).toInstant());
    }
    if (to != null) {
      return new Span(to.atZone(HubClock.SEOUL).minusMonths(MONTHS).toInstant(), to);
    }
    Instant since = now.minusMonths(1).toInstant();
    return new Span(since, since.atZone(HubClock.SEOUL).plusMonths(MONTHS).toInstant());
  }

  private Envelope list(
      Merchant merchant, Params params, @Nullable String customerUid, boolean oldestFirst) {
    Span span = span(params, customerUid != null);
    Instant from = span.from();
    Instant to = span.to();
    if (!from.isBefore(to)) {
      throw Failed.invalid("조회 시작 시각(schedule_from)은 종료 시각(schedule_to)보다 빨라야 합니다.");
    }
    if (from.atZone(HubClock.SEOUL).plusMonths(MONTHS).toInstant().isBefore(to)) {
      throw Failed.invalid("조회 기간은 최대 " + MONTHS + "개월입니다.");
    }
    String state =
        params.oneOf(params.has("schedule-status") ? "schedule-status" : "schedule_status", STATES);
    int page = params.whole("page", 1, 1, 1_000_000);
    int size = params.whole("limit", 20, 1, 1_000);
    Schedules.Found found =
        schedules.list(
            merchant.id(),
            new Schedules.Wanted(
                from,
                to,
                customerUid,
                state == null ? null : Schedule.State.valueOf(state.toUpperCase(Locale.ROOT)),
                oldestFirst),
            page,
            size);
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
      throw Failed.invalid("customer_uid 또는 merchant_uid 중 하나는 필수입니다.");
    }
    return Envelope.of(ScheduleView.of(schedules.revoke(merchant.id(), customerUid, merchantUids)));
  }

  private static Instant requiredAt(Params params) {
    return required(params, "schedule_at", "schedule_at");
  }

  private static @Nullable Instant time(Params params, String name, String otherName) {
    return params.time(params.has(name) ? name : otherName);
  }

  /** A time that stands under today's name, or one that other clients send. */
  private static Instant required(Params params, String name, String otherName) {
    Instant at = time(params, name, otherName);
    if (at == null) {
      throw Failed.invalid("필수 파라미터가 누락되었습니다. (" + name + ")");
    }
    return at;
  }
}
