package dev.naru.api;

import dev.naru.aftercare.ListedOrders;
import dev.naru.api.aftercare.KakaoView;
import dev.naru.api.once.Once;
import dev.naru.api.once.Repetitions;
import dev.naru.api.payment.CardParams;
import dev.naru.api.payment.PaymentViews;
import dev.naru.api.payment.PurchaseKind;
import dev.naru.api.payment.Purchases;
import dev.naru.api.wire.Amounts;
import dev.naru.api.wire.Envelope;
import dev.naru.api.wire.Params;
import dev.naru.connector.Capability.KeyIn;
import dev.naru.connector.order.Card;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Money;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Use;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.flow.Payments;
import dev.naru.promotion.Promotions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Operations that V1 has retired, and that clients in the wild still know. */
@RestController
class RetiredApi {

  private final Payments payments;
  private final ListedOrders orders;
  private final Channels channels;
  private final Purchases purchases;
  private final Repetitions repetitions;
  private final Promotions promotions;
  private final HubClock clock;

  RetiredApi(
      Payments payments,
      ListedOrders orders,
      Channels channels,
      Purchases purchases,
      Repetitions repetitions,
      Promotions promotions,
      HubClock clock) {
    this.payments = payments;
    this.orders = orders;
    this.channels = channels;
    this.purchases = purchases;
    this.repetitions = repetitions;
    this.promotions = promotions;
    this.clock = clock;
  }

  /**
   * Charges a card issued abroad. Its clients send no birth date and no PIN, and mostly no PG: then
   * it is one that charges by number and month alone, if there is one. A PG that wants more refuses
   * by itself.
   */
  @PostMapping("/subscribe/payments/foreign")
  Envelope foreign(
      Merchant merchant,
      Params sent,
      Once once,
      @RequestHeader(name = "User-Agent", required = false) @Nullable String userAgent) {
    Params params = Purchases.readBy(sent, "card", () -> Optional.of(abroad(merchant, sent)));
    Purchase purchase =
        purchases.read(
            merchant,
            params,
            new PurchaseKind("card", Word.FOREIGN_CARD_PAYMENT, null, null, userAgent));
    Card card = CardParams.card(params);
    Channel channel = abroad(merchant, params);
    Payment payment =
        repetitions.or(
            once, purchase, merchant, () -> payments.keyIn(merchant, channel, purchase, card));
    return PaymentViews.ofCharge(payment);
  }

  private Channel abroad(Merchant merchant, Params params) {
    String channelKey = params.text("channel_key", 55);
    String pg = params.text("pg", 80);
    Use any = Use.of(KeyIn.class);
    Use bare = any.and(channel -> !channel.connector().wantsHolder());
    boolean isBare = !params.has("birth");
    boolean free = channelKey == null && pg == null;
    boolean chosen = isBare && free && channels.of(merchant.id()).stream().anyMatch(bare.is());
    return channels.choose(merchant.id(), channelKey, pg, chosen ? bare : any);
  }

  /** Kakao Pay's own list of the orders of a day, of one CID. */
  @GetMapping("/kakao/payment/orders")
  Envelope kakaoOrders(Merchant merchant, Params params) {
    LocalDate day = day(params.required("payment_request_date", 8));
    String cid = params.text("cid", 80);
    int page = params.whole("page", 1, 1, Integer.MAX_VALUE);
    ListedOrders.Page listed =
        orders.of(merchant, new ListedOrders.Wanted("kakaopay", cid, day, page));
    return Envelope.of(
        new KakaoView(
            page,
            day.format(DateTimeFormatter.BASIC_ISO_DATE),
            listed.account(),
            listed.orders().stream()
                .map(order -> KakaoView.Listed.of(order, listed.account()))
                .toList()));
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeException noDay) {
      throw Failed.invalid(Refusal.NO_DAY);
    }
  }

  /** The promotions that take something off an order of this amount now. */
  @GetMapping("/promotion/current")
  Envelope current(Merchant merchant, Params params) {
    Money amount = Amounts.payable(params, Money.KRW);
    params.text("merchant_uid", 40);
    return Envelope.of(
        promotions.current(merchant.id(), amount).stream()
            .map(promotion -> PromotionViews.Current.of(promotion, amount))
            .toList());
  }

  /** All of them, by status: 0 any, 1 planned, 2 running, 3 finished. */
  @GetMapping("/promotion/infos")
  Envelope infos(Merchant merchant, Params params) {
    params.required("status", 1);
    int status = params.whole("status", 0, 0, 3);
    Instant now = clock.instant();
    return Envelope.of(
        promotions.list(merchant.id()).stream()
            .filter(one -> status == 0 || PromotionViews.status(one.state(now)) == status)
            .map(one -> PromotionViews.Info.of(one, merchant.userCode(), now))
            .toList());
  }
}
