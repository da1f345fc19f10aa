package dev.naru.simulator.paypal;

import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.facts.Digests;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Refused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** PayPal's way of saying no. */
final class PaypalProblem {

  private PaypalProblem() {}

  /** A field that is not as the schema has it: 400. */
  static Refused invalid(String issue, String field) {
    return new Refused(error(400, "INVALID_REQUEST", issue, sentence(issue), field));
  }

  /** A request that reads well and cannot be done: 422. */
  static Refused unprocessable(String issue, String field) {
    return new Refused(error(422, "UNPROCESSABLE_ENTITY", issue, sentence(issue), field));
  }

  static Refused unprocessable(String issue) {
    return unprocessable(issue, "");
  }

  static Refused unknown(String issue) {
    return new Refused(error(404, "RESOURCE_NOT_FOUND", issue, sentence(issue), ""));
  }

  /** The same is being done already. */
  static Refused busy() {
    String issue = "PREVIOUS_REQUEST_IN_PROGRESS";
    return new Refused(error(409, "RESOURCE_CONFLICT", issue, sentence(issue), ""));
  }

  static Refused of(int status, String name) {
    return new Refused(error(status, name, name, sentence(name), ""));
  }

  /** What makes of a card what it is: the charge was tried and declined. */
  static Answer.Reply refused(Refusal refusal) {
    return error(refusal.status(), "UNPROCESSABLE_ENTITY", refusal.code(), refusal.text(), "");
  }

  private static Answer.Reply error(
      int status, String name, String issue, String description, String field) {
    Map<String, Object> detail = new LinkedHashMap<>();
    if (!field.isEmpty()) {
      detail.put("field", field);
      detail.put("location", "body");
    }
    detail.put("issue", issue);
    detail.put("description", description);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", name);
    body.put("message", sentence(name));
    body.put("debug_id", Digests.sha256(Numbers.token(20)).substring(0, 13));
    body.put("details", List.of(detail));
    body.put("links", List.of());
    return Answer.Reply.json(status, body);
  }

  /** A constant as words. */
  private static String sentence(String constant) {
    String words = constant.replace('_', ' ').toLowerCase(Locale.ROOT);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
  }
}
