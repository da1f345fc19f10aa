package dev.naru.api.payment;

import static dev.naru.payment.Refusal.UNKNOWN_PAYMENT;

import dev.naru.api.Refusal;
import dev.naru.api.Word;
import dev.naru.api.once.Once;
import dev.naru.api.once.Repetitions;
import dev.naru.api.wire.Envelope;
import dev.naru.api.wire.Params;
import dev.naru.connector.Capability.Cvs;
import dev.naru.connector.Decline;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Malformed;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.flow.Barcodes;
import dev.naru.payment.flow.PaymentLists;
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
            .read(
                merchant, params, new PurchaseKind("cvs", Word.CVS_PAYMENT, null, null, userAgent))
            .confirmedAt(UrlParams.confirmUrl(params));
    Barcodes.Wish wish = new Barcodes.Wish(barcode(params), until(params));
    Payment payment =
        repetitions.or(
            once, purchase, merchant, () -> barcodes.issue(merchant, channel, purchase, wish));
    if (payment.state() instanceof Payment.State.Failed(Decline decline, var at)) {
      throw Failed.refusedByPg(Refusal.BARCODE_REFUSED, decline.why());
    }
    return Envelope.of(PaymentView.of(payment));
  }

  @DeleteMapping("/cvs/{impUid}")
  Envelope revoke(Merchant merchant, @PathVariable String impUid) {
    Payment payment =
        payments.find(merchant.id(), impUid).orElseThrow(() -> Failed.notFound(UNKNOWN_PAYMENT));
    return Envelope.of(PaymentView.of(barcodes.revoke(payment)));
  }

  private static @Nullable String barcode(Params params) {
    String barcode = params.text("barcode", 32);
    if (barcode != null && !BARCODE.matcher(barcode).matches()) {
      throw Failed.invalid(Malformed.WRONG_FORM_WANTED, "barcode", Word.BARCODE);
    }
    return barcode;
  }

  private @Nullable Instant until(Params params) {
    Instant until = params.time("expired_at");
    if (until != null && !until.isAfter(clock.instant())) {
      throw Failed.invalid(Refusal.BARCODE_OVER);
    }
    return until;
  }
}
