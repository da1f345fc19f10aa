package dev.naru.simulator.kit.people;

import dev.naru.simulator.kit.book.Index;
import dev.naru.simulator.kit.book.Shelf;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.people.Verification.Keys;
import dev.naru.simulator.kit.people.Verification.Stage;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Identity checks of one PG: its book, and what the carriers and the magic phones make of a check.
 * Written first, known afterwards.
 */
public final class Verifications implements AutoCloseable {

  /** Why the PG says no. */
  public enum No {
    BAD_REQUEST,
    BAD_CREDENTIALS,
    BAD_SIGNATURE,
    REFUSED,
    MISMATCH,
    SUSPENDED,
    CARRIER_AWAY,
    WRONG_CODE,
    EXPIRED,
    TOO_MANY_TRIES,
    NOT_YET,
    DENIED,
    UNKNOWN,
    /** The merchant has been told already, and is told once. */
    USED,
    TOO_YOUNG,
    /** The person closed the window. */
    CLOSED
  }

  /**
   * How the PG words what came of it.
   *
   * @param no why not
   * @param asked the person is checked, or the message sent
   * @param certified the person has proved it
   */
  public record Wording(
      Function<No, Answer.Reply> no,
      Function<Verification, Answer.Reply> asked,
      Function<Verification, Answer.Reply> certified) {

    /** Of a window, which sends no codes. */
    public static Wording ofWindow(
        Function<No, Answer.Reply> no, Function<Verification, Answer.Reply> certified) {
      return new Wording(
          no,
          verification -> {
            throw new IllegalStateException("windows send no codes");
          },
          certified);
    }

    Answer.Reply no(No why) {
      return no.apply(why);
    }

    Answer.Reply asked(Verification verification) {
      return asked.apply(verification);
    }

    Answer.Reply certified(Verification verification) {
      return certified.apply(verification);
    }
  }

  /** How long a code is good. */
  public static final Duration VALID = Duration.ofMinutes(3);

  /** How long a window may take, and the merchant to ask what came of it. */
  static final Duration WINDOW = Duration.ofMinutes(10);

  /** How many wrong codes are too many. */
  public static final int MOST_TRIES = 5;

  private final String pg;
  private final Outbox outbox;
  private final InstantSource clock;
  private final Shelf<Verification> shelf;

  public Verifications(String pg, Index index, Outbox outbox, InstantSource clock) {
    this.pg = pg;
    this.outbox = outbox;
    this.clock = clock;
    shelf = Shelf.open(index, pg, Verification.class, Verifications::file);
  }

  /** One goes by its number: where its first line begins. */
  private static void file(Shelf<Verification> shelf, long position, Verification line) {
    Long known = shelf.place("tid", line.tid());
    long number = known == null ? position : known;
    shelf.put(position, "number", Shelf.digits(number));
    shelf.put(number, "tid", line.tid());
    shelf.put(number, "order", line.order(), Shelf.digits(number));
  }

  private @Nullable Verification known(String tid) {
    Long number = shelf.place("tid", tid);
    return number == null ? null : numbered(number);
  }

  private Verification numbered(long number) {
    return shelf.find("number", Shelf.digits(number)).orElseThrow();
  }

  /** What a merchant asks for. */
  public record Asked(String merchant, String order, String phone, Verification.Somebody who) {}

  /** The carrier checks the person. */
  public synchronized Answer check(Asked asked, Wording wording) {
    Effect effect = Cards.effect(asked.phone());
    if (effect == Effect.TIMEOUT) {
      return new Answer.Silence();
    }
    Instant now = clock.instant();
    Verification fresh =
        new Verification(
            pg,
            Seoul.compact(now) + Numbers.digits(10),
            asked.merchant(),
            asked.order(),
            asked.phone(),
            effect,
            Keys.of(asked.merchant(), asked.who()),
            new Verification.Course(Stage.CHECKED, now, "", null, 0, 0, null));
    Optional<No> refusal = refusal(effect);
    save(refusal.isPresent() ? fresh.as(Stage.REFUSED, now) : fresh);
    return refusal.isPresent() ? wording.no(refusal.get()) : wording.asked(fresh);
  }

