package dev.naru.merchant.audit;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which changes are looked for, of which those that are null or empty do not matter.
 *
 * @param merchants whose settings
 * @param from not before
 * @param until before
 * @param below the last id of the page before, null for the first page
 * @param most how many on a page
 */
public record AuditQuery(
    List<Long> merchants,
    Set<Act> acts,
    @Nullable String actorId,
    @Nullable String about,
    @Nullable Instant from,
    @Nullable Instant until,
    @Nullable Long below,
    int most) {

  /** More are not read at once. */
  public static final int MOST = 200;

  public AuditQuery {
    merchants = List.copyOf(merchants);
    acts = Set.copyOf(acts);
    most = Math.clamp(most, 1, MOST);
  }

  /** The newest of some merchants. */
  public static AuditQuery of(Collection<Long> merchants) {
    return new AuditQuery(List.copyOf(merchants), Set.of(), null, null, null, null, null, 50);
  }

  public AuditQuery acts(Set<Act> wanted) {
    return new AuditQuery(merchants, wanted, actorId, about, from, until, below, most);
  }

  public AuditQuery by(@Nullable String actor) {
    return new AuditQuery(merchants, acts, actor, about, from, until, below, most);
  }

  public AuditQuery about(@Nullable String what) {
    return new AuditQuery(merchants, acts, actorId, what, from, until, below, most);
  }

  public AuditQuery between(@Nullable Instant first, @Nullable Instant end) {
    return new AuditQuery(merchants, acts, actorId, about, first, end, below, most);
  }

  /** The page after the one that ended with this id. */
  public AuditQuery below(@Nullable Long id) {
    return new AuditQuery(merchants, acts, actorId, about, from, until, id, most);
  }

  public AuditQuery most(int rows) {
    return new AuditQuery(merchants, acts, actorId, about, from, until, below, rows);
  }
}
