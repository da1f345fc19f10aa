package dev.naru.contract;

import java.util.List;
import java.util.Map;

/**
 * A parameter of an operation.
 *
 * @param required a request without it is refused; never because of the PG
 * @param requiredIf it is required if another parameter has this value
 * @param pgs the only PGs that read it, empty for all
 * @param except PGs that cannot take it
 * @param neededBy PGs that refuse a request without it
 * @param older other names that clients use for it
 */
public record Parameter(
    String name,
    Where where,
    boolean required,
    Map<String, String> requiredIf,
    Value value,
    Text text,
    List<String> pgs,
    List<String> except,
    List<String> neededBy,
    List<String> older,
    Marks marks) {

  /** Where it travels; what is in the body may be in the query as well. */
  public enum Where {
    PATH,
    QUERY,
    BODY
  }

  /**
   * @param shown part of the example that the documentation offers, although it is optional
   * @param relaxed V1 requires it, Naru does not
   * @param undocumented V1's own description does not have it
   * @param ignored accepted and not read
   */
  public record Marks(
      boolean deprecated, boolean shown, boolean relaxed, boolean undocumented, boolean ignored) {}

  public Parameter {
    requiredIf = Map.copyOf(requiredIf);
    pgs = List.copyOf(pgs);
    except = List.copyOf(except);
    neededBy = List.copyOf(neededBy);
    older = List.copyOf(older);
  }
}
