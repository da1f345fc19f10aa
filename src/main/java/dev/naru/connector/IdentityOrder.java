package dev.naru.connector;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A verification in a window to be asked for (V1's {@code IMP.certification}).
 *
 * @param id 20 characters of 0-9 A-Z, unique to this request: the PG's order id
 * @param minAge how old the person must be in years, 0 for any age
 * @param company whom the window names
 * @param options the parameters of V1 that only some PGs read, by their V1 names
 */
public record IdentityOrder(
    String id,
    Expected person,
    int minAge,
    String company,
    Instant at,
    Map<String, String> options) {

  /**
   * Whom the shop expects, as far as it knows: the window is filled in with it. Says nothing of
   * itself when printed.
   *
   * @param phone digits only
   * @param carrier V1's word: SKT, KTF, LGT, MVNO
   */
  public record Expected(@Nullable String name, @Nullable String phone, @Nullable String carrier) {

    @Override
    public String toString() {
      return "expected";
    }
  }

  public IdentityOrder {
    options = Map.copyOf(options);
  }

  /** An option's value, null if the shop did not send it. */
  public @Nullable String option(String name) {
    return options.get(name);
  }

  /** The options may name the person, too. */
  @Override
  public String toString() {
    return "identity order " + id;
  }
}