  /**
   * Sends the code by a message.
   *
   * @param text has the code where {@code [000000]} is
   */
  public synchronized Answer send(String tid, String text, Wording wording) {
    Verification known = known(tid);
    if (known == null || (known.stage() != Stage.CHECKED && known.stage() != Stage.SENT)) {
      return wording.no(No.UNKNOWN);
    }
    String code = outbox.newCode(known.phone());
    Verification sent = save(known.sent(code, clock.instant().plus(VALID)));
    outbox.send(Outbox.Kind.SMS, sent, text.replace("[000000]", "[" + code + "]"), code);
    return Answer.sent(sent.effect(), wording.asked(sent));
  }

  /** Has the carrier's app ask. */
  public synchronized Answer ask(String tid, String text, Wording wording) {
    Verification known = known(tid);
    if (known == null || known.stage() != Stage.CHECKED) {
      return wording.no(No.UNKNOWN);
    }
    Verification sent = save(known.sent("", clock.instant().plus(VALID)));
    outbox.send(Outbox.Kind.APP, sent, text, null);
    return Answer.sent(sent.effect(), wording.asked(sent));
  }

  /** The person taps in the app. False if nothing waits for that. */
  synchronized boolean tap(String tid, boolean yes) {
    Verification known = known(tid);
    if (known == null || known.stage() != Stage.SENT || !known.course().code().isEmpty()) {
      return false;
    }
    save(known.as(yes ? Stage.APPROVED : Stage.DENIED, clock.instant()));
    return true;
  }

  /** A right code is answered as often as it comes; it certifies once. */
  public synchronized Answer confirm(String tid, String code, Wording wording) {
    Verification known = known(tid);
    if (known == null || known.stage() == Stage.CHECKED || known.stage() == Stage.REFUSED) {
      return wording.no(No.UNKNOWN);
    }
    if (known.stage() == Stage.DENIED) {
      return wording.no(No.DENIED);
    }
    Optional<No> wrong = known.stage() == Stage.CERTIFIED ? again(known, code) : wrong(known, code);
    if (wrong.isPresent()) {
      if (wrong.get() == No.WRONG_CODE) {
        save(known.wrong());
      }
      return wording.no(wrong.get());
    }
    return told(known, wording);
  }

  /** Answers, or fails to as the phone will have it. */
  private Answer told(Verification known, Wording wording) {
    Verification counted = save(known.confirmed());
    int nth = counted.course().confirms();
    if (known.effect() == Effect.CONFIRM_TIMEOUT && nth == 1) {
      return new Answer.Silence();
    }
    Verification certified =
        known.stage() == Stage.CERTIFIED
            ? counted
            : save(counted.as(Stage.CERTIFIED, clock.instant()));
    Answer.Reply made = wording.certified(certified);
    return switch (known.effect()) {
      case CONFIRM_ANSWER_LOST -> nth <= 2 ? new Answer.Lost(made) : made;
      case CONFIRM_GARBLED -> nth == 1 ? new Answer.Garbled(made) : made;
      case SLOW -> new Answer.Slow(made);
      default -> made;
    };
  }

  /** A merchant sends somebody to a window; nobody knows yet who that is. */
  public synchronized Verification opened(String merchant, String order, String tid) {
    Verification.Keys nobody = new Keys("", "");
    return save(
        new Verification(
            pg,
            tid,
            merchant,
            order,
            "",
            Effect.APPROVE,
            nobody,
            new Verification.Course(Stage.CHECKED, clock.instant(), "", null, 0, 0, null)));
  }

  /** The person in the window is known now, or refused: the merchant may ask. */
  synchronized void shown(String tid, Stage stage, String phone, Effect effect, Keys keys) {
    Verification known = known(tid);
    if (known != null && known.stage() == Stage.CHECKED) {
      save(known.of(phone, effect, keys).as(stage, clock.instant()));
    }
  }

