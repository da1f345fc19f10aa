package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** V1's {@code PUT /vbanks}: amount and deadline of an account nobody has paid into. */
class VbankChangeTest {

  private static final Shop SHOP = Shop.fresh();

  private final Api demo = new Api(Hub.shared().url());
  private final Map<String, Object> account = Bank.account();

  private static String path(JsonNode payment) {
    return "/vbanks/" + payment.path("imp_uid").asString();
  }

  private static JsonNode changed(Api api, JsonNode payment, Map<String, ?> changes) {
    Api.Answer answer = api.put(path(payment), changes);
    assertThat(answer.status()).as(answer.message()).isEqualTo(200);
    assertThat(answer.code()).as(answer.message()).isZero();
    assertThat(api.get("/payments/" + payment.path("imp_uid").asString()).response())
        .isEqualTo(answer.response());
    return answer.response();
  }

  @Test
  void changesWhatIsToBePaidInAndUntilWhen() {
    JsonNode opened = Bank.opened(demo, account);
    long later = opened.path("vbank_date").asLong() + 86_400;
    JsonNode changed = changed(demo, opened, Map.of("amount", 15_000, "vbank_due", later));
    assertThat(changed.path("status").asString()).isEqualTo("ready");
    assertThat(changed.path("amount").asLong()).isEqualTo(15_000);
    assertThat(changed.path("vbank_date").asLong()).isEqualTo(later);
    assertThat(changed.path("vbank_num")).isEqualTo(opened.path("vbank_num"));
    assertThat(changed.path("pg_tid")).isEqualTo(opened.path("pg_tid"));

    String number = opened.path("vbank_num").asString();
    assertThat(Bank.deposit(number, 10_000, "김나루").status()).isEqualTo(409);
    assertThat(Bank.deposit(number, 15_000, "김나루").status()).isEqualTo(200);
    JsonNode paid = Bank.becomes(demo, opened, Bank.is("paid"));
    assertThat(paid.path("amount").asLong()).isEqualTo(15_000);
    org.awaitility.Awaitility.await()
        .untilAsserted(
            () -> assertThat(Bank.heard(demo, account)).containsExactly("paid", "ready"));
    Wire.refused(demo.put(path(opened), Map.of("amount", 20_000)), 400, -1);
    assertThat(ledger(opened)).isEqualTo(15_000);
  }

  private static long ledger(JsonNode payment) {
    return SHOP.database()
        .sql("select sum(amount) from ledger where imp_uid = :uid and credit = 'sales'")
        .param("uid", payment.path("imp_uid").asString())
        .query(Long.class)
        .single();
  }

  @Test
  void changesTheOneOrTheOtherOrNothing() {
    JsonNode opened = Bank.opened(SHOP.api(), account);
    long due = opened.path("vbank_date").asLong();
    JsonNode dearer = changed(SHOP.api(), opened, Map.of("amount", "12000"));
    assertThat(dearer.path("vbank_date").asLong()).isEqualTo(due);
    assertThat(dearer.path("amount").asLong()).isEqualTo(12_000);
    JsonNode later = changed(SHOP.api(), opened, Map.of("vbank_due", due + 60));
    assertThat(later.path("amount").asLong()).isEqualTo(12_000);
    assertThat(later.path("vbank_date").asLong()).isEqualTo(due + 60);
    assertThat(changed(SHOP.api(), opened, Map.of())).isEqualTo(later);
    assertThat(changed(SHOP.api(), opened, Map.of("amount", 12_000))).isEqualTo(later);
    Api.Answer form =
        SHOP.api()
            .raw("PUT", path(opened) + "/", "application/x-www-form-urlencoded", "amount=9000");
    assertThat(form.response().path("amount").asLong()).as(form.message()).isEqualTo(9_000);
  }

  /** The PG knows of a deposit before the shop does. */
  @Test
  void whatThePgRefusesChangesNothing() {
    JsonNode opened = Bank.opened(SHOP.api(), account);
    assertThat(Bank.deposit(opened.path("vbank_num").asString(), 10_000, "김나루").status())
        .isEqualTo(200);
    Api.Answer refused = SHOP.api().put(path(opened), Map.of("amount", 15_000));
    if (refused.status() == 200) {
      Wire.refused(refused, 200, -1);
    }
    JsonNode now = SHOP.api().get("/payments/" + opened.path("imp_uid").asString()).response();
    assertThat(now.path("amount").asLong()).isEqualTo(10_000);
    assertThat(now.path("vbank_date")).isEqualTo(opened.path("vbank_date"));
  }

  @ParameterizedTest
  @CsvSource({
    "amount, 0",
    "amount, -1",
    "amount, 0.5",
    "amount, text",
    "amount, 99999999999999999999",
    "vbank_due, 1000",
    "vbank_due, text",
    "vbank_due, 1.5"
  })
  void refusesWhatDoesNotFit(String name, String value) {
    JsonNode opened = Bank.opened(SHOP.api(), account);
    Wire.refused(SHOP.api().put(path(opened), Map.of(name, value)), 400, -1);
    assertThat(SHOP.api().get("/payments/" + opened.path("imp_uid").asString()).response())
        .isEqualTo(opened);
  }

  @Test
  void onlyOfAnAccountThatWaits() {
    Api api = SHOP.api();
    Map<String, Object> change = Map.of("amount", 5_000);
    Wire.refused(api.put("/vbanks/imp_000000000000", change), 404, -1);
    JsonNode opened = Bank.opened(api, account);
    Wire.refused(Shop.fresh().api().put(path(opened), change), 404, -1);
    assertThat(api.delete(path(opened)).status()).isEqualTo(200);
    Wire.refused(api.put(path(opened), change), 400, -1);
    Wire.refused(api.put(path(SHOP.paid(Shop.TOSS)), change), 400, -1);
    JsonNode barcode = api.post("/cvs", SHOP.barcode()).response();
    Wire.refused(api.put(path(barcode), change), 400, -1);
  }

  @Test
  void noneWithTaxFreePart() {
    Map<String, Object> mixed = new HashMap<>(account);
    mixed.put("tax_free", 1_000);
    JsonNode opened = Bank.opened(SHOP.api(), mixed);
    Wire.refused(SHOP.api().put(path(opened), Map.of("amount", 5_000)), 400, -1);
    Wire.refused(
        SHOP.api().put(path(opened), Map.of("vbank_due", opened.path("vbank_date").asLong() + 60)),
        400,
        -1);
  }
}
