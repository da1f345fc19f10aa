package dev.naru.checkout.identity;

import dev.naru.certification.IdentityWindows;
import dev.naru.checkout.Fields;
import dev.naru.checkout.PayRequest;
import dev.naru.checkout.Refusal;
import dev.naru.checkout.Visitor;
import dev.naru.checkout.Word;
import dev.naru.connector.Pg;
import dev.naru.connector.facts.Presentation;
import dev.naru.connector.facts.Reads;
import dev.naru.connector.facts.Reads.Door;
import dev.naru.connector.identity.IdentityOrder;
import dev.naru.connector.order.V1Parameters;
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
      throw Failed.invalid(Refusal.NO_IDENTITY);
    }
    Fields params = sent.without(Reads.unread(Door.IDENTITY, meant.apply(envelope), ""));
    String userCode = envelope.text("user_code", 20);
    if (userCode == null) {
      throw Failed.invalid(Refusal.NO_USER_CODE);
    }
    Visitor visitor = Visitor.of(envelope, params, headers);
    // V1: on desktops always a window of its own, on mobiles if the page asks for one.
    boolean popup = !visitor.mobile() || params.isTrue("popup");
    if (!popup && visitor.redirectUrl() == null) {
      throw Failed.invalid(Refusal.POPUP_OR_REDIRECT);
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
        V1Parameters.bypass(params.flat(NO_OPTIONS)));
  }

  private static @Nullable String phone(Fields params) {
    String phone = params.loose("phone", 20);
    if (phone == null) {
      return null;
    }
    String digits = phone.replaceAll("[^0-9]", "");
    if (!digits.matches("01[016789][0-9]{7,8}")) {
      throw Failed.invalid(Refusal.WRONG_FORM_WANTED, "phone", Word.MOBILE);
    }
    return digits;
  }

  private static @Nullable String carrier(Fields params) {
    String carrier = params.text("carrier", 10);
    if (carrier != null && !CARRIERS.contains(carrier)) {
      throw Failed.invalid(Refusal.UNKNOWN_IDENTITY_CARRIER);
    }
    return carrier;
  }

  private static int minAge(Fields params) {
    BigDecimal age = params.number("min_age").orElse(BigDecimal.ZERO);
    boolean whole = age.stripTrailingZeros().scale() <= 0;
    if (!whole || age.signum() < 0 || age.compareTo(BigDecimal.valueOf(OLDEST)) > 0) {
      throw Failed.invalid(Refusal.AGE_RANGE, "min_age", OLDEST);
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
