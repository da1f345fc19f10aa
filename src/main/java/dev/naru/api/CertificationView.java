package dev.naru.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.naru.certification.Certification;
import dev.naru.certification.Certification.State;
import dev.naru.connector.PgRef;
import dev.naru.connector.identity.Identity;
import dev.naru.kernel.HubClock;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * V1's CertificationAnnotation. Before it is certified nothing of the person is shown: what was
 * merely asked about proves nothing.
 *
 * @param birth the midnight that day began with in Seoul, which V1's older clients read
 * @param foreigner false, as V1 has it, unless the merchant may learn it
 * @param phone absent, as is the carrier, unless the merchant may learn it
 */
@JsonNaming(SnakeCaseStrategy.class)
record CertificationView(
    String impUid,
    @Nullable String merchantUid,
    @Nullable String pgTid,
    String pgProvider,
    @Nullable String name,
    @Nullable String gender,
    @Nullable Long birth,
    @Nullable String birthday,
    boolean foreigner,
    @Nullable Boolean foreignerV2,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String phone,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String carrier,
    boolean certified,
    long certifiedAt,
    @Nullable String uniqueKey,
    @Nullable String uniqueInSite,
    @Nullable String origin) {

  static CertificationView of(Certification of) {
    return of.state() instanceof State.Certified(Identity identity, Instant at, String origin)
        ? certified(of, identity, at, origin)
        : new CertificationView(
            of.impUid().value(),
            of.merchantUid(),
            of.ref().map(PgRef::tid).orElse(null),
            of.via().pgProvider(),
            null,
            null,
            null,
            null,
            false,
            null,
            null,
            null,
            false,
            0,
            null,
            null,
            null);
  }

  private static CertificationView certified(
      Certification of, Identity who, Instant at, @Nullable String origin) {
    Identity.Line line = who.line();
    return new CertificationView(
        of.impUid().value(),
        of.merchantUid(),
        who.ref().tid(),
        of.via().pgProvider(),
        who.name(),
        who.gender() == null ? null : who.gender().name().toLowerCase(Locale.ROOT),
        who.birth().atStartOfDay(HubClock.SEOUL).toEpochSecond(),
        who.birth().toString(),
        Boolean.TRUE.equals(who.foreigner()),
        who.foreigner(),
        line == null ? null : line.phone(),
        carrier(line),
        true,
        at.getEpochSecond(),
        who.ci().reveal(),
        who.di() == null ? null : who.di().reveal(),
        origin);
  }

  private static @Nullable String carrier(Identity.@Nullable Line line) {
    return line == null || line.carrier() == null
        ? null
        : line.carrier() + (line.mvno() ? "_MVNO" : "");
  }
}
