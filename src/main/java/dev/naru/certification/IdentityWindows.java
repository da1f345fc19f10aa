package dev.naru.certification;

import dev.naru.certification.Certification.State;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Identifies.IdentityWindow;
import dev.naru.connector.Outcome;
import dev.naru.connector.identity.IdentityOrder;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Visit;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.ImpUid;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import java.time.Instant;
import java.util.Map;
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

  private final CertificationStore store;
  private final Channels channels;
  private final HubClock clock;
  private final Ids ids;
  private final WindowConfirms confirms;

  IdentityWindows(
      CertificationStore store,
      Channels channels,
      HubClock clock,
      Ids ids,
      WindowConfirms confirms) {
    this.store = store;
    this.channels = channels;
    this.clock = clock;
    this.ids = ids;
    this.confirms = confirms;
  }

  /**
   * What a shop's page asks for.
   *
   * @param minAge in years, 0 for any age
   * @param company whom the window names; the merchant if null
   * @param origin the address of the page
   * @param bypass what is handed on to one PG unchanged, see {@link IdentityOrder}
   */
  public record Request(
      IdentityOrder.Expected person,
      int minAge,
      @Nullable String company,
      String merchantUid,
      @Nullable String origin,
      Map<String, String> bypass) {}

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
    return refused(fresh, Decline.of(Reason.PG_ERROR, Refusal.WINDOW_SILENT));
  }

  private Failed refused(Certification fresh, Decline decline) {
    store.update(fresh.failed(decline, clock.instant()));
    return new Failed(new Failure.RefusedByPg(decline.why()));
  }

  /** The verification of a window. Throws {@link Failed} not found once it was deleted. */
  public Certification get(long merchantId, ImpUid impUid) {
    return confirms.get(merchantId, impUid);
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
            .orElseThrow(() -> Failed.invalid(Refusal.NO_CHANNEL))
            .require(IdentityWindow.class);
    if (showing.intent() != null) {
      return confirms.confirm(known, showing.intent(), pg);
    }
    return switch (pg.authenticate(showing.order(), showing.memo(), back)) {
      case Returned.Forged(String why) -> {
        LOG.warn("a forged return for {}: {}", known.impUid(), why);
        throw Failed.invalid(Refusal.FORGED);
      }
      case Returned.Abandoned(Decline decline) -> confirms.end(known, decline);
      case Returned.Left _, Returned.Approved _ -> throw Failed.invalid(Refusal.FORGED);
      case Returned.Authenticated(var none, Map<String, String> intent) ->
          confirms.confirm(known.returned(intent), intent, pg);
    };
  }

  /** The person gives up; of no effect while the PG is asked, and once it is decided. */
  public Certification close(Certification known) {
    return known.showing().isEmpty()
        ? known
        : confirms.end(known, Decline.of(Reason.ABANDONED, Refusal.GAVE_UP));
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
            request.bypass());
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

  static IdentityOrder order(Certification open) {
    return open.showing().orElseThrow().order();
  }
}
