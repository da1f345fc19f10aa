package dev.naru.sandbox;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.audit.Changes;
import dev.naru.merchant.reach.Forgotten;
import dev.naru.sandbox.reset.RequestGate;
import dev.naru.sandbox.reset.ResetStore;
import dev.naru.shops.FileShops;
import dev.naru.shops.Published;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Conditional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Puts the sandbox back to how it began: its shops as the file has them and the demo shop, no
 * payment, no message, the machine's time.
 */
@RestController
@Conditional(SandboxOnly.class)
class ResetApi {

  private final ClockStore store;
  private final ClockFollower follower;
  private final HubClock clock;
  private final RequestGate gate;
  private final ResetStore tables;
  private final SimulatorDesk simulators;
  private final FileShops shops;
  private final Changes changes;
  private final Hooks hooks;
  private final ApplicationEventPublisher events;

  ResetApi(
      ClockStore store,
      ClockFollower follower,
      HubClock clock,
      RequestGate gate,
      ResetStore tables,
      SimulatorDesk simulators,
      FileShops shops,
      Changes changes,
      Hooks hooks,
      ApplicationEventPublisher events) {
    this.store = store;
    this.follower = follower;
    this.clock = clock;
    this.gate = gate;
    this.tables = tables;
    this.simulators = simulators;
    this.shops = shops;
    this.changes = changes;
    this.hooks = hooks;
    this.events = events;
  }

  /**
   * @param shops user codes
   */
  record ResetView(Instant now, long millis, List<String> shops) {}

  /**
   * Answers when it is done.
   *
   * @throws Failed conflict while somebody moves the clock, or resets
   */
  @PostMapping("/sandbox/reset")
  ResetView reset() throws InterruptedException {
    long began = System.nanoTime();
    try (ClockStore.Session session = store.session()) {
      if (!session.mayMove()) {
        throw Failed.conflict(Refusal.CLOCK_MOVING);
      }
      quietly(session);
    }
    long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
    List<String> codes =
        Stream.concat(Stream.of(Published.USER_CODE), shops.userCodes().stream())
            .distinct()
            .toList();
    return new ResetView(clock.instant(), millis, codes);
  }

  /**
   * First nobody begins anything by himself, then nobody is let in: a shop that is told of a
   * payment may ask for it before it says that it has heard.
   */
  private void quietly(ClockStore.Session session) throws InterruptedException {
    // First the PGs: whoever waits for an answer of theirs gets none, and comes to an end.
    simulators.ask("POST", "/_sim/reset");
    follower.look();
    session.stopAll();
    try {
      gate.close();
      begin();
    } finally {
      gate.open();
      session.letAllGo();
    }
  }

  private void begin() throws InterruptedException {
    List<Long> all = tables.empty(stay());
    clock.begin(Duration.ZERO);
    // Once more: what was under way until a moment ago may have reached them.
    simulators.ask("POST", "/_sim/reset");
    all.forEach(changes::tell);
    shops.apply();
    hooks.clear();
    events.publishEvent(new Forgotten());
  }

  private List<String> stay() {
    return Stream.concat(Stream.of(Published.USER_CODE), shops.userCodes().stream()).toList();
  }
}
