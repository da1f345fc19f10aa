package dev.naru.console.promotion;

import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.promotion.Promotion;
import dev.naru.promotion.Promotions;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** A promotion that an address names: one of the viewer's shops', or none. */
@Component
class FoundPromotions {

  private final Promotions promotions;

  FoundPromotions(Promotions promotions) {
    this.promotions = promotions;
  }

  /** Throws {@link Failed} not found. */
  Promotion get(Viewer viewer, String id) {
    return viewer.knownShops().stream()
        .map(shop -> promotions.find(shop.id(), id))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> promotions.get(viewer.home().id(), id));
  }
}