  /**
   * The merchant asks who was in the window.
   *
   * @param once what was told is not told again
   */
  public synchronized Answer fetch(String tid, boolean once, Wording wording) {
    Verification known = known(tid);
    if (known == null || known.stage() == Stage.CHECKED) {
      return wording.no(No.UNKNOWN);
    }
    if (known.stage() == Stage.REFUSED) {
      return wording.no(refusal(known.effect()).orElse(No.REFUSED));
    }
    if (known.stage() == Stage.DENIED) {
      return wording.no(No.CLOSED);
    }
    if (once && known.stage() == Stage.CERTIFIED) {
      return wording.no(No.USED);
    }
    boolean late = clock.instant().isAfter(known.course().opened().plus(WINDOW));
    return late ? wording.no(No.EXPIRED) : told(known, wording);
  }

  /** By the merchant's order, the newest. */
  public synchronized Optional<Verification> ofOrder(String merchant, String order) {
    return shelf
        .places(false, "order", order)
        .map(this::numbered)
        .filter(known -> known.merchant().equals(merchant))
        .findFirst();
  }

  /** By its transaction. */
  public synchronized Optional<Verification> of(String merchant, String tid) {
    return Optional.ofNullable(known(tid)).filter(known -> known.merchant().equals(merchant));
  }

  /** What the book says, for testers. */
  public synchronized Answer books(Map<String, String> filter) {
    String order = filter.get("order_id");
    Stream<Verification> found =
        order == null
            ? shelf.under(true, "number")
            : shelf.places(true, "order", order).map(this::numbered);
    return Answer.Reply.json(
        200,
        found
            .filter(known -> Call.fits(filter, "order_id", known.order()))
            .filter(known -> Call.fits(filter, "merchant", known.merchant()))
            .filter(known -> Call.fits(filter, "tid", known.tid()))
            .map(Verifications::line)
            .toList());
  }

  private static Map<String, Object> line(Verification of) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("pg", of.pg());
    line.put("merchant", of.merchant());
    line.put("order_id", of.order());
    line.put("tid", of.tid());
    line.put("effect", of.effect());
    line.put("status", of.stage());
    line.put("certified", of.stage() == Stage.CERTIFIED);
    line.put("wrong_codes", of.course().tries());
    line.put("confirms", of.course().confirms());
    line.put("opened_at", of.course().opened());
    if (of.course().at() != null) {
      line.put("at", of.course().at());
    }
    return line;
  }

  private Optional<No> wrong(Verification known, String code) {
    Instant until = known.course().until();
    if (until == null || clock.instant().isAfter(until)) {
      return Optional.of(No.EXPIRED);
    }
    if (known.course().tries() >= MOST_TRIES) {
      return Optional.of(No.TOO_MANY_TRIES);
    }
    boolean byApp = known.course().code().isEmpty();
    if (byApp) {
      return known.stage() == Stage.APPROVED ? Optional.empty() : Optional.of(No.NOT_YET);
    }
    return again(known, code);
  }

  private static Optional<No> again(Verification known, String code) {
    return known.course().code().equals(code) ? Optional.empty() : Optional.of(No.WRONG_CODE);
  }

  /** Why a phone is refused; empty if it is not. */
  public static Optional<No> refusal(Effect effect) {
    return switch (effect) {
      case REFUSED -> Optional.of(No.REFUSED);
      case IDENTITY -> Optional.of(No.MISMATCH);
      case SUSPENDED -> Optional.of(No.SUSPENDED);
      case UNREACHABLE -> Optional.of(No.CARRIER_AWAY);
      case EXPIRED -> Optional.of(No.EXPIRED);
      default -> Optional.empty();
    };
  }

  private Verification save(Verification changed) {
    shelf.save(List.of(changed));
    return changed;
  }

  @Override
  public void close() {
    shelf.close();
  }
}
