package dev.naru.api;

import dev.naru.certification.BankHolders;
import dev.naru.connector.Capability.FixedVbanks;
import dev.naru.connector.Capability.Vbank;
import dev.naru.connector.Decline;
import dev.naru.connector.VbankOrder;
import dev.naru.kernel.Due;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Payment;
import dev.naru.payment.PaymentLists;
import dev.naru.payment.Purchase;
import dev.naru.payment.Vbanks;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
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
    VbankOrder account = account(params);
    boolean unlimited = params.flag(VbankOrder.UNLIMITED);
    if (unlimited) {
      channel.require(FixedVbanks.class);
    }
    Purchases.Kind kind = new Purchases.Kind("vbank", "가상계좌 결제", null, null, userAgent);
    Purchase read =
        unlimited ? unlimited(merchant, params, kind) : purchases.read(merchant, params, kind);
    VbankOrder wanted = channel.has(FixedVbanks.class) ? fixed(params, account) : account;
    Purchase purchase = channel.has(FixedVbanks.class) ? marked(params, read, wanted) : read;
    Payment payment =
        repetitions.or(
            once, purchase, merchant, () -> vbanks.open(merchant, channel, purchase, wanted));
    if (payment.state() instanceof Payment.State.Failed(Decline decline, var at)) {
      throw new Failed(new Failure.RefusedByPg("가상계좌 발급에 실패하였습니다. " + decline.message()));
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
    Instant due = due(params);
    Payment payment = payment(merchant, impUid);
    Money amount =
        given == null || Vbanks.isUnlimited(payment) ? null : Amounts.payable(params, Money.KRW);
    requireToCome(due);
    return Envelope.of(PaymentView.of(vbanks.change(payment, amount, due)));
  }

  /** V1's VbankHolder. */
  @GetMapping("/vbanks/holder")
  Envelope holder(Merchant merchant, Params params) {
    String bank = String.valueOf(Codes.bank(params.required("bank_code", 3)));
    String number = params.required("bank_num", 40).replaceAll("[\\p{Punct}\\s]", "");
    if (Codes.bankName(bank) == null) {
      throw Failed.invalid("존재하지 않는 은행 코드입니다. (bank_code: 표준 코드 3자리)");
    }
    if (!number.matches("[0-9]{6,20}")) {
      throw Failed.invalid("계좌번호 형식이 올바르지 않습니다. (bank_num: 숫자 6~20자리)");
    }
    return Envelope.of(Map.of("bank_holder", holders.of(merchant, bank, number)));
  }

  private Payment payment(Merchant merchant, String impUid) {
    return payments
        .find(merchant.id(), impUid)
        .orElseThrow(() -> Failed.notFound("존재하지 않는 결제정보입니다."));
  }

  private void requireToCome(@Nullable Instant due) {
    if (due != null && !due.isAfter(clock.instant())) {
      throw Failed.invalid("입금 기한은 현재 시각 이후여야 합니다. (vbank_due)");
    }
  }

  private VbankOrder account(Params params) {
    String bank = String.valueOf(Codes.bank(params.required("vbank_code", 4)));
    Instant due = due(params);
    if (due == null) {
      throw Failed.invalid("필수 파라미터가 누락되었습니다. (vbank_due)");
    }
    requireToCome(due);
    params.text(VbankOrder.NUMBER, 32);
    params.text("business_registration_number", 10);
    params.text("escrow_password", 40);
    return new VbankOrder(
        bank, due, params.text("vbank_holder", 16), params.text("vbank_key", 13), null);
  }

  /** In any of the forms that shops use at windows, too. */
  private static @Nullable Instant due(Params params) {
    String text = params.text("vbank_due", 40);
    return text == null || Due.read(text).isEmpty()
        ? params.time("vbank_due")
        : Due.read(text).get();
  }

  /** An account that takes any number of deposits: of whatever amount, taxed as a whole. */
  private Purchase unlimited(Merchant merchant, Params params, Purchases.Kind kind) {
    params.required(VbankOrder.NUMBER, 32);
    Money amount = Amounts.orNull("amount", params.number("amount"), Money.KRW);
    if (amount != null && !amount.isZero()) {
      throw Failed.invalid("무제한 입금 가상계좌는 금액을 지정할 수 없습니다. (amount)");
    }
    if (params.has("tax_free") || params.has("vat_amount") || params.has("escrow_password")) {
      throw Failed.invalid(
          "무제한 입금 가상계좌에는 사용할 수 없는 파라미터입니다. (tax_free, vat_amount, escrow_password)");
    }
    return purchases.read(merchant, params, kind, purchases.buyer(params), Money.zero(Money.KRW));
  }

  /** One of a number of the shop's own, if it names one, and with its password, if it has one. */
  private static VbankOrder fixed(Params params, VbankOrder account) {
    String password = params.text("escrow_password", 40);
    if (password != null && !params.has("buyer_email")) {
      throw Failed.invalid("에스크로 가상계좌에는 구매자 이메일이 필요합니다. (buyer_email)");
    }
    return new VbankOrder(
        account.bank(),
        account.due(),
        account.holder(),
        number(params),
        password == null ? null : new Secret(password));
  }

  private static @Nullable String number(Params params) {
    String number = params.text(VbankOrder.NUMBER, 32);
    if (number != null && !number.matches("[0-9][0-9 -]{5,31}")) {
      throw Failed.invalid("계좌번호 형식이 올바르지 않습니다. (vbank_num)");
    }
    return number;
  }

  /** What later calls about the account must know of it. */
  private static Purchase marked(Params params, Purchase purchase, VbankOrder wanted) {
    Map<String, String> options = new HashMap<>();
    if (wanted.fixed() != null) {
      options.put(VbankOrder.NUMBER, wanted.fixed());
    }
    if (params.flag(VbankOrder.UNLIMITED)) {
      options.put(VbankOrder.UNLIMITED, "true");
    }
    Purchase marked = options.isEmpty() ? purchase : purchase.with(options);
    return wanted.escrowPassword() == null ? marked : marked.byEscrow();
  }
}
