package dev.naru.simulator.kit;

import dev.naru.simulator.kit.book.Index;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Contracts;
import dev.naru.simulator.kit.facts.Pace;
import dev.naru.simulator.kit.facts.SimClock;
import dev.naru.simulator.kit.people.IdentityWindows;
import dev.naru.simulator.kit.people.Outbox;
import dev.naru.simulator.kit.people.Verifications;
import dev.naru.simulator.kit.till.Notices;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.web.Door;
import dev.naru.simulator.kit.window.Windows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What all fakes live in: one index of their books, one time, one look of windows. */
public final class House implements AutoCloseable {

  private final Index index;
  private final SimClock clock;
  private final Pace pace;
  private final boolean codesRepeat;
  private final Notices notices = new Notices();
  private final Windows windows = new Windows();
  private final IdentityWindows people;
  private final Outbox outbox;
  private final Map<String, Till> tills = new TreeMap<>();
  private final Map<String, Verifications> verifications = new TreeMap<>();
  private final Map<String, Control.Desk> desks = new TreeMap<>();
  private final Map<String, Contracts> contracts = new TreeMap<>();
  private Runnable emptied = () -> {};
  private final List<AutoCloseable> parts = new ArrayList<>();

  /**
   * @param books the folder of the books
   * @param machine how time goes by as long as nobody moves it
   * @param seed makes the codes of identity checks the same in every run; null: they are random
   */
  public House(Path books, Pace machine, @Nullable Long seed) {
    index = new Index(books);
    clock = new SimClock(machine.clock());
    pace = new Pace(clock, machine.late(), machine.slow());
    codesRepeat = seed != null;
    people = new IdentityWindows(clock);
    outbox = new Outbox(index, clock, seed);
    parts.add(outbox);
  }

  /** Opens the book of a PG's payments. */
  public Till till(String pg) {
    Ledger ledger = new Ledger(pg, index);
    Till till = new Till(ledger, pace);
    tills.put(pg, till);
    parts.add(till);
    parts.add(ledger);
    return till;
  }

  /** Opens the book of a PG's identity checks. */
  public Verifications verifications(String pg) {
    Verifications book = new Verifications(pg, index, outbox, clock);
    verifications.put(pg, book);
    parts.add(book);
    return book;
  }

  /**
   * With whom a PG has contracts, those included of which the sandbox tells.
   *
   * @param file see {@link Contracts}
   */
  public Contracts contracts(String pg, String file, String... parts) {
    return contracts.computeIfAbsent(pg, _ -> new Contracts(file, parts));
  }

  /** The book of another PG, which has been opened before. */
  public Ledger ledger(String pg) {
    Till till = tills.get(pg);
    if (till == null) {
      throw new IllegalStateException("no book of " + pg);
    }
    return till.ledger();
  }

  /** Who takes notices to shops. */
  public Notices notices() {
    return notices;
  }

  /** The windows in which is paid. */
  public Windows windows() {
    return windows;
  }

  /** The windows in which people prove who they are. */
  public IdentityWindows people() {
    return people;
  }

  /** Lets it in: its books go on where they were. */
  public void admit(Fake fake) {
    for (Till till : fake.tills()) {
      till.start(fake::landed);
      desks.put(till.ledger().pg(), new Control.Desk(till, fake::deposited));
    }
  }

  /** What there is beside the PGs, whichever PG it is about. */
  public List<Door> doors() {
    Control control = new Control(desks, verifications, contracts, this::move);
    return List.of(
        Door.open("/_sim/windows", windows::handle),
        Door.open("/_sim/assets", SharedPages::asset),
        Door.testers("/_sim/magic", call -> SharedPages.magic(call, pace, codesRepeat)),
        Door.testers("/_sim/identity", people::handle),
        Door.testers("/_sim/outbox", call -> outbox.handle(call, verifications)),
        Door.testers(
            "/_sim", call -> call.path().equals("/reset") ? reset(call) : control.handle(call)));
  }

  /** The same door; work that began before the books were emptied writes into none of them. */
  public Door guarded(Door door) {
    return new Door(
        door.prefix(),
        call -> {
          index.begin();
          return door.handler().handle(call);
        },
        door.testers());
  }

  /** Tells of the books being emptied, before who works with them is let go. */
  public void onReset(Runnable told) {
    emptied = told;
  }

  /** All begins anew: no book has a line, and time is the machine's. */
  private Answer reset(Call call) {
    if (!call.method().equals("POST")) {
      return Answer.Reply.json(405, Map.of("error", "POST"));
    }
    clock.ahead(Duration.ZERO);
    index.empty();
    emptied.run();
    tills.values().forEach(Till::forget);
    people.forget();
    outbox.forget();
    return Answer.Reply.json(200, Map.of("now", clock.instant()));
  }

  /** The hub has moved on, by milliseconds ahead of the machine's time: so do the PGs. */
  private Answer move(Call call) {
    JsonNode ahead = call.json().path("ahead_millis");
    if (!call.method().equals("PUT") || !ahead.isIntegralNumber() || ahead.asLong() < 0) {
      return Answer.Reply.json(400, Map.of("error", "PUT {\"ahead_millis\": n}"));
    }
    clock.ahead(Duration.ofMillis(ahead.asLong()));
    tills.values().forEach(Till::moved);
    return Answer.Reply.json(200, Map.of("now", clock.instant()));
  }

  @Override
  public void close() {
    parts.add(notices);
    parts.add(index);
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        throw new IllegalStateException("cannot close " + part, e);
      }
    }
  }
}
