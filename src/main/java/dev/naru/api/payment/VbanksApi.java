package dev.naru.api.payment;

import static dev.naru.payment.Refusal.UNKNOWN_PAYMENT;

import dev.naru.api.Codes;
import dev.naru.api.Refusal;
import dev.naru.api.Word;
import dev.naru.api.once.Once;
import dev.naru.api.once.Repetitions;
import dev.naru.api.wire.Amounts;
import dev.naru.api.wire.Envelope;
import dev.naru.api.wire.Params;
import dev.naru.certification.BankHolders;
import dev.naru.connector.Capability.FixedVbanks;
import dev.naru.connector.Capability.Vbank;
import dev.naru.connector.Decline;
import dev.naru.connector.order.VbankOrder;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Money;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import dev.naru.payment.flow.PaymentLists;
import dev.naru.payment.flow.Vbanks;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
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
  private final BankHolders holders;
  private final HubClock clock;

  VbanksApi(
      Vbanks vbanks,
      BankHolders holders,
      PaymentLists payments,
      Channels channels,
      Purchases purchases,
      Repetitions repetitions,
      HubClock clock) {
    this.vbanks = vbanks;
    this.holders = holders;
    this.payments = payments;
    this.channels = channels;
    this.purchases = purchases;
    this.repetitions = repetitions;
    this.clock = clock;
  }

  @PostMapping("/vbanks")
  Envelope open(
      Merchant merchant,
      Params sent,
      Once once,
      @RequestHeader(name = "User-Agent", required = false) @Nullable String userAgent) {
    Channel channel =
        channels.choose(
            merchant.id(), sent.text("channel_key", 55), sent.text("pg", 80), Vbank.class);
    Params params = Purchases.readBy(sent, "vbank", () -> Optional.of(channel));
    VbankOrder account = VbankParams.account(params, clock.instant());
    boolean unlimited = params.flag(VbankParams.UNLIMITED);
    if (unlimited) {
      channel.require(FixedVbanks.class);
    }
    PurchaseKind kind = new PurchaseKind("vbank", Word.ACCOUNT_PAYMENT, null, null, userAgent);
    Purchase read =
        unlimited ? unlimited(merchant, params, kind) : purchases.read(merchant, params, kind);
    VbankOrder wanted =
        channel.has(FixedVbanks.class) ? VbankParams.fixed(params, account) : account;
    Purchase purchase =
        channel.has(FixedVbanks.class) ? VbankParams.marked(params, read, wanted) : read;
    Payment payment =
        repetitions.or(
            once, purchase, merchant, () -> vbanks.open(merchant, channel, purchase, wanted));
    if (payment.state() instanceof Payment.State.Failed(Decline decline, var at)) {
      throw Failed.refusedByPg(Refusal.ACCOUNT_REFUSED, decline.why());
    }
    return Envelope.of(PaymentView.of(payment));
  }

  @DeleteMapping("/vbanks/{impUid}")
  Envelope revoke(Merchant merchant, @PathVariable String impUid) {
    return Envelope.of(PaymentView.of(vbanks.revoke(payment(merchant, impUid))));
  }

  @PutMapping("/vbanks/{impUid}")
  Envelope change(Merchant merchant, Params params, @PathVariable String impUid) {
    BigDecimal given = params.number("amount");
    Instant due = VbankParams.due(params);
    Payment payment = payment(merchant, impUid);
    Money amount =
        given == null || Vbanks.isUnlimited(payment) ? null : Amounts.payable(params, Money.KRW);
    VbankParams.requireToCome(due, clock.instant());
    return Envelope.of(PaymentView.of(vbanks.change(payment, amount, due)));
  }

  /** V1's VbankHolder. */
  @GetMapping("/vbanks/holder")
  Envelope holder(Merchant merchant, Params params) {
    String bank = String.valueOf(Codes.bank(params.required("bank_code", 3)));
    String number = params.required("bank_num", 40).replaceAll("[\\p{Punct}\\s]", "");
    if (Codes.bankName(bank) == null) {
      throw Failed.invalid(Refusal.UNKNOWN_BANK_DIGITS);
    }
    if (!number.matches("[0-9]{6,20}")) {
      throw Failed.invalid(Refusal.WRONG_ACCOUNT_DIGITS);
    }
    return Envelope.of(Map.of("bank_holder", holders.of(merchant, bank, number)));
  }

  private Payment payment(Merchant merchant, String impUid) {
    return payments.find(merchant.id(), impUid).orElseThrow(() -> Failed.notFound(UNKNOWN_PAYMENT));
  }

  /** An account that takes any number of deposits: of whatever amount, taxed as a whole. */
  private Purchase unlimited(Merchant merchant, Params params, PurchaseKind kind) {
    params.required(VbankParams.NUMBER, 32);
    Money amount = Amounts.orNull("amount", params.number("amount"), Money.KRW);
    if (amount != null && !amount.isZero()) {
      throw Failed.invalid(Refusal.UNLIMITED_HAS_NO_AMOUNT);
    }
    if (params.has("tax_free") || params.has("vat_amount") || params.has("escrow_password")) {
      throw Failed.invalid(Refusal.UNLIMITED_HAS_NO_SUCH);
    }
    return purchases.read(merchant, params, kind, purchases.buyer(params), Money.zero(Money.KRW));
  }
}
