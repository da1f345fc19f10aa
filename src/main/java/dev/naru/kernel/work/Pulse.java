package dev.naru.kernel.work;

import java.util.Optional;

/** Something of this node that must go on for as long as the hub runs. */
public interface Pulse {

  /** What is wrong with it, for an operator; empty if all is well. Must answer at once. */
  Optional<String> trouble();
}
