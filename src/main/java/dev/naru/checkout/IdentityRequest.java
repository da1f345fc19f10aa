package dev.naru.checkout;

import dev.naru.certification.IdentityWindows;
import dev.naru.connector.IdentityOrder;
import dev.naru.connector.Pg;
import dev.naru.connector.Reads;
import dev.naru.connector.Reads.Door;
import dev.naru.kernel.Failed;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a shop's page handed to {@code IMP.certification}, checked as far as it can be without
 * knowing the shop.
 */
record IdentityRequest(
    String userCode,
    @Nullable String tierCode,
    @Nullable String channelKey,
    @Nullable String pg,
    IdentityWindows.Request wanted,
    Visitor visitor,
    Presentation presentation) {

  /** Named elsewhere, or of no meaning to a PG. */
  private static final List<String> NO_OPTIONS =
      List.of(
          "channelKey",
          "pg",
          "merchant_uid",
          "min_age",
          "name",
          "phone",
          "carrier",
          "company",
          "m_redirect_url",
          "popup",
          "language",
          "app_scheme");

  private static final Set<String> CARRIERS = Set.of("SKT", "KTF", "LGT", "MVNO");
  private static final int OLDEST = 150;

  /**
   * @param meant tells of an envelope which PG it is for, null for none
   * @throws Failed invalid, with the first thing that is wrong
   */
  static IdentityRequest of(
      JsonNode body, PayRequest.Headers headers, Function<Fields, @Nullable Pg<?>> meant) {
    Fields envelope = new Fields(body);
    Fields sent = envelope.object("params");
    if (!sent.node().isObject()) {
      throw Failed.invalid("본인인증 요청 정보(params)가 없습니다.");
    }
    Fields params = sent.without(Reads.unread(Door.IDENTITY, meant.apply(envelope), ""));
    String userCode = envelope.text("user_code", 20);
    if (userCode == null) {
      throw Failed.invalid("가맹점 식별코드가 없습니다. IMP.init을 먼저 호출해 주세요.");
    }
    Visitor visitor = Visitor.of(envelope, params, headers);
    // V1: on desktops always a window of its own, on mobiles if the page asks for one.
    boolean popup = !visitor.mobile() || params.isTrue("popup");
    if (!popup && visitor.redirectUrl() == null) {
      throw Failed.invalid("모바일에서 popup을 사용하지 않으려면 m_redirect_url이 필요합니다.");
    }
    return new IdentityRequest(
        userCode,
        envelope.text("tier_code", 3),
        params.text("channelKey", 55),
        params.text("pg", 80),
        wanted(params, page(envelope)),
        visitor,
        popup ? Presentation.POPUP : Presentation.REDIRECT);
  }

  private static IdentityWindows.Request wanted(Fields params, @Nullable String page) {
    return new IdentityWindows.Request(
        new IdentityOrder.Expected(params.text("name", 50), phone(params), carrier(params)),
        minAge(params),
        params.text("company", 100),
        params.required("merchant_uid", 40),
        page,
        params.flat(NO_OPTIONS));
  }

  private static @Nullable String phone(Fields params) {
    String phone = params.loose("phone", 20);
    if (phone == null) {
      return null;
    }
    String digits = phone.replaceAll("[^0-9]", "");
    if (!digits.matches("01[016789][0-9]{7,8}")) {
      throw Failed.invalid("phone의 형식이 올바르지 않습니다. (휴대폰 번호)");
    }
    return digits;
  }

  private static @Nullable String carrier(Fields params) {
    String carrier = params.text("carrier", 10);
    if (carrier != null && !CARRIERS.contains(carrier)) {
      throw Failed.invalid("carrier는 SKT, KTF, LGT, MVNO 중 하나여야 합니다.");
    }
    return carrier;
  }

  private static int minAge(Fields params) {
    BigDecimal age = params.number("min_age").orElse(BigDecimal.ZERO);
    boolean whole = age.stripTrailingZeros().scale() <= 0;
    if (!whole || age.signum() < 0 || age.compareTo(BigDecimal.valueOf(OLDEST)) > 0) {
      throw Failed.invalid("min_age는 0 이상 " + OLDEST + " 이하의 정수여야 합니다.");
    }
    return age.intValueExact();
  }

  /** V1's {@code origin}: the page, without what its address may tell of its visitor. */
  private static @Nullable String page(Fields envelope) {
    String page = envelope.text("page", 8_000);
    return page == null || !page.matches("(?i)https?://.+")
        ? null
        : page.replaceFirst("[?#].*", "");
  }
}
