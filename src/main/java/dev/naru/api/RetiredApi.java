package dev.naru.api;

import dev.naru.connector.Capability.KeyIn;
import dev.naru.connector.Card;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Money;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Payment;
import dev.naru.payment.Payments;
import dev.naru.payment.Purchase;
import dev.naru.promotion.Promotions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Operations that V1 has retired, and that clients in the wild still know. */
@RestController
class RetiredApi {

  private final Payments payments;
  private final Channels channels;
  private final Purchases purchases;
  private final Repetitions repetitions;
  private final Promotions promotions;
  private final HubClock clock;

  RetiredApi(
      Payments payments,
      Channels channels,
      Purchases purchases,
      Repetitions repetitions,
      Promotions promotions,
      HubClock clock) {
    this.payments = payments;
    this.channels = channels;
    this.purchases = purchases;
    this.repetitions = repetitions;
    this.promotions = promotions;
    this.clock = clock;
  }

  /**
   * Charges a card issued abroad. Its clients send no birth date and no PIN; a PG whose contract
   * wants them refuses, and that is the answer.
   */
  @PostMapping("/subscribe/payments/foreign")
  Envelope foreign(
      Merchant merchant,
      Params params,
      Once once,
      @RequestHeader(name = "User-Agent", required = false) @Nullable String userAgent) {
    Purchase purchase =
        purchases.read(
            merchant, params, new Purchases.Kind("card", "해외카드 결제", null, null, userAgent));
    Card card = purchases.card(params);
    Channel channel =
        channels.choose(
            merchant.id(), params.text("channel_key", 55), params.text("pg", 80), KeyIn.class);
    Payment payment =
        repetitions.or(
            once, purchase, merchant, () -> payments.keyIn(merchant, channel, purchase, card));
    return SubscribeApi.answer(payment);
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
