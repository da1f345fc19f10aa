package dev.naru.simulator;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Starts the fake PGs, all on one port, each under its own prefix. */
public final class Simulators implements AutoCloseable {

  /**
   * How they run.
   *
   * @param port 0 picks a free one
   * @param data the books are kept below it
   * @param late how long "approves after our timeout" takes, and how long a silent connection is
   *     held
   * @param slow how long a slow answer takes
   * @param seed makes the codes of identity checks the same in every run; null: they are random
   */
  public record Settings(
      int port,
      String bind,
      Path data,
      Duration late,
      Duration slow,
      InstantSource clock,
      @Nullable Long seed) {

    public Settings(
        int port, String bind, Path data, Duration late, Duration slow, InstantSource clock) {
      this(port, bind, data, late, slow, clock, null);
    }

    private Settings on(InstantSource other) {
      return new Settings(port, bind, data, late, slow, other, seed);
    }

    static Settings of(Map<String, String> env) {
      return new Settings(
          Integer.parseInt(env.getOrDefault("NARU_SIMULATOR_PORT", "8081")),
          env.getOrDefault("NARU_BIND", "127.0.0.1"),
          Path.of(env.getOrDefault("NARU_DATA", "data")),
          Duration.parse(env.getOrDefault("NARU_SIMULATOR_LATE", "PT35S")),
          Duration.parse(env.getOrDefault("NARU_SIMULATOR_SLOW", "PT3S")),
          InstantSource.system(),
          env.containsKey("NARU_SIMULATOR_SEED")
              ? Long.valueOf(env.get("NARU_SIMULATOR_SEED"))
              : null);
    }
  }

  private final Web web;
  private final String bind;
  private final SimClock clock;
  private final Index index;
  private final List<Till> tills = new ArrayList<>();
  private final List<AutoCloseable> parts = new ArrayList<>();

  private Simulators(Settings settings) {
    web = new Web(settings);
    bind = settings.bind();
    index = new Index(settings.data().resolve("simulator"));
    Notices notices = new Notices();
    clock = new SimClock(settings.clock());
    Windows windows = new Windows();
    Map<String, Control.Desk> desks = real(settings, notices, windows);
    web.mount("/_sim/windows", windows::handle);
    web.mount("/_sim/assets", SharedPages::asset);
    web.mount("/_sim/magic", call -> SharedPages.magic(call, settings));
    Outbox outbox = new Outbox(index, settings.on(clock));
    parts.add(outbox);
    IdentityDesks identity = IdentityDesks.open(index, outbox, clock);
    parts.addAll(identity.books().values());
    identity.mount(web);
    Map<String, EmulatedPayments> payments = new TreeMap<>();
    for (String pg : Emulation.having("payment")) {
      payments.put(pg, payments(till(pg, settings), windows));
    }
    Map<String, EmulatedDesk> direct = direct(notices, settings);
    companions(direct, desks, settings);
    web.mount("/emulation/v1", new Emulation(identity, payments, direct)::handle);
    web.mount("/emulation", people(new StoreTill(direct), new BuyerDesk(payments)));
    web.mount("/_sim/outbox", call -> outbox.handle(call, identity.books()));
    payments.forEach((pg, of) -> desks.put(pg, new Control.Desk(of.till(), charge -> false)));
    direct.forEach((pg, desk) -> desks.put(pg, new Control.Desk(desk.till(), charge -> false)));
    web.mount("/_sim", new Control(desks, identity.books(), this::move)::handle);
    parts.add(notices);
    parts.add(index);
  }

  /** The PGs that take payments by their own protocols. */
  private Map<String, Control.Desk> real(Settings settings, Notices notices, Windows windows) {
    Till toss = till("tosspayments", settings);
    Till inicis = till("html5_inicis", settings);
    Till settle = till("settle", settings);
    Till kakao = till("kakaopay", settings);
    Till paypal = till("paypal_v2", settings);
    Toss tossDesk = new Toss(toss, notices, windows);
    Inicis inicisDesk = new Inicis(inicis, notices, windows);
    Settle settleDesk = new Settle(settle, notices, windows);
    Kakaopay kakaoDesk = new Kakaopay(kakao, windows);
    Paypal paypalDesk = new Paypal(paypal, notices, windows);
    toss.start(tossDesk::landed);
    settle.start((charge, replay) -> settleDesk.landed(charge));
    inicis.start((charge, replay) -> inicisDesk.landed(charge));
    kakao.start(kakaoDesk::landed);
    paypal.start(paypalDesk::landed);
    web.mount("/paypal_v2", paypalDesk::handle);
    web.mount("/kakaopay", kakaoDesk::handle);
    web.mount("/tosspayments", tossDesk::handle);
    web.mount("/html5_inicis", inicisDesk::handle);
    web.mount("/settle", settleDesk::handle);
    Map<String, Control.Desk> desks = new TreeMap<>();
    desks.put("tosspayments", new Control.Desk(toss, tossDesk::deposited));
    desks.put("kakaopay", new Control.Desk(kakao, charge -> false));
    desks.put("paypal_v2", new Control.Desk(paypal, charge -> false));
    desks.put("html5_inicis", new Control.Desk(inicis, inicisDesk::deposited));
    desks.put("settle", new Control.Desk(settle, settleDesk::deposited));
    return desks;
  }

