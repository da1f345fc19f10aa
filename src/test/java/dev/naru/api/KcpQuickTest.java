package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.testing.Api;
import dev.naru.testing.Book;
import dev.naru.testing.Hub;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code /kcpquick}: a shop's own easy pay, its members, their money and their keys. */
class KcpQuickTest {

  private static final String PARTNER = "?site_code=IX0XX&partner_type=IX99&partner_subtype=99IX";

  private final Shop shop = Shop.fresh();
  private final Api api = shop.api();
  private final Book book = new Book(Hub.shared());

  private Map<String, Object> money(String member, String pinCheck) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("channel_key", shop.channelKey(Shop.QUICK));
    parameters.put("member_id", member);
    parameters.put("imp_uid", pinCheck);
    parameters.put("merchant_uid", Api.newOrder());
    parameters.put("name", "나무 의자");
    parameters.put("amount", 5_000);
    return parameters;
  }

  private static Map<String, Object> autopay(String customer) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("customer_uid", customer);
    parameters.put("merchant_uid", Api.newOrder());
    parameters.put("name", "나무 의자");
    parameters.put("buyer_name", "이름이열여섯자보다도긴구매자입니다네");
    parameters.put("amount", 7_000);
    return parameters;
  }

  private static Map<String, Object> registration() {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("btid", "B1");
    parameters.put("cust_ip", "10.0.0.7");
    parameters.put("code_verifier", "verifier-of-a-shop");
    return parameters;
  }

  private Api.Answer pay(Map<String, ?> parameters) {
    return api.post("/kcpquick/payment/money", parameters);
  }

  private static String order(Map<String, Object> parameters) {
    return String.valueOf(parameters.get("merchant_uid"));
  }

  @Test
  void chargesAMembersMoneyAfterThePin() {
    String member = shop.member(Shop.newMember());
    Map<String, Object> parameters = money(member, shop.pinCheck(member));
    Api.Answer answer = pay(parameters);
    assertThat(answer.code()).as(answer.message()).isZero();
    JsonNode paid = answer.response();
    assertThat(paid.path("status").asString()).isEqualTo("paid");
    assertThat(paid.path("pay_method").asString()).isEqualTo("point");
    assertThat(paid.path("pg_provider").asString()).isEqualTo("kcp_quick");
    assertThat(paid.path("imp_uid").asString()).startsWith("imps_");
    Wire.refused(pay(parameters), 200, 1);
    assertThat(book.charges(order(parameters))).hasSize(1);
    Api.Answer canceled =
        api.post("/payments/cancel", Map.of("imp_uid", paid.path("imp_uid").asString()));
    assertThat(canceled.response().path("status").asString()).isEqualTo("cancelled");
  }

  @Test
  void aPinIsGoodForOneOrderOfItsMember() {
    String member = shop.member(Shop.newMember());
    String other = shop.member(Shop.newMember());
    String pin = shop.pinCheck(member);
    Wire.refused(pay(money(other, pin)), 200, 1);
    Wire.refused(pay(money(member, "imp_000000000000")), 200, 1);
    Wire.refused(pay(money(member, "no-uid")), 200, 1);
    assertThat(shop.rows("payment")).isZero();
    assertThat(pay(money(member, pin)).response().path("status").asString()).isEqualTo("paid");
    Api.Answer used = pay(money(member, pin));
    assertThat(used.response().path("status").asString()).isEqualTo("failed");
    assertThat(used.response().path("fail_reason").asString()).contains("PIN");
    Shop stranger = Shop.fresh();
    Map<String, Object> theirs = money(member, shop.pinCheck(member));
    theirs.put("channel_key", stranger.channelKey(Shop.QUICK));
    Wire.refused(stranger.api().post("/kcpquick/payment/money", theirs), 200, 1);
    assertThat(stranger.rows("payment")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "4000000000000028, failed",
    "4000000000009001, failed",
    "4000000000009002, paid",
    "4000000000009003, paid",
    "4000000000009004, paid",
    "4000000000009005, paid"
  })
  @Execution(ExecutionMode.CONCURRENT)
  void aChargeEndsAsThePgHasIt(String number, String end) {
    String member = shop.member(number);
    Map<String, Object> byMoney = money(member, shop.pinCheck(member));
    Map<String, Object> byKey = autopay(shop.autopay(member));
    for (Map<String, Object> parameters : List.of(byMoney, byKey)) {
      String path = parameters.containsKey("member_id") ? "money" : "autopay";
      parameters.put("amount", 10);
      Api.Answer answer = api.post("/kcpquick/payment/" + path, parameters);
      assertThat(answer.code()).as(answer.message()).isZero();
      assertThat(answer.response().path("status").asString()).isIn("ready", end);
      String find = "/payments/find/" + order(parameters);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> api.get(find).response().path("status").asString().equals(end));
      assertThat(book.charges(order(parameters))).hasSize(end.equals("paid") ? 1 : 0);
    }
  }

  @Test
  void chargesAndDeletesAKey() {
    String customer = shop.autopay(shop.member(Shop.newMember()));
    assertThat(
            api.get("/subscribe/customers/" + customer).response().path("pg_provider").asString())
        .isEqualTo("kcp_quick");
    Map<String, Object> parameters = autopay(customer);
    JsonNode paid = api.post("/kcpquick/payment/autopay", parameters).response();
    assertThat(paid.path("status").asString()).isEqualTo("paid");
    assertThat(paid.path("pay_method").asString()).isEqualTo("card");
    assertThat(paid.path("card_code").asString()).isEqualTo("381");
    assertThat(paid.path("customer_uid").asString()).isEqualTo(customer);
    assertThat(paid.path("customer_uid_usage").asString()).isEqualTo("payment");
    assertThat(paid.path("buyer_name").asString()).isEqualTo(parameters.get("buyer_name"));
    Wire.refused(api.post("/kcpquick/payment/autopay", parameters), 200, 1);
    assertThat(book.charges(order(parameters))).hasSize(1);

    Wire.refused(Shop.fresh().api().delete("/kcpquick/autopay/" + customer), 404, -1);
    Api.Answer deleted = api.delete("/kcpquick/autopay/" + customer);
    assertThat(deleted.body().toString())
        .isEqualTo(
            "{\"code\":0,\"message\":null,\"response\":{\"customer_uid\":\"" + customer + "\"}}");
    Wire.refused(api.delete("/kcpquick/autopay/" + customer), 404, -1);
    Wire.refused(api.post("/kcpquick/payment/autopay", autopay(customer)), 200, 1);
  }

  @Test
  void aKeyThatThePgWillNotDeleteStays() {
    String customer = shop.autopay(shop.member("4000000000009015"));
    Wire.refused(api.delete("/kcpquick/autopay/" + customer), 500, -1);
    assertThat(api.get("/subscribe/customers/" + customer).status()).isEqualTo(200);
  }

  @Test
  void anotherPgsKeyIsNoneOfIts() {
    String customer = Shop.newMember();
    api.issueKey(customer, Shop.card(Shop.TOSS, Api.GOOD_CARD));
    Wire.refused(api.post("/kcpquick/payment/autopay", autopay(customer)), 501, -1);
    Wire.refused(api.delete("/kcpquick/autopay/" + customer), 501, -1);
    assertThat(api.get("/subscribe/customers/" + customer).status()).isEqualTo(200);
    assertThat(shop.rows("payment")).isZero();
  }

  @Test
  void deletesAMember() {
    String member = shop.member(Shop.newMember());
    String pin = shop.pinCheck(member);
    String customer = shop.autopay(member);
    String path = "/kcpquick/members/" + member;
    for (String wrong :
        List.of(
            "",
            "?site_code=IX0XX&partner_type=IX99",
            PARTNER.replace("99IX", "x".repeat(81)),
            "?site_code=&partner_type=IX99&partner_subtype=99IX")) {
      Wire.refused(api.delete(path + wrong), 200, -1);
    }
    Wire.refused(api.delete("/kcpquick/members/" + "m".repeat(17) + PARTNER), 200, -1);
    Wire.refused(api.delete(path + PARTNER.replace("IX0XX", "OTHER")), 404, -1);
    Wire.refused(api.delete("/kcpquick/members/nobody" + PARTNER), 404, -1);
    Wire.refused(Shop.fresh().api().delete(path + PARTNER), 404, -1);
    assertThat(shop.rows("quick_member")).isEqualTo(1);

    JsonNode deleted = api.delete(path + PARTNER).response();
    assertThat(deleted.path("member_id").asString()).isEqualTo(member);
    assertThat(deleted.path("pg_provider").asString()).isEqualTo("kcp_quick");
    assertThat(deleted.path("pg_id").asString()).isEqualTo("IX0XX");
    assertThat(deleted.path("inserted").asLong()).isPositive();
    assertThat(deleted.path("updated").asLong()).isPositive();
    assertThat(shop.rows("quick_member")).isZero();
    Wire.refused(api.delete(path + PARTNER), 404, -1);
    Wire.refused(pay(money(member, pin)), 200, 1);
    JsonNode refused = api.post("/kcpquick/payment/autopay", autopay(customer)).response();
    assertThat(refused.path("status").asString()).isEqualTo("failed");
    assertThat(refused.path("fail_code").asString()).isEqualTo("KEY_UNUSABLE");
  }

  @Test
  void releasesADeviceAndPassesOnThePgsNo() {
    String member = shop.member(Shop.newMember());
    String path = "/kcpquick/members/" + member + "/fido/release";
    Map<String, Object> channel = Map.of("channel_key", shop.channelKey(Shop.QUICK));
    assertThat(api.post(path, channel).body().toString())
        .isEqualTo("{\"code\":0,\"message\":null,\"response\":{\"member_id\":\"" + member + "\"}}");
    Api.Answer again = api.post(path, channel);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.code()).isEqualTo(-1);
    assertThat(again.message()).isNotBlank();
    assertThat(again.response().path("member_id").asString()).isEqualTo(member);
    assertThat(again.body().path("error").path("code").asString()).isEqualTo("no_fido");
    assertThat(again.body().path("error").path("message").asString()).contains("FIDO");
    Wire.refused(api.post("/kcpquick/members/nobody/fido/release", channel), 400, -1);
    Wire.refused(api.post(path, Map.of("channel_key", shop.channelKey(Shop.TOSS))), 501, -1);
    String silent = shop.member("4000000000009001");
    Wire.refused(api.post("/kcpquick/members/" + silent + "/fido/release", channel), 500, -1);
  }

  @Test
  void registersBeforeTheWindow() {
    String order = Api.newOrder();
    String path = "/kcpquick/prepare/" + order;
    Wire.refused(api.put(path, registration()), 404, -1);
    assertThat(api.post(path, registration()).code()).isZero();
    Wire.refused(api.post(path, registration()), 409, -1);
    Map<String, Object> changed = registration();
    changed.putAll(Map.of("prepaid_auth_yn", "Y", "prepaid_amount", "12000"));
    assertThat(api.put(path, changed).code()).isZero();
    Wire.refused(Shop.fresh().api().put(path, registration()), 404, -1);

    String member = shop.member(Shop.newMember());
    Map<String, Object> parameters = money(member, shop.pinCheck(member));
    parameters.put("merchant_uid", order);
    Api.Answer other = pay(parameters);
    Wire.refused(other, 200, 1);
    assertThat(other.message()).contains("prepaid_amount");
    assertThat(shop.rows("payment")).isZero();
    parameters.put("amount", 12_000);
    assertThat(pay(parameters).response().path("status").asString()).isEqualTo("paid");
  }

  @Test
  void refusesARegistrationThatDoesNotFit() {
    Api.Answer ok = api.post("/kcpquick/prepare/" + "가".repeat(41), registration());
    Wire.refused(ok, 400, -1);
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("cust_ip", "256.0.0.1"),
            Map.of("cust_ip", "::1"),
            Map.of("cust_ip", "10.0.0"),
            Map.of("prepaid_auth_yn", "X"),
            Map.of("prepaid_auth_yn", "Y"),
            Map.of("prepaid_auth_yn", "Y", "prepaid_amount", 0),
            Map.of("prepaid_amount", 1_000_000_000))) {
      Map<String, Object> parameters = registration();
      parameters.putAll(wrong);
      Wire.refused(api.post("/kcpquick/prepare/" + Api.newOrder(), parameters), 400, -1);
    }
    assertThat(shop.rows("quick_prepared")).isZero();
  }

  @Test
  void takesJsonAlone() {
    String member = shop.member(Shop.newMember());
    Map<String, Object> parameters = money(member, shop.pinCheck(member));
    Wire.refused(api.postForm("/kcpquick/payment/money", parameters), 200, -1);
    Wire.refused(api.postForm("/kcpquick/payment/autopay", autopay("a")), 200, -1);
    Wire.refused(api.postForm("/kcpquick/prepare/x", registration()), 400, -1);
    assertThat(shop.rows("payment")).isZero();
    assertThat(pay(parameters).code()).isZero();
  }

  @Test
  void theDemoShopBeginsWithAMember() {
    Api demo = new Api(Hub.shared().url());
    Api.Answer checked = demo.post("/sandbox/kcpquick/members/naru-member/pin-check", Map.of());
    assertThat(checked.status()).as(checked.body().toString()).isEqualTo(200);
    Map<String, Object> parameters =
        money("naru-member", checked.body().path("imp_uid").asString());
    parameters.remove("channel_key");
    parameters.put("amount", 10);
    JsonNode paid = demo.post("/kcpquick/payment/money", parameters).response();
    assertThat(paid.path("status").asString()).isEqualTo("paid");
    Wire.refused(demo.post("/sandbox/kcpquick/members/nobody/pin-check", Map.of()), 404, -1);
    Wire.refused(demo.post("/sandbox/kcpquick/members/no%20name", Map.of()), 400, -1);
  }
}
