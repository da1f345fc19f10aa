package dev.naru.simulator.kit.people;

import java.util.Map;

/**
 * What a merchant asked for.
 *
 * @param minAge 0 for any age
 * @param fields what the PG has to know again when the window ends
 */
public record AskedIdentity(
    String merchant, String order, int minAge, IdentityForm form, Map<String, String> fields) {

  /** What the PG has to know again, or empty. */
  public String field(String name) {
    return fields.getOrDefault(name, "");
  }
}
