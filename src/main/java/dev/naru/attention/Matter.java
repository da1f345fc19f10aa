package dev.naru.attention;

import dev.naru.kernel.ImpUid;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person has to look at.
 *
 * @param merchantId whose it is, {@link Attention#HUB} for what concerns the hub itself
 * @param about see {@link What}
 * @param why the last reason
 * @param since when it was first raised, after it had last been settled
 * @param seenAt when it was last raised
 * @param settledAt null while it is open
 * @param closedBy the person who closed it; null while it is open, and where it closed by itself
 * @param closedWhy what that person said
 */
public record Matter(
    long merchantId,
    long id,
    What what,
    String about,
    String why,
    Instant since,
    Instant seenAt,
    @Nullable Instant settledAt,
    @Nullable String closedBy,
    @Nullable String closedWhy) {

  public boolean isOpen() {
    return settledAt == null;
  }

  /** The payment it is about; empty if it is about something else. */
  public Optional<ImpUid> impUid() {
    int slash = about.indexOf('/');
    return ImpUid.parse(slash < 0 ? about : about.substring(0, slash));
  }
}
