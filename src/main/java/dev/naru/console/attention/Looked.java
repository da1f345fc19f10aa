package dev.naru.console.attention;

import dev.naru.attention.Place;
import dev.naru.attention.What;
import dev.naru.console.part.Address;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the list of matters is looked through for, as it stands in its address.
 *
 * @param state {@code settled}, else what is open
 * @param kind the name of a kind, or {@value #OF_MONEY}
 * @param q the beginning of what it is about
 * @param after where the page before ended
 */
record Looked(
    @Nullable String state, @Nullable String kind, @Nullable String q, @Nullable String after) {

  static final String LIST = "/console/attention";

  /** In place of a kind: all behind which there is money. */
  private static final String OF_MONEY = "money";

  private static final String SETTLED = "settled";

  public boolean open() {
    return !SETTLED.equals(state);
  }

  Set<What> kinds() {
    return OF_MONEY.equals(kind)
        ? MatterRows.MONEY
        : Arrays.stream(What.values())
            .filter(what -> what.name().equals(kind))
            .collect(Collectors.toSet());
  }

  public @Nullable String about() {
    return q == null || q.isBlank() ? null : q.strip();
  }

  public boolean filtered() {
    return about() != null || !kinds().isEmpty();
  }

  Place place() {
    return after == null ? Place.START : Place.of(after).orElse(Place.START);
  }

  /** The same from a place on. */
  String link(@Nullable String from) {
    return list(open()).with("after", from).toString();
  }

  /** The same of what is open, or of what was settled. */
  public String tab(boolean ofOpen) {
    return list(ofOpen).toString();
  }

  /** All that is open, or all that was settled. */
  public String all() {
    return Address.of(LIST).with("state", open() ? null : SETTLED).toString();
  }

  private Address list(boolean ofOpen) {
    return Address.of(LIST)
        .with("state", ofOpen ? null : SETTLED)
        .with("kind", kind)
        .with("q", about());
  }
}
