package dev.naru.api.billing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.naru.api.once.Once;
import dev.naru.api.once.Repetitions;
import dev.naru.api.payment.PaymentView;
import dev.naru.api.payment.PurchaseKind;
import dev.naru.api.payment.Purchases;
import dev.naru.api.wire.Envelope;
import dev.naru.api.wire.Params;
import dev.naru.api.wire.ParamsReader;
import dev.naru.billing.quick.QuickMember;
import dev.naru.billing.quick.QuickPays;
import dev.naru.connector.Capability.QuickPay;
import dev.naru.connector.Decline;
import dev.naru.connector.order.Buyer;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Malformed;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.payment.Payment;
import dev.naru.payment.Purchase;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** V1's {@code /kcpquick}: a shop's own easy pay by NHN KCP. It takes JSON alone. */
@RestController
class KcpQuickApi {

  private static final int LONGEST_MEMBER = 16;

  private final QuickPays quickPays;
  private final Channels channels;
  private final Purchases purchases;
  private final Repetitions repetitions;

  KcpQuickApi(
      QuickPays quickPays, Channels channels, Purchases purchases, Repetitions repetitions) {
    this.quickPays = quickPays;
    this.channels = channels;
    this.purchases = purchases;
    this.repetitions = repetitions;
  }

  /** Charges a member's prepaid money, after the member gave the PIN. */
  @PostMapping("/kcpquick/payment/money")
  Envelope money(
      Merchant merchant,
      Params params,
      Once once,
      HttpServletRequest http,
      @RequestHeader(name = "User-Agent", required = false) @Nullable String userAgent) {
    ParamsReader.requireJson(http);
    String memberId = params.required("member_id", LONGEST_MEMBER);
    String pinCheck = params.required("imp_uid", 32);
    params.required("name", 40);
    Purchase purchase =
        purchases.read(merchant, params, new PurchaseKind("point", null, null, null, userAgent));
    Channel channel = channel(merchant, params);
    return Envelope.of(
        PaymentView.of(
            repetitions.or(
                once,
                purchase,
                merchant,
                () -> quickPays.payMoney(merchant, channel, purchase, memberId, pinCheck))));
  }

  /** Charges a key for automatic payment. */
  @PostMapping("/kcpquick/payment/autopay")
  Envelope autopay(
      Merchant merchant,
      Params params,
      Once once,
      HttpServletRequest http,
      @RequestHeader(name = "User-Agent", required = false) @Nullable String userAgent) {
    ParamsReader.requireJson(http);
    String customerUid = params.required("customer_uid", 80);
    params.required("name", 40);
    Buyer buyer = new Buyer(params.required("buyer_name", 20), null, null, null, null);
    PurchaseKind kind =
        new PurchaseKind("card", null, customerUid, Purchase.Usage.PAYMENT, userAgent);
    Purchase purchase = purchases.read(merchant, params, kind, buyer);
    Payment payment =
        repetitions.or(once, purchase, merchant, () -> quickPays.autopay(merchant, purchase));
    return Envelope.of(PaymentView.of(payment));
  }

  @DeleteMapping("/kcpquick/autopay/{customerUid}")
  Envelope deleteAutopay(Merchant merchant, @PathVariable String customerUid) {
    quickPays.deleteAutopay(merchant.id(), customerUid);
    return Envelope.of(Map.of("customer_uid", customerUid));
  }

  @DeleteMapping("/kcpquick/members/{memberId}")
  Envelope deleteMember(Merchant merchant, Params params, @PathVariable String memberId) {
    QuickPay.Partner partner =
        new QuickPay.Partner(
            params.required("site_code", 80),
            params.required("partner_type", 80),
            params.required("partner_subtype", 80));
    return Envelope.of(view(quickPays.delete(merchant, partner, checked(memberId))));
  }

  /**
   * An envelope with the PG's own words beside it.
   *
   * @param error there only if the PG said no
   */
  record Released(
      int code,
      @Nullable String message,
      @Nullable Object response,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, String> error) {}

  @PostMapping("/kcpquick/members/{memberId}/fido/release")
  Released releaseFido(
      Merchant merchant, Params params, HttpServletRequest http, @PathVariable String memberId) {
    ParamsReader.requireJson(http);
    Channel channel = channel(merchant, params);
    Optional<Decline> refusal = quickPays.releaseFido(merchant, channel, checked(memberId));
    Map<String, String> member = Map.of("member_id", memberId);
    return refusal
        .map(
            decline ->
                new Released(
                    -1,
                    decline.message(),
                    member,
                    Map.of("code", String.valueOf(decline.code()), "message", decline.text())))
        .orElseGet(() -> new Released(0, null, member, null));
  }

  private Channel channel(Merchant merchant, Params params) {
    return channels.choose(
        merchant.id(), params.text("channel_key", 55), params.text("pg", 80), QuickPay.class);
  }

  private static String checked(String memberId) {
    if (memberId.codePointCount(0, memberId.length()) > LONGEST_MEMBER) {
      throw Failed.invalid(Malformed.TOO_LONG, "member_id", LONGEST_MEMBER);
    }
    return memberId;
  }

  private static Map<String, Object> view(QuickPays.Gone gone) {
    QuickMember member = gone.member();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("member_id", member.memberId());
    view.put("pg_provider", gone.channel().pg().provider());
    view.put("pg_id", gone.channel().mid());
    view.put("inserted", member.insertedAt().getEpochSecond());
    view.put("updated", member.updatedAt().getEpochSecond());
    return view;
  }
}
