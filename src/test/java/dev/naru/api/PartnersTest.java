package dev.naru.api;

import dev.naru.testing.Api;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** V1's {@code /partners/receipts}, which no PG here can. */
class PartnersTest {

  private static final Shop SHOP = Shop.fresh();

  private final Api api = SHOP.api();

  private static Map<String, Object> part() {
    return new HashMap<>(
        Map.of(
            "business_registration_number", "123-45-67890",
            "company_name", "나루책방",
            "amount", 1_000));
  }

  @Test
  void saysSo() {
    Map<String, Object> data = Map.of("data", List.of(part(), part()));
    String paid = SHOP.paid(Shop.INICIS).path("imp_uid").asString();
    Wire.refused(api.post("/partners/receipts/" + paid, data), 501, -1);
    Wire.refused(api.post("/partners/receipts/imp_000000000000", data), 404, -1);
    Wire.refused(Shop.fresh().api().post("/partners/receipts/" + paid, data), 404, -1);
    Map<String, Object> account = Shop.account(Shop.INICIS);
    String waiting = api.post("/vbanks", account).response().path("imp_uid").asString();
    Wire.refused(api.post("/partners/receipts/" + waiting, data), 400, -1);
  }

  @ParameterizedTest
  @CsvSource({
    "business_registration_number, 123",
    "business_registration_number, ''",
    "company_name, ''",
    "amount, 0",
    "amount, text",
    "tax_free, -1",
    "vat_amount, 0.5"
  })
  void refusesWhatDoesNotFit(String name, String value) {
    Map<String, Object> part = part();
    part.put(name, value);
    Map<String, Object> data = Map.of("data", List.of(part(), part));
    Wire.refused(api.post("/partners/receipts/imp_000000000000", data), 400, -1);
    Wire.refused(api.post("/partners/receipts/imp_000000000000", Map.of()), 400, -1);
  }
}
