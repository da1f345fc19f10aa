package dev.naru.certification;

import dev.naru.certification.Certification.State;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Identifies.IdentityApp;
import dev.naru.connector.Identifies.IdentityOtp;
import dev.naru.connector.Outcome;
import dev.naru.connector.identity.OtpOrder;
import dev.naru.connector.identity.OtpOrder.Means;
import dev.naru.connector.identity.OtpSent;
import dev.naru.connector.identity.Person;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.ImpUid;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Merchant;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Identity verification by a code: asked for, read, deleted; {@link CodeConfirms} has the rest. */
@Component
public class Certifications {

  private static final Logger LOG = LoggerFactory.getLogger(Certifications.class);

  private final CertificationStore store;
  private final HubClock clock;
  private final Ids ids;

  Certifications(CertificationStore store, HubClock clock, Ids ids) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Whom to verify, and how.
   *
   * @param company whom the message names; the merchant if null
   * @param ip the address of whoever asks
   * @param bypass what is handed on to the PG unchanged, by its names
   */
  public record Request(
      Person person,
      Means means,
      @Nullable String company,
      @Nullable String merchantUid,
      String ip,
      Map<String, String> bypass) {}

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
        throw new Failed(new Failure.PgError(decline.why()));
      }
      case Outcome.Pending<OtpSent>(var ref, Instant until) -> throw unanswered(fresh, "pending");
      case Outcome.Unknown<OtpSent>(String why) -> throw unanswered(fresh, why);
    };
  }

  /** A message may or may not arrive: it opens nothing, since nobody learns of this imp_uid. */
  private Failed unanswered(Certification fresh, String why) {
    LOG.warn("the request of {} has no result: {}", fresh.impUid(), why);

    store.update(fresh.failed(Decline.of(Reason.PG_ERROR, Refusal.NOT_REQUESTED), clock.instant()));
    return Failed.pgError(Refusal.NOT_REQUESTED);
  }

  /** Throws {@link Failed} not found, in V1's words. */
  public Certification get(long merchantId, String impUid) {
    return ImpUid.parse(impUid)
        .flatMap(uid -> store.find(merchantId, uid))
        .orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN));
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
        .orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN));
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
            request.ip(),
            request.bypass());
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
}
