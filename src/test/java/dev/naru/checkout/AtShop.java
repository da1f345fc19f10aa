package dev.naru.checkout;

import dev.naru.testing.Hub;
import dev.naru.testing.NeedsChromium;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A shop and its visitors' browsers, open while the tests of a class run. */
@NeedsChromium
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AtShop {

  private @Nullable ShopSite opened;

  @BeforeAll
  void open() {
    opened = site(Hub.shared());
  }

  ShopSite site(Hub hub) {
    return new ShopSite(hub);
  }

  @AfterAll
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  final ShopSite site() {
    return Objects.requireNonNull(opened);
  }
}
