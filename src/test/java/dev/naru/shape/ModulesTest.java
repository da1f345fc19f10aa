package dev.naru.shape;

import dev.naru.Naru;
import dev.naru.testing.Apart;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** Packages are the modules: no cycles, and only public types cross their borders. */
@Apart
class ModulesTest {

  @Test
  void modulesHold() {
    ApplicationModules.of(Naru.class).verify();
  }
}
