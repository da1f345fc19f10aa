package dev.naru.certification;

import dev.naru.certification.Certification.State;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Identifies.IdentityApp;
import dev.naru.connector.Identifies.IdentityOtp;
import dev.naru.connector.Identity;
import dev.naru.connector.OtpOrder;
import dev.naru.connector.OtpOrder.Means;
import dev.naru.connector.OtpSent;
import dev.naru.connector.Outcome;
import dev.naru.connector.Person;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Identity verification by a code: asked for, confirmed, read, deleted. */
@Component
public class Certifications {

  private static final String UNKNOWN = "인증결과가 존재하지 않습니다.";
  private static final Logger LOG = LoggerFactory.getLogger(Certifications.class);

  /** Of these the person is innocent: no code was judged. */
  private static final Set<Reason> TECHNICAL =
      Set.of(
          Reason.UNREACHABLE,
          Reason.BAD_CREDENTIALS,
          Reason.BAD_REQUEST,
          Reason.ISSUER_UNAVAILABLE,
          Reason.PG_ERROR,
          Reason.NOT_YET);

  private final CertificationStore store;
  private final Channels channels;
  private final HubClock clock;
  private final Ids ids;
  private final Settings settings;

  Certifications(
      CertificationStore store, Channels channels, HubClock clock, Ids ids, Settings settings) {
    this.store = store;
    this.channels = channels;
    this.clock = clock;
    this.ids = ids;
    this.settings = settings;
  }

  /**
   * Whom to verify, and how.
   *
   * @param company whom the message names; the merchant if null
   * @param options the parameters of V1 that only some PGs read, by their V1 names
   */
  public record Request(
      Person person,
      Means means,
      @Nullable String company,
      @Nullable String merchantUid,
      Map<String, String> options) {}

  /**
   * Has the PG check the person and send the code.
   *
   * @throws Failed unsupported; PG error if it refused, or if its answer is not known: then nothing
   *     is certified and it may be asked again
   */
  public Certification request(Merchant merchant, Channel channel, Request request) {
    IdentityOtp otp = channel.require(IdentityOtp.class);
    if (request.means() == Means.APP) {
      channel.require(IdentityApp.class);
    }
    Certification fresh = fresh(merchant, channel, request);
    store.insert(fresh);
    return switch (otp.request(order(fresh))) {
      case Outcome.Ok<OtpSent>(OtpSent sent) -> {
        Certification asked = fresh.sent(sent, clock.instant());
        store.update(asked);
        yield asked;
      }
      case Outcome.Declined<OtpSent>(Decline decline) -> {
        store.update(fresh.failed(decline, clock.instant()));
        throw pgError(decline.message());
      }
      case Outcome.Pending<OtpSent>(var ref, Instant until) -> throw unanswered(fresh, "pending");
      case Outcome.Unknown<OtpSent>(String why) -> throw unanswered(fresh, why);
    };
  }

  /** A message may or may not arrive: it opens nothing, since nobody learns of this imp_uid. */
  private Failed unanswered(Certification fresh, String why) {
    LOG.warn("the request of {} has no result: {}", fresh.impUid(), why);
    String text = "PG사의 응답을 확인할 수 없어 본인인증을 요청하지 못했습니다. 다시 시도해 주세요.";
    store.update(fresh.failed(Decline.of(Reason.PG_ERROR, text), clock.instant()));
    return pgError(text);
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
    Certification known = get(merchantId, impUid);
    refuseDecided(known);
    State.Requested before = known.open().orElseThrow();
    if (before.order().means() == Means.SMS && code == null) {
      throw Failed.invalid("필수 파라미터가 누락되었습니다. (otp)");
    }
    Channel channel =
        channels
            .byKey(merchantId, known.via().channelKey())
            .orElseThrow(() -> Failed.invalid("본인인증을 요청한 채널을 사용할 수 없습니다."));
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
        throw pgError(decline.message());
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

  /** Throws {@link Failed} not found, in V1's words. */
  public Certification get(long merchantId, String impUid) {
    return ImpUid.parse(impUid)
        .flatMap(uid -> store.find(merchantId, uid))
        .orElseThrow(() -> Failed.notFound(UNKNOWN));
  }

  /**
   * Deletes it for good.
   *
   * @return what there was
   * @throws Failed not found
   */
  public Certification delete(long merchantId, String impUid) {
    return ImpUid.parse(impUid)
        .flatMap(uid -> store.delete(merchantId, uid))
        .orElseThrow(() -> Failed.notFound(UNKNOWN));
  }

  /** Not to be had for a confirm: says why. */
  private Failed taken(long merchantId, String impUid) {
    refuseDecided(get(merchantId, impUid));
    return Failed.invalid("인증번호를 확인하고 있습니다. 잠시 후 다시 시도해 주세요.");
  }

  private static void refuseDecided(Certification known) {
    switch (known.state()) {
      case State.Requested requested -> {}
      case State.Showing showing -> throw Failed.invalid("인증번호로 확인하는 본인인증이 아닙니다.");
      case State.Certified certified -> throw Failed.invalid("이미 인증이 완료된 건입니다.");
      case State.Failed failed -> throw Failed.invalid("실패한 본인인증입니다. 인증번호를 다시 요청해 주세요.");
      case State.Expired past -> throw expired();
    }
  }

  private Certification fresh(Merchant merchant, Channel channel, Request request) {
    Instant now = clock.instant();
    OtpOrder order =
        new OtpOrder(
            ids.orderId(merchant.slot()),
            request.person(),
            request.means(),
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
        new State.Requested(order, null, now.plus(Certification.VALID), 0, false));
  }

  private static OtpOrder order(Certification open) {
    return open.open().orElseThrow().order();
  }

  /** Longer than the two calls of a confirm can take: a hub that died then frees it. */
  private Duration lease() {
    Settings.PgTimes times = settings.pgTimes();
    return times.connect().plus(times.read()).multipliedBy(2).plusSeconds(5);
  }

  private static Failed expired() {
    return Failed.invalid("인증번호 입력 시간이 초과되었습니다. 인증번호를 다시 요청해 주세요.");
  }

  private static Failed noResult() {
    return pgError("PG사의 응답을 확인할 수 없습니다. 같은 인증번호로 다시 확인해 주세요.");
  }

  private static Failed pgError(String text) {
    return new Failed(new Failure.PgError(text));
  }
}
