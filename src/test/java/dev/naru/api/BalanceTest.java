package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.contract.Conformity;
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

  private static void is(JsonNode parts, int free, int supply, int vat) {
    assertThat(parts.path("tax_free").asInt()).isEqualTo(free);
    assertThat(parts.path("supply").asInt()).isEqualTo(supply);
    assertThat(parts.path("vat").asInt()).isEqualTo(vat);
    assertThat(parts.path("service").asInt()).isZero();
  }

  @Test
  void followsTheLedger() {
    String impUid = byPayco(Map.of("amount", 55_000, "tax_free", 33_000));
    JsonNode before = balance(impUid);
    assertThat(Conformity.problems("Balance", before)).isEmpty();
    assertThat(before.path("amount").asInt()).isEqualTo(55_000);
    is(before.path("primary"), 33_000, 20_000, 2_000);
    for (String other : new String[] {"cash_receipt", "secondary", "discount"}) {
      is(before.path(other), 0, 0, 0);
    }
    assertThat(before.path("histories")).hasSize(1);
    JsonNode first = before.path("histories").path(0);
    is(first.path("primary"), 33_000, 20_000, 2_000);
    is(first.path("cash_receipt"), 0, 0, 0);
    assertThat(first.path("created").asLong()).isPositive();

    Map<String, Object> part = Map.of("imp_uid", impUid, "amount", 22_000, "tax_free", 11_000);
    assertThat(api.post("/payments/cancel", part).code()).isZero();
    JsonNode after = balance(impUid);
    assertThat(after.path("amount").asInt()).isEqualTo(33_000);
    is(after.path("primary"), 22_000, 10_000, 1_000);
    assertThat(after.path("histories")).hasSize(2);
    is(after.path("histories").path(1).path("primary"), -11_000, -10_000, -1_000);
    assertThat(api.post("/payments/cancel", Map.of("imp_uid", impUid)).code()).isZero();
    JsonNode nothing = balance(impUid);
    assertThat(nothing.path("amount").asInt()).isZero();
    is(nothing.path("primary"), 0, 0, 0);
    assertThat(nothing.path("histories")).hasSize(3);
  }

  @Test
  void isNotOfferedForOthersNorForWhatIsNotThere() {
    String toss = SHOP.paid(Shop.TOSS).path("imp_uid").asString();
    Wire.refused(api.get("/payments/" + toss + "/balance"), 405, -1);
    Wire.refused(api.get("/payments/imp_000000000000/balance"), 404, -1);
    Wire.refused(Shop.fresh().api().get("/payments/" + byPayco(Map.of()) + "/balance"), 404, -1);
  }
}
