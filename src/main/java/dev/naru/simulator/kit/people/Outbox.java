package dev.naru.simulator.kit.people;

import dev.naru.simulator.kit.book.Index;
import dev.naru.simulator.kit.book.Shelf;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Digests;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The messages that would have gone to people's phones: all simulators send through it. Newest
 * first, and no more than the newest thousand.
 */
public final class Outbox implements AutoCloseable {

  private static final int KEPT = 1_000;

  /** How a message reaches its person. */
  public enum Kind {
    SMS,
    /** A question in the carrier's app. */
    APP,
    MAIL
  }

  /** A line of the book: a message that went out, or the id of one that was deleted. */
  record Line(@Nullable Message sent, @Nullable String deleted) {}

  private final Deque<Message> messages = new ArrayDeque<>();
  private final Map<String, Integer> codesOf = new HashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock;
  private final @Nullable Long seed;
  private final Shelf<Line> shelf;

  /**
   * @param seed makes the codes the same in every run; null: they are random
   */
  public Outbox(Index index, InstantSource clock, @Nullable Long seed) {
    this.clock = clock;
    this.seed = seed;
    shelf = Shelf.open(index, "outbox", Line.class, Outbox::file);
    shelf.under(false, "kept").limit(KEPT).map(Line::sent).forEach(messages::addLast);
  }

  /** Its book was emptied. */
  public synchronized void forget() {
    messages.clear();
    codesOf.clear();
  }

  /** Of those that were not deleted, the newest are read back at the next start. */
  private static void file(Shelf<Line> shelf, long position, Line line) {
    if (line.sent() != null) {
      shelf.put(position, "message", line.sent().id());
      shelf.put(position, "kept", Shelf.digits(position));
    }
    Long deleted = line.deleted() == null ? null : shelf.place("message", line.deleted());
    if (deleted != null) {
      shelf.remove("kept", Shelf.digits(deleted));
    }
  }

  /**
   * Six digits: random, or with a seed the same for the n-th code of a phone in every run, whatever
   * other phones get.
   */
  synchronized String newCode(String phone) {
    if (seed == null) {
      return "%06d".formatted(random.nextInt(1_000_000));
    }
    int nth = codesOf.merge(phone, 1, Integer::sum);
    String hash = Digests.sha256(seed + "/" + phone + "/" + nth);
    return "%06d".formatted(Long.parseLong(hash.substring(0, 12), 16) % 1_000_000);
  }

  /** Sends a message about a verification. */
  public synchronized void send(Kind kind, Verification about, String text, @Nullable String code) {
    Message message =
        new Message(
            Numbers.token(20),
            kind,
            about.pg(),
            about.tid(),
            about.phone(),
            text,
            code,
            clock.instant());
    save(new Line(message, null));
  }

  /** The list of messages, and what may be done with one. */
  public Answer handle(Call call, Map<String, Verifications> identity) {
    String phone = Cards.digits(call.params().getOrDefault("phone", ""));
    Predicate<Message> asked = message -> phone.isEmpty() || message.to().equals(phone);
    List<String> path = List.of(call.path().substring(1).split("/", -1));
    if (path.equals(List.of("messages"))) {
      return switch (call.method()) {
        case "GET" -> Answer.Reply.json(200, list(asked));
        case "POST" -> mailed(call);
        case "DELETE" -> Answer.Reply.json(200, Map.of("deleted", delete(asked)));
        default -> error(405, "wrong method");
      };
    }
    boolean tapped =
        path.size() == 3
            && path.getFirst().equals("messages")
            && call.method().equals("POST")
            && List.of("approve", "decline").contains(path.get(2));
    return tapped
        ? find(path.get(1))
            .map(message -> answered(message, path.get(2), identity))
            .orElseGet(() -> error(404, "no such message"))
        : error(404, "not found");
  }

  /** A mail of the hub's: {@code to}, {@code subject} and {@code text}. */
  private synchronized Answer mailed(Call call) {
    JsonNode mail = call.json();
    String to = mail.path("to").asString("");
    String subject = mail.path("subject").asString("");
    String text = mail.path("text").asString("");
    if (to.isEmpty()) {
      return error(400, "to whom?");
    }
    Message message =
        new Message(Numbers.token(20), Kind.MAIL, "", subject, to, text, null, clock.instant());
    save(new Line(message, null));
    return Answer.Reply.json(200, message);
  }

  /** The person taps in the app. */
  private static Answer answered(Message message, String tap, Map<String, Verifications> identity) {
    Verifications pg = identity.get(message.pg());
    return message.kind() == Kind.APP
            && pg != null
            && pg.tap(message.about(), tap.equals("approve"))
        ? Answer.Reply.json(200, message)
        : error(409, "this message waits for no tap");
  }

  private static Answer error(int status, String text) {
    return Answer.Reply.json(status, Map.of("error", text));
  }

  private synchronized Optional<Message> find(String id) {
    return messages.stream().filter(message -> message.id().equals(id)).findFirst();
  }

  private synchronized List<Message> list(Predicate<Message> asked) {
    return messages.stream().filter(asked).toList();
  }

  private synchronized int delete(Predicate<Message> asked) {
    List<Message> gone = list(asked);
    gone.forEach(message -> save(new Line(null, message.id())));
    return gone.size();
  }

  private void save(Line line) {
    shelf.save(List.of(line));
    apply(line);
  }

  private void apply(Line line) {
    if (line.sent() != null) {
      messages.addFirst(line.sent());
      while (messages.size() > KEPT) {
        messages.removeLast();
      }
    }
    for (Iterator<Message> each = messages.iterator(); each.hasNext(); ) {
      if (each.next().id().equals(line.deleted())) {
        each.remove();
      }
    }
  }

  @Override
  public void close() {
    shelf.close();
  }
}
