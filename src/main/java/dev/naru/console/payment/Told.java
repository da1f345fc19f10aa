package dev.naru.console.payment;

import dev.naru.payment.story.StoryEntry;
import dev.naru.payment.story.StoryEntry.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How an entry of a story looks. */
interface Told {

  /** What was said to a PG is shown so far, until somebody asks for all. */
  int MOST_BYTES = 4_000;

  Set<String> GOOD =
      Set.of(
          "APPROVED",
          "DEPOSITED",
          "CANCELED",
          "VBANK_OPENED",
          "VBANK_CHANGED",
          "BARCODE_ISSUED",
          "REVERSED",
          "KEY_ISSUED",
          "MATTER_SETTLED",
          "MATTER_DISMISSED",
          "TAKEN_AS_PAID",
          "TAKEN_AS_CANCELED",
          "TAKEN_AS_GIVEN_BACK");

  Set<String> BAD =
      Set.of(
          "UNKNOWN",
          "DECLINED",
          "EXPIRED",
          "FAILED_OVER",
          "LATE_APPROVAL",
          "DEPOSIT_REVERSED",
          "VBANK_CHANGE_REFUSED",
          "CANCEL_UNKNOWN",
          "CANCEL_REFUSED",
          "CALL_UNANSWERED",
          "CONFIRM_UNANSWERED",
          "TRY_UNANSWERED",
          "GIVEN_UP",
          "MATTER",
          "NOTICE_REFUSED",
          "TAKEN_AS_UNPAID",
          "TAKEN_AS_NOT_CANCELED");

  /** Shown beside the text, or as bytes, and so not among the rest. */
  Set<String> SHOWN =
      Set.of("by", "from", "method", "url", "request", "status", "answer", "millis");

  Set<String> INNER = Set.of("event_id", "no", "event", "try");

  StoryEntry entry();

  /** Good, bad, call, or nothing. */
  default String tone() {
    String name = entry().what().constant().name();
    if (entry().kind() == Kind.WEBHOOK && entry().detail().containsKey("try")) {
      return detail("status").matches("2\\d\\d") ? "good" : "bad";
    }
    if (BAD.contains(name)) {
      return "bad";
    }
    if (GOOD.contains(name)) {
      return "good";
    }
    return entry().kind() == Kind.CALL || entry().kind() == Kind.NOTICE ? "call" : "";
  }

  /** What changed where the money is. */
  default boolean isStrong() {
    return entry().kind() == Kind.EVENT && !tone().isEmpty();
  }

  default boolean isLedger() {
    return entry().kind() == Kind.LEDGER;
  }

  /** Whether bytes went over a wire. */
  default boolean isWire() {
    return entry().detail().containsKey("url") && entry().detail().containsKey("answer");
  }

  default String detail(String name) {
    return entry().detail().getOrDefault(name, "");
  }

  /** The key of what people call an account of the ledger; its side is debit or credit. */
  default String account(String side) {
    String name = detail(side);
    return name.startsWith("pg:") ? "pg" : name.startsWith("promotion:") ? "promotion" : name;
  }

  /** Which address was called. */
  default String path() {
    String path = detail("url").replaceFirst("https?://[^/]+", "").replaceFirst("\\?.*", "");
    return entry().kind() == Kind.CALL ? path : "";
  }

  /** What was sent, and what came back. */
  default String wire(String noAnswer, boolean all) {
    String method = detail("method").isEmpty() ? "POST" : detail("method");
    String status = detail("status").equals("0") ? noAnswer : detail("status");
    String request = detail("request").isEmpty() ? "" : "\n" + cut(detail("request"), all);
    String answer = cut(detail("answer"), all);
    return method + " " + detail("url") + request + "\n\n← " + status + "\n" + answer;
  }

  /** Whether some of it is left out. */
  default boolean isLong() {
    return Math.max(detail("request").length(), detail("answer").length()) > MOST_BYTES;
  }

  private static String cut(String text, boolean all) {
    return all || text.length() <= MOST_BYTES ? text : text.substring(0, MOST_BYTES) + " …";
  }

  /** What else is known of it, by V1's names. */
  default Map<String, String> more() {
    Map<String, String> more = new TreeMap<>(entry().detail());
    more.keySet().removeAll(INNER);
    more.keySet().removeAll(SHOWN);
    return isLedger() || isWire() ? Map.of() : more;
  }

  /** A delivery is sent again from its last try, or from where it waits. */
  static boolean isLastTry(List<StoryEntry> story, int at) {
    String place = place(story.get(at));
    return place != null
        && story.subList(at + 1, story.size()).stream()
            .noneMatch(later -> place.equals(place(later)));
  }

  static @Nullable String place(StoryEntry entry) {
    String event = entry.detail().get("event_id");
    String no = entry.detail().get("no");
    return entry.kind() != Kind.WEBHOOK || event == null || no == null ? null : event + "-" + no;
  }
}
