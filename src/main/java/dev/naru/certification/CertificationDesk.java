package dev.naru.certification;

import dev.naru.certification.CertificationListStore.Place;
import dev.naru.kernel.Failed;
import dev.naru.kernel.ImpUid;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Changes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Identity checks as a person at the console looks at them. Whoever sees more of somebody than
 * tells one from another is written down.
 */
@Component
public class CertificationDesk {

  /** How many a page passes at most. */
  private static final int MOST = 2_000;

  private final CertificationListStore store;
  private final Certifications certifications;
  private final Changes changes;

  CertificationDesk(CertificationListStore store, Certifications certifications, Changes changes) {
    this.store = store;
    this.certifications = certifications;
    this.changes = changes;
  }

  /** How far a list's are; {@link #OPEN} still wait for a code or a window. */
  public enum Stand {
    OPEN("requested"),
    CERTIFIED("certified"),
    FAILED("failed"),
    EXPIRED("expired");

    private final String stored;

    Stand(String stored) {
      this.stored = stored;
    }

    public static Stand of(Certification certification) {
      return switch (certification.state()) {
        case Certification.State.Requested _, Certification.State.Showing _ -> OPEN;
        case Certification.State.Certified _ -> CERTIFIED;
        case Certification.State.Failed _ -> FAILED;
        case Certification.State.Expired _ -> EXPIRED;
      };
    }
  }

  /**
   * A page, the newest first.
   *
   * @param next the imp_uid after which it goes on; null if there is no more
   * @param searchGoesOn there may be more although the page is not full
   */
  public record Page(List<Certification> rows, @Nullable String next, boolean searchGoesOn) {}

  /**
   * @param stand null for any
   * @param text an imp_uid or a merchant_uid, whole; empty for any
   * @param after where the page before it ended; null for the first
   */
  public Page page(
      Collection<Long> merchants,
      @Nullable Stand stand,
      String text,
      @Nullable String after,
      int size) {
    Place from = place(merchants, after).orElse(Place.FIRST);
    boolean sieved = stand != null || !text.isEmpty();
    int most = sieved ? MOST : size + 1;
    List<Certification> rows = new ArrayList<>();
    for (Place place : store.walk(merchants, stand == null ? "" : stand.stored, text, from, most)) {
      if (place.fits() && rows.size() == size) {
        return new Page(rows, from.impUid(), false);
      }
      if (place.fits()) {
        find(merchants, place.impUid()).ifPresent(rows::add);
      }
      from = place;
      most--;
    }
    return new Page(rows, sieved && most == 0 ? from.impUid() : null, sieved && most == 0);
  }

  /** Throws {@link Failed} not found. */
  public Certification get(Collection<Long> merchants, String impUid) {
    return find(merchants, impUid).orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN));
  }

  /** All that is known of the person: who sees it is written down. Throws {@link Failed}. */
  public Certification reveal(Actor actor, Collection<Long> merchants, String impUid) {
    Certification certification = get(merchants, impUid);
    return changes.make(
        actor,
        certification.merchantId(),
        Act.CERTIFICATION_SHOWN,
        certification.impUid().value(),
        change -> {
          change.after(Map.of());
          return certification;
        });
  }

  /** For good. Throws {@link Failed} not found. */
  public void delete(Actor actor, Collection<Long> merchants, String impUid) {
    Certification certification = get(merchants, impUid);
    changes.make(
        actor,
        certification.merchantId(),
        Act.CERTIFICATION_DELETED,
        certification.impUid().value(),
        change -> {
          certifications.delete(certification.merchantId(), impUid);
          return change.before(Map.of("state", Stand.of(certification)));
        });
  }

  private Optional<Certification> find(Collection<Long> merchants, String impUid) {
    return ImpUid.parse(impUid).flatMap(uid -> store.find(merchants, uid));
  }

  private Optional<Place> place(Collection<Long> merchants, @Nullable String impUid) {
    return impUid == null
        ? Optional.empty()
        : find(merchants, impUid)
            .map(
                one -> new Place(one.merchantId(), one.requestedAt(), one.impUid().value(), false));
  }
}
