package dev.naru.certification;

import dev.naru.certification.Certification.State;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Identifies.IdentityOtp;
import dev.naru.connector.Outcome;
import dev.naru.connector.identity.Identity;
import dev.naru.connector.identity.OtpOrder;
import dev.naru.connector.identity.OtpOrder.Means;
import dev.naru.connector.identity.OtpSent;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Malformed;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Confirms the code of an identity verification; one at a time, so that none is guessed. */
@Component
public class CodeConfirms {

  private static final Logger LOG = LoggerFactory.getLogger(CodeConfirms.class);

  /** Of these the person is innocent: no code was judged. */
  private static final Set<Reason> TECHNICAL =
      Set.of(
          Reason.UNREACHABLE,
          Reason.BAD_CREDENTIALS,
          Reason.BAD_REQUEST,
          Reason.ISSUER_UNAVAILABLE,
          Reason.PG_ERROR,
          Reason.NOT_YET);

  private final Certifications certifications;
  private final CertificationStore store;
  private final Channels channels;
  private final HubClock clock;
  private final Settings settings;

  CodeConfirms(
      Certifications certifications,
      CertificationStore store,
      Channels channels,
      HubClock clock,
      Settings settings) {
    this.certifications = certifications;
    this.store = store;
    this.channels = channels;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Confirms the code; one at a time, so that codes cannot be guessed side by side.
   *
   * @param code what the person typed; not needed where they approve in an app
   * @throws Failed not found; invalid if it is decided already, expired, being confirmed, or lacks
   *     its code; PG error for a wrong code, and if the PG's answer is not known: then the same
   *     code may be confirmed again
   */
  public Certification confirm(long merchantId, String impUid, @Nullable Secret code) {
    Certification known = certifications.get(merchantId, impUid);
    refuseDecided(known);
    State.Requested before = known.open().orElseThrow();
    if (before.order().means() == Means.SMS && code == null) {
      throw Failed.invalid(Malformed.MISSING, "otp");
    }
    Channel channel =
        channels
            .byKey(merchantId, known.via().channelKey())
            .orElseThrow(() -> Failed.invalid(Refusal.NO_CHANNEL));
    OtpSent sent = before.sent();
    if (sent == null) {
      throw expired();
    }
    Instant now = clock.instant();
    Certification open =
        store
            .reserve(merchantId, known.impUid(), now, now.plus(lease()))
            .orElseThrow(() -> taken(merchantId, impUid));
    if (open.isOver(now)) {
      store.update(open.expired(now));
      throw expired();
    }
    IdentityOtp otp = channel.require(IdentityOtp.class);
    return settled(open, answered(otp, before.order(), sent, code));
  }

  /** Repeats a call without an answer once, if the PG takes that and the caller still waits. */
  private Outcome<Identity> answered(
      IdentityOtp otp, OtpOrder order, OtpSent sent, @Nullable Secret code) {
    Instant patience = clock.instant().plus(settings.pgTimes().answer());
    Outcome<Identity> first = otp.confirm(order, sent, code);
    if (!(first instanceof Outcome.Unknown<Identity>)
        || otp.confirmEnds() != Ends.IDEMPOTENT_RETRY
        || !clock.instant().isBefore(patience)) {
      return first;
    }
    Outcome<Identity> second = otp.confirm(order, sent, code);
    // That the PG could not be asked again says nothing about the first time.
    return second instanceof Outcome.Declined<Identity>(Decline decline)
            && TECHNICAL.contains(decline.reason())
        ? first
        : second;
  }

  private Certification settled(Certification open, Outcome<Identity> outcome) {
    Instant now = clock.instant();
    return switch (outcome) {
      case Outcome.Ok<Identity>(Identity identity) -> {
        Certification certified = open.certified(identity, now);
        if (!store.update(certified)) {
          throw taken(open.merchantId(), open.impUid().value());
        }
        yield certified;
      }
      case Outcome.Declined<Identity>(Decline decline) -> {
        store.update(declined(open, decline, now));
        throw new Failed(new Failure.PgError(decline.why()));
      }
      case Outcome.Pending<Identity>(var ref, Instant until) -> {
        store.update(open.unanswered(true));
        throw noResult();
      }
      case Outcome.Unknown<Identity>(String why) -> {
        LOG.warn("the confirm of {} has no result: {}", open.impUid(), why);
        store.update(open.unanswered(true));
        throw noResult();
      }
    };
  }

  private static Certification declined(Certification open, Decline decline, Instant now) {
    Reason reason = decline.reason();
    if (reason == Reason.EXPIRED) {
      return open.expired(now);
    }
    if (reason == Reason.TOO_MANY_TRIES || reason == Reason.ABANDONED) {
      return open.failed(decline, now);
    }
    return TECHNICAL.contains(reason) ? open : open.wrong(now);
  }

  /** Not to be had for a confirm: says why. */
  private Failed taken(long merchantId, String impUid) {
    refuseDecided(certifications.get(merchantId, impUid));
    return Failed.invalid(Refusal.CONFIRM_RUNS);
  }

  private static void refuseDecided(Certification known) {
    switch (known.state()) {
      case State.Requested requested -> {}
      case State.Showing showing -> throw Failed.invalid(Refusal.NOT_BY_CODE);
      case State.Certified certified -> throw Failed.invalid(Refusal.CERTIFIED_ALREADY);
      case State.Failed failed -> throw Failed.invalid(Refusal.FAILED_ALREADY);
      case State.Expired past -> throw expired();
    }
  }

  /** Longer than the two calls of a confirm can take: a hub that died then frees it. */
  private Duration lease() {
    Settings.PgTimes times = settings.pgTimes();
    return times.connect().plus(times.read()).multipliedBy(2).plusSeconds(5);
  }

  private static Failed expired() {
    return Failed.invalid(Refusal.CODE_OVER);
  }

  private static Failed noResult() {
    return Failed.pgError(Refusal.CODE_UNANSWERED);
  }
}
