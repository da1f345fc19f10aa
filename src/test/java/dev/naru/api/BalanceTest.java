package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** V1's {@code /payments/{imp_uid}/balance}: the ledger, split by tax. */
class BalanceTest {

  private static final Shop SHOP = Shop.fresh();

  private final Api api = SHOP.api();

  /** V1 offers it for PAYCO alone. */
  private static String byPayco(Map<String, ?> changes) {
    Map<String, Object> order = PayWindow.order(PayWindow.PAYCO);
    order.putAll(changes);
    return PayWindow.paid(SHOP, order, PayWindow.card(Api.GOOD_CARD)).path("imp_uid").asString();
  }

  private JsonNode balance(String impUid) {
    Api.Answer answer = api.get("/payments/" + impUid + "/balance");
    assertThat(answer.status()).as(answer.message()).isEqualTo(200);
    return answer.response();
  }

  private static void is(JsonNode parts, int free, int supply, int vat, int histories) {
    assertThat(parts.path("tax_free").asInt()).isEqualTo(free);
    assertThat(parts.path("supply").asInt()).isEqualTo(supply);
    assertThat(parts.path("vat").asInt()).isEqualTo(vat);
    assertThat(parts.path("service").asInt()).isZero();
    assertThat(parts.path("histories").size()).isEqualTo(histories);
  }

  @Test
  void followsTheLedger() {
    String impUid = byPayco(Map.of("amount", 55_000, "tax_free", 33_000));
    JsonNode before = balance(impUid);
    assertThat(before.propertyNames())
        .containsExactly("amount", "cash_receipt", "primary", "secondary", "discount");
    is(before.path("amount"), 33_000, 20_000, 2_000, 1);
    is(before.path("primary"), 33_000, 20_000, 2_000, 1);
    for (String other : new String[] {"cash_receipt", "secondary", "discount"}) {
      is(before.path(other), 0, 0, 0, 0);
    }
    JsonNode first = before.path("amount").path("histories").path(0);
    assertThat(first.propertyNames())
        .containsExactly("tax_free", "supply", "vat", "service", "created");
    assertThat(first.path("created").asLong()).isPositive();

    Map<String, Object> part = Map.of("imp_uid", impUid, "amount", 22_000, "tax_free", 11_000);
    assertThat(api.post("/payments/cancel", part).code()).isZero();
    JsonNode after = balance(impUid);
    is(after.path("amount"), 22_000, 10_000, 1_000, 2);
    assertThat(after.path("amount").path("histories").path(1).path("vat").asInt())
        .isEqualTo(-1_000);
    assertThat(api.post("/payments/cancel", Map.of("imp_uid", impUid)).code()).isZero();
    is(balance(impUid).path("amount"), 0, 0, 0, 3);
  }

  @Test
  void isNotOfferedForOthersNorForWhatIsNotThere() {
    String toss = SHOP.paid(Shop.TOSS).path("imp_uid").asString();
    Wire.refused(api.get("/payments/" + toss + "/balance"), 405, -1);
    Wire.refused(api.get("/payments/imp_000000000000/balance"), 404, -1);
    Wire.refused(Shop.fresh().api().get("/payments/" + byPayco(Map.of()) + "/balance"), 404, -1);
  }
}
