package dev.naru.shape;

import dev.naru.Naru;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** Packages are the modules: no cycles, and only public types cross their borders. */
class ModulesTest {

  @Test
  void modulesHold() {
    ApplicationModules.of(Naru.class).verify();
  }
}
