package dev.naru.certification;

import dev.naru.certification.Certification.State;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Identifies.IdentityWindow;
import dev.naru.connector.Identity;
import dev.naru.connector.IdentityOrder;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgReturn;
import dev.naru.connector.Returned;
import dev.naru.connector.Visit;
import dev.naru.connector.Window;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Identity verification in a PG's window: opened, come back from, closed. What the browser brings
 * proves nothing; who it was is asked from here.
 */
@Component
public class IdentityWindows {

  private static final Logger LOG = LoggerFactory.getLogger(IdentityWindows.class);
  private static final Duration STEP = Duration.ofMillis(100);

  /**
   * Of these the person is innocent, and may press once more; as of a no that is in no table, since
   * PGs publish few of their codes: who came through the window may well be verified.
   */
  private static final Set<Reason> TECHNICAL =
      Set.of(Reason.UNREACHABLE, Reason.BAD_CREDENTIALS, Reason.PG_ERROR, Reason.UNLISTED);

  private final CertificationStore store;
  private final Channels channels;
  private final HubClock clock;
  private final Ids ids;
  private final Settings settings;

  IdentityWindows(
      CertificationStore store, Channels channels, HubClock clock, Ids ids, Settings settings) {
    this.store = store;
    this.channels = channels;
    this.clock = clock;
    this.ids = ids;
    this.settings = settings;
  }

  /**
   * What a shop's page asks for.
   *
   * @param minAge in years, 0 for any age
   * @param company whom the window names; the merchant if null
   * @param origin the address of the page
   * @param options the parameters of V1 that only some PGs read, by their V1 names
   */
  public record Request(
      IdentityOrder.Expected person,
      int minAge,
      @Nullable String company,
      String merchantUid,
      @Nullable String origin,
      Map<String, String> options) {}

  /** A verification, and the window to show. */
  public record Opened(Certification certification, Window window) {}

  /**
   * Opens a window.
   *
   * @param visit where the PG sends the browser back to
   * @throws Failed unsupported; refused by PG if it would not open, or if its answer is not known
   */
  public Opened open(Merchant merchant, Channel channel, Request request, Supplier<Visit> visit) {
    IdentityWindow pg = channel.require(IdentityWindow.class);
    Certification fresh = fresh(merchant, channel, request);
    store.insert(fresh);
    return switch (pg.open(order(fresh), visit.get())) {
      case Outcome.Ok<IdentityWindow.Opened>(var opened) -> {
        Certification showing = fresh.opened(opened.memo());
        store.update(showing);
        yield new Opened(showing, opened.window());
      }
      case Outcome.Declined<IdentityWindow.Opened>(Decline decline) ->
          throw refused(fresh, decline);
      case Outcome.Unknown<IdentityWindow.Opened>(String why) -> throw unopened(fresh, why);
      case Outcome.Pending<IdentityWindow.Opened>(var ref, var until) ->
          throw unopened(fresh, "pending");
    };
  }

  /** Nobody has been sent there: it may be asked for again. */
  private Failed unopened(Certification fresh, String why) {
    LOG.warn("the window of {} did not open: {}", fresh.impUid(), why);
    return refused(fresh, Decline.of(Reason.PG_ERROR, "본인인증 창을 열 수 없습니다. 잠시 후 다시 시도해 주세요."));
  }

  private Failed refused(Certification fresh, Decline decline) {
    store.update(fresh.failed(decline, clock.instant()));
    return new Failed(new Failure.RefusedByPg(decline.message()));
  }

  /** The verification of a window. Throws {@link Failed} not found once it was deleted. */
  public Certification get(long merchantId, ImpUid impUid) {
    return store.find(merchantId, impUid).orElseThrow(() -> Failed.notFound("본인인증 요청을 찾을 수 없습니다."));
  }

  /**
   * The browser is back. Coming back again changes nothing and gives the same, unless the PG has
   * yet to answer: then it is asked again.
   *
   * @throws Failed invalid if the return is not this window's; PG error while the PG does not
   *     answer
   */
  public Certification comeBack(Certification known, PgReturn back) {
    State.Showing showing = known.showing().orElse(null);
    if (showing == null) {
      return known;
    }
    IdentityWindow pg =
        channels
            .byKey(known.merchantId(), known.via().channelKey())
            .orElseThrow(() -> Failed.invalid("본인인증을 요청한 채널을 사용할 수 없습니다."))
            .require(IdentityWindow.class);
    if (showing.intent() != null) {
      return confirm(known, showing.intent(), pg);
    }
    return switch (pg.authenticate(showing.order(), showing.memo(), back)) {
      case Returned.Forged(String why) -> {
        LOG.warn("a forged return for {}: {}", known.impUid(), why);
        throw Failed.invalid("본인인증 결과를 신뢰할 수 없습니다.");
      }
      case Returned.Abandoned(Decline decline) -> end(known, decline);
      case Returned.Left _ -> throw Failed.invalid("본인인증 결과를 신뢰할 수 없습니다.");
      case Returned.Authenticated(var none, Map<String, String> intent) ->
          confirm(known.returned(intent), intent, pg);
    };
  }

  /** The person gives up; of no effect while the PG is asked, and once it is decided. */
  public Certification close(Certification known) {
    return known.showing().isEmpty()
        ? known
        : end(known, Decline.of(Reason.ABANDONED, "사용자가 본인인증을 취소하셨습니다."));
  }

  private Certification end(Certification known, Decline decline) {
    Instant now = clock.instant();
    store.updateIdle(known.failed(decline, now), now);
    return get(known.merchantId(), known.impUid());
  }

  private Certification confirm(
      Certification returned, Map<String, String> intent, IdentityWindow pg) {
    Instant now = clock.instant();
    if (isOver(returned, now)) {
      return end(returned, Decline.of(Reason.EXPIRED, "본인인증 시간이 초과되었습니다. 다시 시도해 주세요."));
    }
    if (!store.take(returned, now, now.plus(lease()))) {
      return awaited(returned);
    }
    IdentityOrder order = order(returned);
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
    return Period.between(identity.birth(), today).getYears() >= order(asked).minAge();
  }

  private static Decline tooYoung(Certification asked) {
    return Decline.of(Reason.WRONG_IDENTITY, "만 " + order(asked).minAge() + "세 이상만 이용할 수 있습니다.");
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

  private Certification fresh(Merchant merchant, Channel channel, Request request) {
    Instant now = clock.instant();
    IdentityOrder order =
        new IdentityOrder(
            ids.orderId(merchant.slot()),
            request.person(),
            request.minAge(),
            request.company() == null ? merchant.name() : request.company(),
            now,
            request.options());
    return new Certification(
        merchant.id(),
        ids.impUid(false, merchant.slot()),
        request.merchantUid(),
        new Certification.Via(channel.key(), channel.pg().provider()),
        order.id(),
        now,
        new State.Showing(
            order, request.origin(), Map.of(), null, now.plus(Certification.WINDOW), false));
  }

  private static IdentityOrder order(Certification open) {
    return open.showing().orElseThrow().order();
  }

  private static Failed unanswered() {
    return new Failed(new Failure.PgError("PG사의 응답을 확인할 수 없습니다. 다시 시도해 주세요."));
  }
}
