package dev.naru.api.aftercare;

import dev.naru.aftercare.ProductRequest;
import dev.naru.api.once.Once;
import dev.naru.api.wire.Params;
import dev.naru.connector.aftercare.ProductAct;
import dev.naru.merchant.Merchant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all of V1's actions have. */
record NavercoRequest(Merchant merchant, Params params, Once once, String impUid) {

  private static final int MOST = 100;

  ProductRequest asked(ProductAct act, @Nullable String why, String reason) {
    List<String> ids = params.texts("product_order_id", 20, MOST);
    return new ProductRequest(ids, act, why, reason, once.cancellationId());
  }
}
