package dev.naru.checkout.identity;

import static dev.naru.certification.Refusal.WINDOW_OVER;

import dev.naru.certification.Certification;
import dev.naru.certification.Certification.State;
import dev.naru.checkout.English;
import dev.naru.checkout.Result;
import dev.naru.checkout.Word;
import dev.naru.connector.Decline;
import dev.naru.kernel.Wording;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the shop's page learns about an identity verification: whether, and never who. It proves
 * nothing, the shop's server has to ask.
 */
record IdentityResult(Certification certification) {

  private static final List<String> IN_QUERY =
      List.of("imp_uid", "merchant_uid", "success", "error_code", "error_msg");

  /** Why it failed, in English. */
  @Nullable String why() {
    return switch (certification.state()) {
      case State.Failed(Decline decline, var at) -> English.of(decline.reason());
      case State.Expired expired -> English.of(Decline.Reason.EXPIRED);
      default -> null;
    };
  }

  Result.End end() {
    return switch (certification.state()) {
      case State.Certified certified -> Result.End.DONE;
      case State.Failed failed -> Result.End.FAILED;
      case State.Expired expired -> Result.End.FAILED;
      case State.Showing showing ->
          showing.intent() == null ? Result.End.OPEN : Result.End.UNDECIDED;
      case State.Requested requested -> Result.End.OPEN;
    };
  }

  /** Neither done nor failed. */
  boolean isUndecided() {
    return end() == Result.End.UNDECIDED || end() == Result.End.OPEN;
  }

  /** What a callback gets. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("success", end() == Result.End.DONE);
    fields.put("imp_uid", certification.impUid().value());
    fields.put("merchant_uid", certification.merchantUid());
    fields.put("pg_provider", certification.via().pgProvider());
    fields.put("pg_type", "certification");
    if (certification.state() instanceof State.Failed(Decline decline, var at)) {
      String code = decline.code();
      fields.put("error_code", code == null || code.isBlank() ? Result.NO_CODE : code);
      fields.put("error_msg", decline.text());
    } else if (end() == Result.End.FAILED) {
      fields.put("error_code", Result.NO_CODE);
      fields.put("error_msg", Wording.KOREAN.of(WINDOW_OVER));
    } else if (end() == Result.End.UNDECIDED) {
      fields.put("error_msg", Wording.KOREAN.of(Word.IDENTITY_UNDECIDED));
    }
    return fields;
  }

  /** m_redirect_url with the result behind its own query. */
  String redirectUrl(String redirectUrl) {
    return Result.behind(redirectUrl, IN_QUERY, fields());
  }
}
