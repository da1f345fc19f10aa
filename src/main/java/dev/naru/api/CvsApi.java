package dev.naru.api;

import dev.naru.connector.Capability.Cvs;
import dev.naru.connector.Decline;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Barcodes;
import dev.naru.payment.Payment;
import dev.naru.payment.PaymentLists;
import dev.naru.payment.Purchase;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** V1's {@code /cvs}: barcodes that are paid at the till of a convenience store. */
@RestController
class CvsApi {

  private static final Pattern BARCODE = Pattern.compile("[0-9A-Za-z]{4,32}");

  private final Barcodes barcodes;
  private final PaymentLists payments;
  private final Channels channels;
  private final Purchases purchases;
  private final Repetitions repetitions;
  private final HubClock clock;

  CvsApi(
      Barcodes barcodes,
      PaymentLists payments,
      Channels channels,
      Purchases purchases,
      Repetitions repetitions,
      HubClock clock) {
    this.barcodes = barcodes;
    this.payments = payments;
    this.channels = channels;
    this.purchases = purchases;
    this.repetitions = repetitions;
    this.clock = clock;
  }

  @PostMapping("/cvs")
  Envelope issue(
      Merchant merchant,
      Params sent,
      Once once,
      @RequestHeader(name = "User-Agent", required = false) @Nullable String userAgent) {
    Channel channel =
        channels.choose(
            merchant.id(), sent.text("channel_key", 55), sent.text("pg", 80), Cvs.class);
    Params params = Purchases.readBy(sent, "cvs", () -> Optional.of(channel));
    Purchase purchase =
        purchases
            .read(merchant, params, new Purchases.Kind("cvs", "편의점 결제", null, null, userAgent))
            .confirmedAt(Purchases.confirmUrl(params));
    Barcodes.Wish wish = new Barcodes.Wish(barcode(params), until(params));
    Payment payment =
        repetitions.or(
            once, purchase, merchant, () -> barcodes.issue(merchant, channel, purchase, wish));
    if (payment.state() instanceof Payment.State.Failed(Decline decline, var at)) {
      throw new Failed(new Failure.RefusedByPg("편의점 결제 바코드 발급에 실패하였습니다. " + decline.message()));
    }
    return Envelope.of(PaymentView.of(payment));
  }

  @DeleteMapping("/cvs/{impUid}")
  Envelope revoke(Merchant merchant, @PathVariable String impUid) {
    Payment payment =
        payments.find(merchant.id(), impUid).orElseThrow(() -> Failed.notFound("존재하지 않는 결제정보입니다."));
    return Envelope.of(PaymentView.of(barcodes.revoke(payment)));
  }

  private static @Nullable String barcode(Params params) {
    String barcode = params.text("barcode", 32);
    if (barcode != null && !BARCODE.matcher(barcode).matches()) {
      throw Failed.invalid("파라미터 형식이 올바르지 않습니다. (barcode: 영문자와 숫자 4~32자)");
    }
    return barcode;
  }

  private @Nullable Instant until(Params params) {
    Instant until = params.time("expired_at");
    if (until != null && !until.isAfter(clock.instant())) {
      throw Failed.invalid("바코드 유효기간은 현재 시각 이후여야 합니다. (expired_at)");
    }
    return until;
  }
}
