package dev.naru.console.identity;

import dev.naru.certification.Certification;
import dev.naru.certification.Certification.State;
import dev.naru.certification.CertificationDesk.Stand;
import dev.naru.connector.identity.Identity;
import dev.naru.connector.identity.Person;
import dev.naru.console.part.Figures;
import dev.naru.console.part.Masks;
import dev.naru.kernel.Secret;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An identity check as a page shows it: whatever is null nobody knows any more, or yet.
 *
 * @param open whether the person is shown whole
 * @param why it failed
 */
record Shown(
    Certification certification,
    Stand stand,
    String requested,
    @Nullable String decided,
    @Nullable String why,
    @Nullable String name,
    @Nullable String phone,
    @Nullable String birth,
    @Nullable String gender,
    @Nullable String carrier,
    @Nullable Boolean foreigner,
    @Nullable String ci,
    @Nullable String di,
    boolean open) {

  private static final int OF_A_CI = 12;

  static Shown masked(Certification certification, boolean korean) {
    return of(certification, korean, false);
  }

  static Shown whole(Certification certification, boolean korean) {
    return of(certification, korean, true);
  }

  private static Shown of(Certification certification, boolean korean, boolean open) {
    Figures figures = new Figures(korean);
    Identity identity =
        certification.state() instanceof State.Certified(Identity known, var at, var origin)
            ? known
            : null;
    Person asked =
        certification.state() instanceof State.Requested requested
            ? requested.order().person()
            : null;
    Instant decided = decided(certification.state());
    Identity.Line line = identity == null ? null : identity.line();
    String name = identity != null ? identity.name() : asked == null ? null : asked.name();
    String phone = line != null ? line.phone() : asked == null ? null : asked.line().phone();
    LocalDate birth = identity != null ? identity.birth() : asked == null ? null : asked.birth();
    Person.Gender gender =
        identity != null ? identity.gender() : asked == null ? null : asked.gender();
    return new Shown(
        certification,
        Stand.of(certification),
        figures.time(certification.requestedAt()),
        decided == null ? null : figures.time(decided),
        certification.state() instanceof State.Failed failed ? failed.decline().message() : null,
        open ? name : Masks.name(name),
        open ? phone : Masks.phone(phone),
        birth == null ? null : open ? birth.toString() : birth.getYear() + "-••-••",
        gender == null ? null : gender.name(),
        line == null || line.carrier() == null ? null : String.valueOf(line.carrier()),
        identity == null ? null : identity.foreigner(),
        identity == null ? null : secret(identity.ci(), open),
        identity == null ? null : secret(identity.di(), open),
        open);
  }

  private static @Nullable String secret(@Nullable Secret secret, boolean open) {
    if (secret == null) {
      return null;
    }
    return open ? secret.reveal() : Masks.dots(OF_A_CI);
  }

  private static @Nullable Instant decided(State state) {
    return switch (state) {
      case State.Requested _, State.Showing _ -> null;
      case State.Certified(var identity, Instant at, var origin) -> at;
      case State.Failed(var decline, Instant at) -> at;
      case State.Expired(Instant at) -> at;
    };
  }
}
