package dev.naru.certification;

import static dev.naru.payment.Refusal.NO_ANSWER;

import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Identifies.IdentityWindow;
import dev.naru.connector.Outcome;
import dev.naru.connector.identity.Identity;
import dev.naru.connector.identity.IdentityOrder;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Asks the PG who came through a window, once for all who wait for it. */
@Component
class WindowConfirms {

  private static final Logger LOG = LoggerFactory.getLogger(WindowConfirms.class);
  private static final Duration STEP = Duration.ofMillis(100);

  /**
   * Of these the person is innocent, and may press once more; as of a no that is in no table, since
   * PGs publish few of their codes: who came through the window may well be verified.
   */
  private static final Set<Reason> TECHNICAL =
      Set.of(Reason.UNREACHABLE, Reason.BAD_CREDENTIALS, Reason.PG_ERROR, Reason.UNLISTED);

  private final CertificationStore store;
  private final HubClock clock;
  private final Settings settings;

  WindowConfirms(CertificationStore store, HubClock clock, Settings settings) {
    this.store = store;
    this.clock = clock;
    this.settings = settings;
  }

  /** As it is now. Throws {@link Failed} not found once it was deleted. */
  Certification get(long merchantId, ImpUid impUid) {
    return store
        .find(merchantId, impUid)
        .orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN_REQUEST));
  }

  /** It is over without an identity; of no effect while the PG is asked. */
  Certification end(Certification known, Decline decline) {
    Instant now = clock.instant();
    store.updateIdle(known.failed(decline, now), now);
    return get(known.merchantId(), known.impUid());
  }

  /** Has the PG asked, by whoever is first. */
  Certification confirm(Certification returned, Map<String, String> intent, IdentityWindow pg) {
    Instant now = clock.instant();
    if (isOver(returned, now)) {
      return end(returned, Decline.of(Reason.EXPIRED, Refusal.WINDOW_OVER));
    }
    if (!store.take(returned, now, now.plus(lease()))) {
      return awaited(returned);
    }
    IdentityOrder order = IdentityWindows.order(returned);
    Outcome<Identity> first = pg.confirm(order, intent);
    return settled(
        returned,
        first instanceof Outcome.Unknown<Identity> ? again(pg, order, intent, first) : first);
  }

  /** That the PG could not be asked again says nothing about the first time. */
  private static Outcome<Identity> again(
      IdentityWindow pg, IdentityOrder order, Map<String, String> intent, Outcome<Identity> first) {
    Outcome<Identity> second = pg.confirm(order, intent);
    return second instanceof Outcome.Declined<Identity>(Decline decline)
            && TECHNICAL.contains(decline.reason())
        ? first
        : second;
  }

  private Certification settled(Certification asked, Outcome<Identity> outcome) {
    Instant now = clock.instant();
    Certification after =
        switch (outcome) {
          case Outcome.Ok<Identity>(Identity identity) ->
              isOldEnough(asked, identity, now)
                  ? asked.certified(identity, now)
                  : asked.failed(tooYoung(asked), now);
          case Outcome.Declined<Identity>(Decline decline) ->
              TECHNICAL.contains(decline.reason()) ? asked : asked.failed(decline, now);
          case Outcome.Unknown<Identity>(String why) -> asked.unanswered(true);
          case Outcome.Pending<Identity>(var ref, var until) -> asked.unanswered(true);
        };
    store.update(after);
    if (after.showing().isPresent()) {
      LOG.warn("the window of {} has no result: {}", asked.impUid(), reason(outcome));
      throw unanswered();
    }
    return get(asked.merchantId(), asked.impUid());
  }

  private static String reason(Outcome<Identity> outcome) {
    return switch (outcome) {
      case Outcome.Unknown<Identity>(String why) -> why;
      case Outcome.Declined<Identity>(Decline decline) -> decline.reason().name();
      case Outcome.Ok<Identity> ok -> "ok";
      case Outcome.Pending<Identity> pending -> "pending";
    };
  }

  /** Whatever the PG made of the least age: no shop must take somebody younger for verified. */
  private static boolean isOldEnough(Certification asked, Identity identity, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, HubClock.SEOUL);
    return Period.between(identity.birth(), today).getYears()
        >= IdentityWindows.order(asked).minAge();
  }

  private static Decline tooYoung(Certification asked) {
    return Decline.of(
        Reason.WRONG_IDENTITY, Refusal.TOO_YOUNG, IdentityWindows.order(asked).minAge());
  }

  /** Somebody else, on this node or another, is asking the PG: it is known in a moment. */
  private Certification awaited(Certification known) {
    long deadline = System.nanoTime() + settings.pgTimes().answer().toNanos();
    Certification current = get(known.merchantId(), known.impUid());
    while (current.showing().isPresent() && System.nanoTime() < deadline) {
      try {
        Thread.sleep(STEP);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        throw unanswered();
      }
      current = get(known.merchantId(), known.impUid());
    }
    if (current.showing().isPresent()) {
      throw unanswered();
    }
    return current;
  }

  private static boolean isOver(Certification of, Instant now) {
    return of.showing().map(was -> now.isAfter(was.expiresAt()) && !was.unanswered()).orElse(false);
  }

  /** Longer than the two calls of a confirm can take: a hub that died then frees it. */
  private Duration lease() {
    Settings.PgTimes times = settings.pgTimes();
    return times.connect().plus(times.read()).multipliedBy(2).plusSeconds(5);
  }

  private static Failed unanswered() {
    return Failed.pgError(NO_ANSWER);
  }
}
