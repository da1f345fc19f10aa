package dev.naru.simulator.kit.till;

import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.web.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The first answers to requests that may be repeated, in JSON. */
public final class Replays {

  private final Till till;

  /** Kept in the till's book. */
  public Replays(Till till) {
    this.till = till;
  }

  /**
   * What was answered before.
   *
   * @param scope tells the requests with one key from all others
   * @param life how long the PG knows it
   */
  public Optional<Answer.Reply> find(String scope, Duration life) {
    return Optional.ofNullable(till.ledger().replay(scope))
        .filter(replay -> replay.at().plus(life).isAfter(till.now()))
        .map(replay -> Answer.Reply.jsonText(replay.status(), replay.body()));
  }

  /**
   * Serves a request once, and then answers it again.
   *
   * @param scope empty for one that has no key
   * @param again the status by which it is answered again
   */
  public Answer once(String scope, Duration life, int again, Supplier<Answer> work) {
    if (scope.isEmpty()) {
      return work.get();
    }
    Optional<Answer.Reply> before = find(scope, life);
    if (before.isPresent()) {
      return Answer.Reply.jsonText(again, before.get().body());
    }
    Answer answer = work.get();
    keep(scope, answer.made());
    return answer;
  }

  /** Keeps an answer, if there is one. */
  public void keep(String scope, Answer.@Nullable Reply reply) {
    if (reply != null) {
      till.ledger().save(new Entry.Replay(scope, reply.status(), reply.body(), till.now()));
    }
  }
}
