package dev.naru.checkout.sdk;

import dev.naru.checkout.Fields;
import dev.naru.checkout.PayRequest;
import dev.naru.checkout.Refusal;
import dev.naru.checkout.Visitor;
import dev.naru.connector.window.Wish;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Money;
import dev.naru.kernel.Why;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a shop's page handed to {@code IMP.naver_zzim}, checked as far as it can be without knowing
 * the shop. V1 names the fields of a product and no limits: those here are ours.
 */
record WishRequest(
    String userCode,
    @Nullable String tierCode,
    @Nullable String channelKey,
    @Nullable String pg,
    String language,
    List<Wish.Product> products) {

  private static final String LIST = "naverProducts";
  private static final int MOST = 100;

  /** In won, as much as any price of V1's order type may have digits. */
  private static final BigDecimal DEAREST = BigDecimal.valueOf(9_999_999_999L);

  /**
   * @throws Failed invalid, with the first thing that is wrong
   */
  static WishRequest of(JsonNode body, PayRequest.Headers headers) {
    Fields envelope = new Fields(body);
    Fields params = envelope.object("params");
    if (!params.node().isObject()) {
      throw Failed.invalid(Refusal.NO_WISH);
    }
    String userCode = envelope.text("user_code", 20);
    if (userCode == null) {
      throw Failed.invalid(Refusal.NO_USER_CODE);
    }
    return new WishRequest(
        userCode,
        envelope.text("tier_code", 3),
        params.text("channelKey", 55),
        params.text("pg", 80),
        Visitor.of(envelope, params, headers).language(),
        products(params.objects(LIST)));
  }

  private static List<Wish.Product> products(List<Fields> listed) {
    if (listed.isEmpty()) {
      throw Failed.invalid(Refusal.LIST_REQUIRED, LIST);
    }
    if (listed.size() > MOST) {
      throw Failed.invalid(Refusal.TOO_MANY_PRODUCTS, MOST, LIST);
    }
    List<Wish.Product> products = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Fields each : listed) {

      Wish.Product product;
      try {
        product = product(each);
      } catch (Failed wrong) {
        throw in(products.size(), wrong.failure().why());
      }
      if (!ids.add(product.id())) {
        throw in(products.size(), Refusal.SAME_PRODUCT.with());
      }
      products.add(product);
    }
    return products;
  }

  private static Failed in(int index, Why wrong) {
    return Failed.invalid(Refusal.IN_LIST, wrong, LIST, index);
  }

  private static Wish.Product product(Fields product) {
    return new Wish.Product(
        product.required("id", 100),
        product.required("name", 200),
        product.text("desc", 2_000),
        price(product),
        url(product),
        PayRequest.url(product, "thumb"),
        PayRequest.url(product, "image"));
  }

  private static Money price(Fields product) {
    BigDecimal price =
        product.number("uprice").orElseThrow(() -> Failed.invalid(Refusal.REQUIRED, "uprice"));
    boolean whole = price.stripTrailingZeros().scale() <= 0;
    if (!whole || price.signum() < 0 || price.compareTo(DEAREST) > 0) {
      throw Failed.invalid(Refusal.PRICE_RANGE, "uprice", DEAREST);
    }
    return Money.krw(price.longValueExact());
  }

  private static String url(Fields product) {
    String url = PayRequest.url(product, "url");
    if (url == null) {
      throw Failed.invalid(Refusal.REQUIRED, "url");
    }
    return url;
  }
}
