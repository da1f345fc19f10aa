package dev.naru.connector;

import java.util.Optional;

/** One PG as one channel uses it: its class implements the {@link Capability}s the PG has. */
public interface Connector {

  /** This connector as one of its capabilities, empty if the PG does not have it. */
  default <C extends Capability> Optional<C> as(Class<C> capability) {
    return capability.isInstance(this) ? Optional.of(capability.cast(this)) : Optional.empty();
  }
}
