package dev.naru.webhook;

import dev.naru.connector.http.Outbound;
import dev.naru.connector.http.Outbound.Patience;
import dev.naru.connector.http.Outbound.Reply;
import dev.naru.kernel.HubClock;
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

  /** What will be sent. Apart from the sending, because it may have to read the settings. */
  Outbound.Call call(Claimed claimed) {
    HookSettingStore.Row setting = settings.applying(claimed.merchantId());
    Instant machine = clock.instant().minus(clock.offset());
    Message message = Message.of(claimed, setting.form(), settings.secret(setting), machine);
    return new Outbound.Call(
        claimed.url(),
        message.contentType(),
        message.body(),
        message.headers(),
        claimed.tries() == 1 ? FIRST : AGAIN);
  }

  Finished send(Claimed claimed, Outbound.Call call) {
    Instant at = clock.instant();
    long begin = System.nanoTime();
    Reply reply = outbound.post(call);
    long millis = (System.nanoTime() - begin) / 1_000_000;
    Retry.Verdict verdict = Retry.after(reply, claimed, clock.instant());
    boolean silent = isSilent(reply);
    return switch (reply) {
      case Reply.Answered(int status, String body) ->
          new Finished(claimed, at, millis, status, beginning(body), silent, verdict);
      case Reply.Failed(String why) ->
          new Finished(claimed, at, millis, 0, beginning("no answer: " + why), silent, verdict);
      case Reply.Blocked(String why) ->
          new Finished(claimed, at, millis, 0, beginning("blocked: " + why), silent, verdict);
    };
  }

  /**
   * Whoever answers at all, be it with an error, is there, and no reason to keep others waiting.
   */
  private static boolean isSilent(Reply reply) {
    return switch (reply) {
      case Reply.Answered(int status, String body) -> NOBODY.contains(status);
      case Reply.Failed(String why) -> true;
      case Reply.Blocked(String why) -> false;
    };
  }

  /** As PostgreSQL takes it: no NUL, no half of a surrogate pair. */
  private static String beginning(String text) {
    String clean = text.replace("\0", "");
    if (clean.length() <= KEPT) {
      return clean;
    }
    boolean splits = Character.isHighSurrogate(clean.charAt(KEPT - 1));
    return clean.substring(0, splits ? KEPT - 1 : KEPT);
  }
}