  /** Where testers play the people that emulated PGs have to do with. */
  private static Web.Handler people(StoreTill store, BuyerDesk buyer) {
    return call -> call.path().equals("/buyer") ? buyer.handle(call) : store.handle(call);
  }

  /** The emulated PGs that take payments without a window. */
  private Map<String, EmulatedDesk> direct(Notices notices, Settings settings) {
    Map<String, EmulatedDesk> desks = new TreeMap<>();
    for (String pg : Emulation.having("cvs")) {
      desks.put(pg, new EmulatedCvs(till(pg, settings), notices));
    }
    for (String pg : Emulation.having("welfare")) {
      desks.put(pg, new EmulatedWelfare(till(pg, settings)));
    }
    for (String pg : Emulation.having("quick")) {
      desks.put(pg, new EmulatedQuick(till(pg, settings)));
    }
    desks.values().forEach(desk -> desk.till().start((charge, replay) -> {}));
    return desks;
  }

  /** Those that take no payments: they tell something, some of them about another PG's book. */
  private void companions(
      Map<String, EmulatedDesk> desks, Map<String, Control.Desk> others, Settings settings) {
    for (String pg : Emulation.having("account")) {
      desks.put(pg, new EmulatedHolders(till(pg, settings)));
    }
    for (String pg : Emulation.having("partner")) {
      desks.put(pg, new EmulatedPartners(till(pg, settings), beside(others, pg)));
    }
    for (String pg : Emulation.having("orders")) {
      desks.put(pg, new EmulatedOrderLists(till(pg, settings), beside(others, pg)));
    }
  }

  /** The book of the PG that a companion is called after. */
  private static Ledger beside(Map<String, Control.Desk> others, String companion) {
    Control.Desk desk = others.get(companion.substring(0, companion.indexOf('-')));
    if (desk == null) {
      throw new IllegalStateException("no PG beside " + companion);
    }
    return desk.till().ledger;
  }

  /** The hub has moved on, by milliseconds ahead of the machine's time: so do the PGs. */
  private Answer move(Call call) {
    JsonNode ahead = call.json().path("ahead_millis");
    if (!call.method().equals("PUT") || !ahead.isIntegralNumber() || ahead.asLong() < 0) {
      return Answer.Reply.json(400, Map.of("error", "PUT {\"ahead_millis\": n}"));
    }
    clock.ahead(Duration.ofMillis(ahead.asLong()));
    tills.forEach(Till::moved);
    return Answer.Reply.json(200, Map.of("now", clock.instant()));
  }

  private static EmulatedPayments payments(Till till, Windows windows) {
    till.start((charge, replay) -> {});
    return new EmulatedPayments(
        till,
        windows,
        Emulation.having("points").contains(till.ledger.pg),
        Emulation.having("product").contains(till.ledger.pg));
  }

  private Till till(String pg, Settings settings) {
    Ledger ledger = new Ledger(pg, index);
    Till till = new Till(ledger, settings.on(clock));
    tills.add(till);
    parts.add(till);
    parts.add(ledger);
    return till;
  }

  /** Starts them and returns when they listen. */
  public static Simulators start(Settings settings) {
    Simulators simulators = new Simulators(settings);
    simulators.web.start();
    return simulators;
  }

  public int port() {
    return web.port();
  }

  public URI url() {
    String host = bind.equals("0.0.0.0") ? "localhost" : bind;
    return URI.create("http://" + host + ":" + port());
  }

  @Override
  public void close() {
    web.close();
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        throw new IllegalStateException("cannot close " + part, e);
      }
    }
  }

  /** Runs them until the process is killed. */
  public static void main(String[] args) throws InterruptedException {
    Simulators simulators = start(Settings.of(System.getenv()));
    Runtime.getRuntime().addShutdownHook(new Thread(simulators::close));
    System.out.println("Simulators: " + simulators.url() + "  (test only: no money moves)");
    new CountDownLatch(1).await();
  }
}
