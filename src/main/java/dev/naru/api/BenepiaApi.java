package dev.naru.api;

import dev.naru.api.once.Once;
import dev.naru.api.once.Repetitions;
import dev.naru.api.payment.PaymentView;
import dev.naru.api.payment.PurchaseKind;
import dev.naru.api.payment.Purchases;
import dev.naru.api.wire.Envelope;
import dev.naru.api.wire.Params;
import dev.naru.connector.Capability.Points;
import dev.naru.connector.Decline;
import dev.naru.connector.order.PointAccount;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Secret;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.flow.WelfarePoints;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** V1's {@code /benepia}: the welfare points of Benepia, by a contract with NHN KCP. */
@RestController
class BenepiaApi {

  private final WelfarePoints points;
  private final Channels channels;
  private final Purchases purchases;
  private final Repetitions repetitions;

  BenepiaApi(
      WelfarePoints points, Channels channels, Purchases purchases, Repetitions repetitions) {
    this.points = points;
    this.channels = channels;
    this.purchases = purchases;
    this.repetitions = repetitions;
  }

  @PostMapping("/benepia/point")
  Envelope balance(Merchant merchant, Params params) {
    PointAccount account = account(params);
    return Envelope.of(
        Map.of("point", points.balance(merchant, channel(merchant, params), account)));
  }

  @PostMapping("/benepia/payment")
  Envelope pay(
      Merchant merchant,
      Params params,
      Once once,
      @RequestHeader(name = "User-Agent", required = false) @Nullable String userAgent) {
    PointAccount account = account(params);
    params.required("name", 40);
    Purchase purchase =
        purchases.read(merchant, params, new PurchaseKind("point", null, null, null, userAgent));
    Channel channel = channel(merchant, params);
    Payment payment =
        repetitions.or(
            once, purchase, merchant, () -> points.pay(merchant, channel, purchase, account));
    if (payment.state() instanceof Payment.State.Failed(Decline decline, var at)
        && decline.reason().isCardData()) {
      throw Failed.refusedByPg(Refusal.BENEPIA_REFUSED, decline.why());
    }
    return Envelope.of(PaymentView.of(payment));
  }

  private Channel channel(Merchant merchant, Params params) {
    return channels.choose(
        merchant.id(), params.text("channel_key", 55), params.text("pg", 80), Points.class);
  }

  private static PointAccount account(Params params) {
    return new PointAccount(
        params.required("benepia_user", 80),
        new Secret(params.required("benepia_password", 80)),
        params.text("benepia_member_code", 40));
  }
}
