package dev.naru.pg.settle;

import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Wishes;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Visit;
import dev.naru.kernel.Money;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Seoul;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The forms that open Hecto's windows, and what comes back from them. A phone payment is asked for
 * by link method STD, which the window ends by itself; HBRD, whose approval is a call of its own,
 * is not used.
 */
final class SettleWindow {

  /** Added to the address for a buyer who gives up, which gets no fields. */
  private static final String CLOSED = "closed";

  private SettleWindow() {}

  static String path(Order order) {
    return "/" + word(order) + "/main.do";
  }

  /** Hecto's words for the methods of its windows. */
  private static String word(Order order) {
    return switch (order.method()) {
      case "trans" -> "bank";
      case "vbank" -> "vbank";
      case "phone" -> "mobile";
      default -> "card";
    };
  }

  /** What is missing for Hecto to open a window; empty if nothing is. V1's names. */
  static Optional<String> wrong(Order order) {
    boolean phone = order.method().equals("phone");
    if (!order.method().matches("card|trans|vbank|phone")) {
      return Optional.of("지원하지 않는 결제수단입니다. (pay_method: card, trans, vbank, phone)");
    }
    if (!order.amount().currency().equals(Money.KRW)) {
      return Optional.of("원화(KRW) 결제만 지원합니다. (currency)");
    }
    if (Form.isBlank(order.buyer().tel())) {
      return Optional.of("구매자 연락처(buyer_tel)는 필수 입력값입니다.");
    }
    if ((phone || order.method().equals("vbank")) && Form.isBlank(order.wishes().names().shop())) {
      return Optional.of("상호명(company)은 가상계좌와 휴대폰 결제의 필수 입력값입니다.");
    }
    if (phone && Form.isBlank(order.wishes().names().shopInEnglish())) {
      return Optional.of("영문 상호명(company_en)은 휴대폰 결제의 필수 입력값입니다.");
    }
    return "true".equals(order.wishes().bypass("settle.vbank010"))
        ? Optional.of("010 가상계좌(bypass.settle.vbank010)는 지원하지 않습니다.")
        : Optional.empty();
  }

  static Map<String, String> form(
      Order order, Visit visit, Settle.Config config, UnaryOperator<String> cipher) {
    String stamp = Seoul.stamp(order.at());
    String amount = SettleRequest.digits(order.amount());
    Map<String, String> form = new LinkedHashMap<>();
    form.put("mchtId", config.mid());
    form.put("method", word(order));
    form.put("trdDt", stamp.substring(0, 8));
    form.put("trdTm", stamp.substring(8));
    form.put("mchtTrdNo", order.id());
    Wishes.Names names = order.wishes().names();
    form.put("mchtName", Form.or(names.shop(), "가맹점"));
    form.put("mchtEName", Form.or(names.shopInEnglish(), "shop"));
    form.put("pmtPrdtNm", order.name());
    form.put("trdAmt", cipher.apply(amount));
    put(form, "mchtCustNm", order.buyer().name(), cipher);
    put(form, "email", order.buyer().email(), cipher);
    form.put("notiUrl", visit.notice().toString());
    form.put("nextUrl", visit.back().toString());
    form.put("cancUrl", visit.back() + "?" + CLOSED + "=Y");
    tax(form, order, cipher);
    put(form, "appScheme", visit.mobile() ? visit.appScheme() : null, UnaryOperator.identity());
    method(form, order, cipher);
    form.put(
        "pktHash",
        SettleCrypto.hash(
            config.licenceKey(), config.mid(), word(order), order.id(), stamp, amount));
    return form;
  }

  private static void method(Map<String, String> form, Order order, UnaryOperator<String> cipher) {
    String phone = Form.digits(Form.or(order.buyer().tel(), ""));
    switch (word(order)) {
      case "card" -> {
        put(form, "cardGb", SettleAnswer.company(order.wishes().cards().company()), plain());
        if (order.quota() > 0) {
          form.put("instmtMon", "%02d".formatted(order.quota()));
        }
      }
      case "vbank" -> {
        put(form, "custAcntSumry", order.wishes().names().shop(), plain());
        Instant due = order.wishes().account().due();
        put(form, "expireDt", due == null ? null : Seoul.stamp(due), plain());
        form.put("cphoneNo", cipher.apply(phone));
      }
      case "mobile" -> {
        form.put("telecomCd", "SKT;KTF;LGT");
        form.put("cphoneNo", cipher.apply(phone));
        form.put("linkMethod", "STD");
      }
      default -> {}
    }
  }

  private static void tax(Map<String, String> form, Order order, UnaryOperator<String> cipher) {
    form.put("taxTypeCd", SettleRequest.taxType(order.amount(), order.tax()));
    long free = order.tax().free();
    if (free > 0 || order.tax().vat() != null) {
      long vat = order.tax().vatOf(order.amount().minor());
      form.put("taxAmt", cipher.apply(Long.toString(order.amount().minor() - free - vat)));
      form.put("vatAmt", cipher.apply(Long.toString(vat)));
      form.put("taxFreeAmt", cipher.apply(Long.toString(free)));
      form.put("svcAmt", cipher.apply("0"));
    }
  }

  /** It has no hash: whatever it says, the PG's books decide. */
  static Returned read(Order order, String mid, PgReturn back) {
    Map<String, String> fields = back.fields(StandardCharsets.UTF_8);
    String status = fields.getOrDefault("outStatCd", "");
    if (status.isEmpty() && fields.containsKey(CLOSED)) {
      return new Returned.Abandoned(Decline.of(Reason.ABANDONED, "사용자가 결제를 취소했습니다."));
    }
    if (!mid.equals(fields.get("mchtId")) || !order.id().equals(fields.get("mchtTrdNo"))) {
      return new Returned.Forged("not this order's return");
    }
    return switch (status) {
      case "0021", "0051" -> new Returned.Authenticated(null, Map.of());
      case "0031" ->
          new Returned.Abandoned(
              SettleCalls.decline(
                  fields.getOrDefault("outRsltCd", ""),
                  text(fields.getOrDefault("outRsltMsg", ""))));
      default -> new Returned.Forged("outStatCd " + status);
    };
  }

  /** The text is escaped once more than the form is. */
  private static String text(String escaped) {
    try {
      return URLDecoder.decode(escaped, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException plain) {
      return escaped;
    }
  }

  private static UnaryOperator<String> plain() {
    return UnaryOperator.identity();
  }

  private static void put(
      Map<String, String> form, String name, @Nullable String value, UnaryOperator<String> cipher) {
    if (value != null && !value.isBlank()) {
      form.put(name, cipher.apply(value));
    }
  }
}
