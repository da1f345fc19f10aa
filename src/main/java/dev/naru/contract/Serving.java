package dev.naru.contract;

import java.util.List;
import java.util.Set;

/** Which PGs of this hub can do something: whoever knows their connectors tells. */
@FunctionalInterface
public interface Serving {

  /**
   * By V1's codes, each once, in the order of the hub's list.
   *
   * @param capabilities of which a PG needs one
   */
  List<String> pgs(Set<String> capabilities);
}
