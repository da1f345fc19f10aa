package dev.naru.simulator.toss;

import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Digests;
import dev.naru.simulator.kit.till.Replays;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.web.Refused;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who calls Toss Payments, and whether they have called before: secret keys and idempotency keys.
 */
final class TossDoor {

  private static final String DOCS_KEY = "test_gsk_docs_OaPz8L5KdmQXkzRz3y47BMw6";
  private static final Map<String, String> TEST_CODES = Cards.codes("toss/test-codes.csv");
  private static final Duration REPLAYS_KEPT = Duration.ofDays(15);

  /** Leaves a late approval the time to store its answer before the key is free again. */
  private static final Duration LANDING = Duration.ofMillis(100);

  private final Till till;
  private final Replays replays;
  private final Map<String, Boolean> inFlight = new ConcurrentHashMap<>();

  TossDoor(Till till) {
    this.till = till;
    this.replays = new Replays(till);
  }

  static @Nullable String secret(Call call) {
    String text = call.basic();
    boolean known = text.startsWith("test_sk_") || text.startsWith("test_gsk_");
    return known && text.endsWith(":") ? text.substring(0, text.length() - 1) : null;
  }

  /** Each secret key is a merchant of its own. */
  static String mid(String secret) {
    return secret.equals(DOCS_KEY) ? "tosstest" : "tp" + Digests.sha256(secret).substring(0, 8);
  }

  static String fixedAccount(String payer) {
    return new java.math.BigInteger(Digests.sha256(payer), 16).toString().substring(0, 14);
  }

  /** Serves a POST once per idempotency key; the work is given the key's scope. */
  Answer once(Call call, String secret, Function<String, Answer> work) {
    String test = call.header("TossPayments-Test-Code");
    if (test != null && !test.isBlank()) {
      int status = Integer.parseInt(TEST_CODES.getOrDefault(test, "400"));
      return error(new Refusal(status, test, "테스트 코드로 만든 에러입니다."));
    }
    String key = call.header("Idempotency-Key");
    if (key == null || key.isBlank()) {
      return answer("", work);
    }
    if (key.length() > 300) {
      return error(new Refusal(400, "INVALID_IDEMPOTENCY_KEY", "멱등키는 300자를 넘을 수 없습니다."));
    }
    String scope = Digests.sha256(secret + "\n" + call.path() + "\n" + key);
    if (inFlight.putIfAbsent(scope, true) != null) {
      return error(new Refusal(409, "IDEMPOTENT_REQUEST_PROCESSING", "이전 요청을 아직 처리하고 있습니다."));
    }
    boolean held = false;
    try {
      Answer answer = replayOr(scope, work);
      // Without an answer the request stays in flight until its connection is given up.
      held = answer.made() == null;
      if (held) {
        till.after(till.late().plus(LANDING), () -> inFlight.remove(scope));
      }
      return answer;
    } finally {
      if (!held) {
        inFlight.remove(scope);
      }
    }
  }

  private Answer replayOr(String scope, Function<String, Answer> work) {
    Optional<Answer.Reply> before = replays.find(scope, REPLAYS_KEPT);
    if (before.isPresent()) {
      return before.get();
    }
    Answer answer = answer(scope, work);
    replays.keep(scope, answer.made());
    return answer;
  }

  private static Answer answer(String scope, Function<String, Answer> work) {
    try {
      return work.apply(scope);
    } catch (Refused e) {
      return e.answer();
    }
  }

  /** The request that stayed in flight has come to its end after all. */
  void finish(String scope, Answer.Reply answer) {
    replays.keep(scope, answer);
    inFlight.remove(scope);
  }

  static Refused refuse(int status, String code, String text) {
    return new Refused(error(new Refusal(status, code, text)));
  }

  static Answer.Reply error(Refusal refusal) {
    return Answer.Reply.json(
        refusal.status(), Map.of("code", refusal.code(), "message", refusal.text()));
  }
}
