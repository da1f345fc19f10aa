package dev.naru.payment.flow;

import dev.naru.connector.Capability.Points;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.order.PointAccount;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Ids;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Attempt;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.Refusal;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Paying with an employer's welfare points (V1 {@code /benepia}). */
@Component
public class WelfarePoints {

  private final Payments payments;
  private final Ids ids;

  WelfarePoints(Payments payments, Ids ids) {
    this.payments = payments;
    this.ids = ids;
  }

  /**
   * How many points somebody has.
   *
   * @throws Failed PG error if the PG said no, or its answer is not known
   */
  public long balance(Merchant merchant, Channel channel, PointAccount account) {
    Outcome<Long> points =
        channel.require(Points.class).points(ids.orderId(merchant.slot()), account);
    return switch (points) {
      case Outcome.Ok<Long>(Long value) -> value;
      case Outcome.Declined<Long>(Decline decline) ->
          throw new Failed(new Failure.PgError(decline.why()));
      case Outcome.Unknown<Long>(String why) -> throw noAnswer();
      case Outcome.Pending<Long>(var ref, Instant until) -> throw noAnswer();
    };
  }

  /**
   * @return the payment: paid, failed, or ready if its outcome is still unknown
   * @throws Failed wrong state if the merchant_uid is taken
   */
  public Payment pay(Merchant merchant, Channel channel, Purchase purchase, PointAccount account) {
    Points points = channel.require(Points.class);
    return payments.charge(
        merchant,
        channel,
        purchase,
        Attempt.Verb.POINTS,
        order -> points.payPoints(order, account));
  }

  private static Failed noAnswer() {
    return Failed.pgError(Refusal.NO_ANSWER);
  }
}
