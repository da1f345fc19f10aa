package dev.naru.pg.emulated;

import dev.naru.connector.AfterSale.CashPart;
import dev.naru.connector.AfterSale.PointCredits;
import dev.naru.connector.AfterSale.PurchaseConfirms;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.PgRef;
import dev.naru.connector.aftercare.CashAmount;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Requester;
import dev.naru.kernel.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Naver Pay, payment type, emulated: by card, from an account, and by points. */
public final class EmulatedNaverpay extends EmulatedCheckout
    implements PointCredits, PurchaseConfirms, CashPart {

  public static final Pg<Config> PG =
      Emulation.of("naverpay", EmulatedNaverpay.class, Config.class, EmulatedNaverpay::new)
          .named("naverpay", "네이버페이 결제형", "Naver Pay")
          .demo(new Config("naru-naverpay", new Secret("naverpay-test-password")));

  /** In won. */
  private static final long LEAST = 10;

  /** What V1 wants to know of each of the naverProducts. */
  private static final List<String> OF_A_PRODUCT =
      List.of("categoryType", "categoryId", "uid", "name", "count");

  EmulatedNaverpay(Config config, PgHttp http) {
    super(config, http);
  }

  @Override
  Optional<String> wrong(Order order) {
    return super.wrong(order)
        .or(
            () ->
                order.amount().minor() < LEAST
                    ? Optional.of("결제금액은 " + LEAST + "원 이상이어야 합니다. (amount)")
                    : Optional.empty())
        .or(
            () ->
                areProducts(order.wishes().goods().naverProducts())
                    ? Optional.empty()
                    : Optional.of("상품 정보가 올바르지 않습니다. (naverProducts: " + OF_A_PRODUCT + ")"));
  }

  private static boolean areProducts(@Nullable String json) {
    try {
      JsonNode products = JsonMapper.shared().readTree(json == null ? "[]" : json);
      return products.isArray()
          && !products.isEmpty()
          && products
              .valueStream()
              .allMatch(
                  one ->
                      OF_A_PRODUCT.stream().noneMatch(name -> one.path(name).asString("").isBlank())
                          && one.path("count").asInt(0) > 0);
    } catch (JacksonException malformed) {
      return false;
    }
  }

  @Override
  public Outcome<Instant> creditPoints(Order order, PgRef ref) {
    return told("points.credit", order, Emulation.fields());
  }

  @Override
  public Outcome<Instant> confirmPurchase(Order order, PgRef ref, Requester requester) {
    return told("purchase.confirm", order, Emulation.fields().put("requester", lower(requester)));
  }

  @Override
  public Outcome<CashAmount> cashAmount(Order order, PgRef ref) {
    return tell("cash.amount", order, Emulation.fields())
        .read(answer -> cash(answer.path("fields")));
  }

  private static CashAmount cash(JsonNode fields) {
    return new CashAmount(
        money(fields, "total"),
        money(fields, "points"),
        money(fields, "primary"),
        money(fields, "supply"),
        money(fields, "vat"));
  }
}
