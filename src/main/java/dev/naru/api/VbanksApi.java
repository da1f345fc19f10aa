package dev.naru.api;

import dev.naru.connector.Capability.Vbank;
import dev.naru.connector.Decline;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Payment;
import dev.naru.payment.PaymentLists;
import dev.naru.payment.Purchase;
import dev.naru.payment.Vbanks;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** V1's {@code /vbanks}: virtual accounts without a window. */
@RestController
class VbanksApi {

  private final Vbanks vbanks;
  private final PaymentLists payments;
  private final Channels channels;
  private final Purchases purchases;
  private final Repetitions repetitions;
  private final HubClock clock;

  VbanksApi(
      Vbanks vbanks,
      PaymentLists payments,
      Channels channels,
      Purchases purchases,
      Repetitions repetitions,
      HubClock clock) {
    this.vbanks = vbanks;
    this.payments = payments;
    this.channels = channels;
    this.purchases = purchases;
    this.repetitions = repetitions;
    this.clock = clock;
  }

  @PostMapping("/vbanks")
  Envelope open(
      Merchant merchant,
      Params params,
      Once once,
      @RequestHeader(name = "User-Agent", required = false) @Nullable String userAgent) {
    Purchase purchase =
        purchases.read(
            merchant, params, new Purchases.Kind("vbank", "가상계좌 결제", null, null, userAgent));
    Vbanks.Account account = account(params);
    Channel channel =
        channels.choose(
            merchant.id(), params.text("channel_key", 55), params.text("pg", 80), Vbank.class);
    Payment payment =
        repetitions.or(
            once, purchase, merchant, () -> vbanks.open(merchant, channel, purchase, account));
    if (payment.state() instanceof Payment.State.Failed(Decline decline, var at)) {
      throw new Failed(new Failure.RefusedByPg("가상계좌 발급에 실패하였습니다. " + decline.message()));
    }
    return Envelope.of(PaymentView.of(payment));
  }

  @DeleteMapping("/vbanks/{impUid}")
  Envelope revoke(Merchant merchant, @PathVariable String impUid) {
    Payment payment =
        payments.find(merchant.id(), impUid).orElseThrow(() -> Failed.notFound("존재하지 않는 결제정보입니다."));
    return Envelope.of(PaymentView.of(vbanks.revoke(payment)));
  }

  private Vbanks.Account account(Params params) {
    String bank = params.required("vbank_code", 4);
    params.required("vbank_due", 20);
    Instant due = params.time("vbank_due");
    if (due == null || !due.isAfter(clock.instant())) {
      throw Failed.invalid("입금 기한은 현재 시각 이후여야 합니다. (vbank_due)");
    }
    return new Vbanks.Account(
        bank, due, params.text("vbank_holder", 16), params.text("vbank_key", "vbank_num", 32));
  }
}
