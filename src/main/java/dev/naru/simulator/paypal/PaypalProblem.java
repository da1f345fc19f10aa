package dev.naru.simulator.paypal;

import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.facts.Digests;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.web.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** PayPal's way of saying no, from wherever it is found out to the door, where it is answered. */
final class PaypalProblem extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Answer.Reply answer;

  private PaypalProblem(Answer.Reply answer) {
    super(answer.body(), null, false, false);
    this.answer = answer;
  }

  Answer.Reply answer() {
    return answer;
  }

  /** A field that is not as the schema has it: 400. */
  static PaypalProblem invalid(String issue, String field) {
    return new PaypalProblem(error(400, "INVALID_REQUEST", issue, sentence(issue), field));
  }

  /** A request that reads well and cannot be done: 422. */
  static PaypalProblem unprocessable(String issue, String field) {
    return new PaypalProblem(error(422, "UNPROCESSABLE_ENTITY", issue, sentence(issue), field));
  }

  static PaypalProblem unprocessable(String issue) {
    return unprocessable(issue, "");
  }

  static PaypalProblem unknown(String issue) {
    return new PaypalProblem(error(404, "RESOURCE_NOT_FOUND", issue, sentence(issue), ""));
  }

  /** The same is being done already. */
  static PaypalProblem busy() {
    String issue = "PREVIOUS_REQUEST_IN_PROGRESS";
    return new PaypalProblem(error(409, "RESOURCE_CONFLICT", issue, sentence(issue), ""));
  }

  static PaypalProblem of(int status, String name) {
    return new PaypalProblem(error(status, name, name, sentence(name), ""));
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
