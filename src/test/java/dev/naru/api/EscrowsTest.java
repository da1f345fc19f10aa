package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** V1's {@code /escrows/logis}: the delivery of what was paid by escrow. */
class EscrowsTest {

  private final Api api = new Api(Hub.shared().url());

  static Map<String, Object> delivery(String company, String invoice) {
    Map<String, Object> delivery = new HashMap<>();
    delivery.put(
        "sender", Map.of("name", "나루상점", "tel", "0212345678", "addr", "서울", "postcode", "04524"));
    delivery.put(
        "receiver", Map.of("name", "임꺽정", "tel", "01000000000", "addr", "부산", "postcode", "48058"));
    delivery.put("logis", Map.of("company", company, "invoice", invoice, "sent_at", 1_767_225_600));
    return delivery;
  }

  private String paid(String pg, boolean escrow) {
    String impUid = Deposits.paid(api, pg, Map.of()).path("imp_uid").asString();
    if (escrow) {
      byEscrow(impUid);
    }
    return impUid;
  }

  /** As if it had been paid in a window that was asked for escrow. */
  private void byEscrow(String impUid) {
    int rows =
        JdbcClient.create(Hub.shared().database().dataSource())
            .sql("update payment set doc = jsonb_set(doc, '{escrow}', 'true') where imp_uid = ?")
            .param(impUid)
            .update();
    assertThat(rows).isEqualTo(1);
    assertThat(api.get("/payments/" + impUid).response().path("escrow").asBoolean()).isTrue();
  }

  private JsonNode done(Api.Answer answer) {
    assertThat(answer.status()).as(answer.message()).isEqualTo(200);
    return answer.response();
  }

  @Test
  void isRegisteredReadAndChanged() {
    String path = "/escrows/logis/" + paid(Shop.INICIS, true);
    Wire.refused(api.get(path), 409, -1);
    Wire.refused(api.put(path, delivery("CJGLS", "1")), 409, -1);
    JsonNode first = done(api.post(path, delivery("CJGLS", "123456789012")));
    assertThat(first.propertyNames())
        .containsExactly("company", "invoice", "sent_at", "applied_at");
    assertThat(first.path("company").asString()).isEqualTo("CJGLS");
    assertThat(first.path("sent_at").asLong()).isEqualTo(1_767_225_600);
    assertThat(first.path("applied_at").asLong()).isPositive();
    assertThat(api.get(path).response()).isEqualTo(first);
    Wire.refused(api.post(path, delivery("CJGLS", "2")), 409, -1);
    JsonNode second = done(api.put(path, delivery("nobody", "999")));
    assertThat(second.path("company").asString()).isEqualTo("ETC");
    assertThat(api.get(path).response()).isEqualTo(second);
    assertThat(Deposits.book("/_sim/deliveries/html5_inicis").toString()).contains("\"999\"");
  }

  @Test
  void aFormMayCarryIt() {
    String path = "/escrows/logis/" + paid(Shop.INICIS, true);
    Map<String, String> form = new HashMap<>();
    delivery("KOREX", "77")
        .forEach(
            (part, fields) ->
                ((Map<?, ?>) fields)
                    .forEach((name, value) -> form.put(part + "[" + name + "]", "" + value)));
    assertThat(done(api.postForm(path, form)).path("company").asString()).isEqualTo("CJGLS");
  }

  @Test
  void aLostAnswerIsToldAndMayBeRepeated() {
    String path = "/escrows/logis/" + paid(Shop.INICIS, true);
    Wire.refused(api.post(path, delivery("HANJIN", "000000009002")), 500, -1);
    Wire.refused(api.get(path), 409, -1);
    done(api.post(path, delivery("HANJIN", "000000009002")));
  }

  @Test
  void refusesWhatIsNotEligible() {
    Map<String, Object> good = delivery("CJGLS", "1");
    Wire.refused(api.post("/escrows/logis/imp_000000000000", good), 404, -1);
    Wire.refused(api.put("/escrows/logis/imp_000000000000", good), 404, -1);
    Wire.refused(api.get("/escrows/logis/imp_000000000000"), 404, -1);
    Wire.refused(api.post("/escrows/logis/" + paid(Shop.INICIS, false), good), 409, -1);
    String toss = "/escrows/logis/" + paid(Shop.TOSS, true);
    Wire.refused(api.post(toss, good), 405, -1);
    Wire.refused(api.put(toss, good), 405, -1);
    String waiting =
        api.post("/vbanks", Shop.account(Shop.INICIS)).response().path("imp_uid").asString();
    byEscrow(waiting);
    Wire.refused(api.post("/escrows/logis/" + waiting, good), 409, -1);
    String escrow = paid(Shop.INICIS, true);
    Wire.refused(Shop.fresh().api().post("/escrows/logis/" + escrow, good), 404, -1);
    Wire.refused(Shop.fresh().api().get("/escrows/logis/" + escrow), 404, -1);
  }

  @ParameterizedTest
  @CsvSource({"sender", "receiver", "logis"})
  void refusesWhatIsMissing(String part) {
    String path = "/escrows/logis/imp_000000000000";
    Map<String, Object> parameters = delivery("CJGLS", "1");
    parameters.remove(part);
    Wire.refused(api.post(path, parameters), 400, -1);
    parameters.put(part, "text");
    Wire.refused(api.post(path, parameters), 400, -1);
    Map<?, ?> whole = (Map<?, ?>) delivery("CJGLS", "1").getOrDefault(part, Map.of());
    for (Object name : whole.keySet()) {
      Map<Object, Object> without = new HashMap<>(whole);
      without.remove(name);
      parameters.put(part, without);
      Wire.refused(api.put(path, parameters), 400, -1);
      without.put(name, List.of("a"));
      Wire.refused(api.put(path, parameters), 400, -1);
      without.put(name, "가".repeat(300));
      Wire.refused(api.put(path, parameters), 400, -1);
    }
  }

  @Test
  void whereItGoesIsNotKept() {
    String path = "/escrows/logis/" + paid(Shop.INICIS, true);
    done(api.post(path, delivery("CJGLS", "5")));
    String rows =
        String.join(
            "\n",
            JdbcClient.create(Hub.shared().database().dataSource())
                .sql("select d::text from escrow_delivery d")
                .query(String.class)
                .list());
    assertThat(rows).doesNotContain("임꺽정", "부산");
  }
}
