package dev.naru.connector.identity;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A verification in a window to be asked for (V1's {@code IMP.certification}).
 *
 * @param id 20 characters of 0-9 A-Z, unique to this request: the PG's order id
 * @param minAge how old the person must be in years, 0 for any age
 * @param company whom the window names
 * @param bypass what is handed on to one PG unchanged, by its place in V1's {@code bypass} with
 *     dots between the steps
 */
public record IdentityOrder(
    String id,
    Expected person,
    int minAge,
    String company,
    Instant at,
    Map<String, String> bypass) {

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
    bypass = Map.copyOf(bypass);
  }

  /** What of it stands there, null if the shop did not send it. */
  public @Nullable String bypass(String place) {
    return bypass.get(place);
  }

  /** What is handed on may name the person, too. */
  @Override
  public String toString() {
    return "identity order " + id;
  }
}
