package dev.naru.webhook;

import dev.naru.connector.http.Outbound;
import dev.naru.connector.http.Outbound.Patience;
import dev.naru.connector.http.OutboundCall;
import dev.naru.connector.http.OutboundReply;
import dev.naru.kernel.HubClock;
import dev.naru.webhook.setting.HookSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Makes one try of one delivery. */
@Component
class Sender {

  /** Longer than this takes no try, whatever the other side does. */
  static final Duration LONGEST = Duration.ofSeconds(40);

  private static final Patience FIRST = new Patience(Duration.ofSeconds(30), LONGEST);
  private static final Patience AGAIN =
      new Patience(Duration.ofSeconds(15), Duration.ofSeconds(15));
  private static final int KEPT = 2_048;

  /** A gateway that finds nobody behind it. */
  private static final Set<Integer> NOBODY = Set.of(502, 503, 504);

  private final HookSettings settings;
  private final Outbound outbound;
  private final HubClock clock;

  Sender(HookSettings settings, Outbound outbound, HubClock clock) {
    this.settings = settings;
    this.outbound = outbound;
    this.clock = clock;
  }

  /**
   * What will be sent, and what follows if it is not received.
   *
   * @param retries as the shop wants it
   */
  record Job(Claimed claimed, OutboundCall call, Retries retries) {}

  /** Apart from the sending, because it may have to read the settings. */
  Job job(Claimed claimed) {
    HookSettings.Sending sending =
        settings.sending(claimed.merchantId(), claimed.endpoint(), claimed.url());
    Instant machine = clock.instant().minus(clock.offset());
    Message message = Message.of(claimed, sending.form(), sending.keys(), machine);
    OutboundCall call =
        new OutboundCall(
            claimed.url(),
            message.contentType(),
            message.body(),
            message.headers(),
            claimed.tries() == 1 ? FIRST : AGAIN);
    return new Job(claimed, call, sending.retries());
  }

  /** Sends the test of an endpoint, as a first try; the answer is kept nowhere. */
  TestCalls.Tested test(String url, Message message) {
    long begin = System.nanoTime();
    OutboundReply reply =
        outbound.post(
            new OutboundCall(url, message.contentType(), message.body(), message.headers(), AGAIN));
    long millis = (System.nanoTime() - begin) / 1_000_000;
    return switch (reply) {
      case OutboundReply.Answered(int status, String body) ->
          new TestCalls.Tested(TestCalls.Tested.End.ANSWERED, status, millis, beginning(body));
      case OutboundReply.Failed(String why) ->
          new TestCalls.Tested(TestCalls.Tested.End.NO_ANSWER, 0, millis, beginning(why));
      case OutboundReply.Blocked(String why) ->
          new TestCalls.Tested(TestCalls.Tested.End.NOT_CALLED, 0, millis, beginning(why));
    };
  }

  Finished send(Job job) {
    Claimed claimed = job.claimed();
    Instant at = clock.instant();
    long begin = System.nanoTime();
    OutboundReply reply = outbound.post(job.call());
    long millis = (System.nanoTime() - begin) / 1_000_000;
    Retry.Verdict verdict = Retry.after(reply, claimed, job.retries(), clock.instant());
    boolean silent = isSilent(reply);
    return switch (reply) {
      case OutboundReply.Answered(int status, String body) ->
          new Finished(
              claimed, at, millis, status, beginning(body), silent, job.retries(), verdict);
      case OutboundReply.Failed(String why) ->
          new Finished(
              claimed,
              at,
              millis,
              0,
              beginning("no answer: " + why),
              silent,
              job.retries(),
              verdict);
      case OutboundReply.Blocked(String why) ->
          new Finished(
              claimed, at, millis, 0, beginning("blocked: " + why), silent, job.retries(), verdict);
    };
  }

  /**
   * Whoever answers at all, be it with an error, is there, and no reason to keep others waiting.
   */
  private static boolean isSilent(OutboundReply reply) {
    return switch (reply) {
      case OutboundReply.Answered(int status, String body) -> NOBODY.contains(status);
      case OutboundReply.Failed(String why) -> true;
      case OutboundReply.Blocked(String why) -> false;
    };
  }

  /**
   * As PostgreSQL takes it: no NUL, no half of a surrogate pair; and nothing like a card number.
   */
  private static String beginning(String text) {
    String clean = Outbound.shown(text);
    if (clean.length() <= KEPT) {
      return clean;
    }
    boolean splits = Character.isHighSurrogate(clean.charAt(KEPT - 1));
    return clean.substring(0, splits ? KEPT - 1 : KEPT);
  }
}
