package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A payment by Naver Pay's order type: three product orders, and what a shop does about them. */
record Naverco(Shop shop, JsonNode payment) {

  static final String PG = "naverco";

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Two choices of tea and a cup: 3,000, 4,000 and 2,500 won, and 2,500 won of delivery. */
  static Map<String, Object> order() {
    Map<String, Object> order = PayWindow.order(PG);
    order.put("amount", 12_000);
    Map<String, Object> shipping = Map.of("baseFee", 2_500, "feePayType", "PREPAYED");
    Map<String, Object> tea =
        Map.of(
            "id",
            "tea",
            "name",
            "녹차",
            "basePrice",
            3_000,
            "infoUrl",
            "https://shop.example/tea",
            "imageUrl",
            "https://shop.example/tea.png",
            "shipping",
            shipping,
            "options",
            List.of(
                Map.of("optionQuantity", 1, "optionPrice", 0, "selectionCode", "leaf"),
                Map.of(
                    "optionQuantity",
                    2,
                    "optionPrice",
                    -1_000,
                    "selections",
                    List.of(
                        Map.of("code", "bag", "label", "종류", "value", "티백"),
                        Map.of("code", "s", "label", "크기", "value", "작음")))),
            "supplements",
            List.of(Map.of("id", "cup", "name", "찻잔", "price", 2_500, "quantity", 1)));
    order.put("naverProducts", List.of(tea));
    return order;
  }

  static Naverco paid(Shop shop) {
    return paid(shop, Api.GOOD_CARD);
  }

  static Naverco paid(Shop shop, String card) {
    return new Naverco(shop, PayWindow.paid(shop, order(), PayWindow.card(card)));
  }

  String impUid() {
    return payment.path("imp_uid").asString();
  }

  String path(String action) {
    return "/payments/" + impUid() + "/naver/" + action;
  }

  Api.Answer act(String action, Map<String, ?> body) {
    return shop.api().post(path(action), body);
  }

  /** The same for one of its product orders. */
  Api.Answer act(String action, int which, Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("product_order_id", List.of(id(which)));
    return act(action, body);
  }

  Api.Answer act(String action, int which) {
    return act(action, which, Map.of());
  }

  /** What was done, which must be one thing. */
  JsonNode done(String action, int which, Map<String, ?> more) {
    Api.Answer answer = act(action, which, more);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    assertThat(answer.code()).isZero();
    assertThat(answer.response()).hasSize(1);
    return answer.response().path(0);
  }

  JsonNode done(String action, int which) {
    return done(action, which, Map.of());
  }

  static Map<String, Object> parcel() {
    return Map.of(
        "delivery_method",
        "DELIVERY",
        "dispatched_at",
        1_784_000_000,
        "delivery_company",
        "CJGLS",
        "tracking_number",
        "123412341234");
  }

  List<JsonNode> products() {
    Api.Answer answer = shop.api().get(path("product-orders"));
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    return answer.response().valueStream().toList();
  }

  String id(int which) {
    return products().get(which).path("product_order_id").asString();
  }

  /** Status, claim and stage of one of its product orders. */
  String state(int which) {
    return state(products().get(which));
  }

  static String state(JsonNode product) {
    return product.path("product_order_status").asString()
        + " "
        + product.path("claim_type").asString("")
        + " "
        + product.path("claim_status").asString("");
  }

  JsonNode now() {
    return shop.api().get("/payments/" + impUid()).response();
  }

  /** What the simulator still holds of it. */
  long held() {
    return Deposits.book("/_sim/books/naverco?tid=" + payment.path("pg_tid").asString())
        .path(0)
        .path("balance")
        .asLong();
  }

  /** The ledger's balance of the payment: what was sold less what was given back. */
  long ledger() {
    return shop.database()
        .sql(
            """
            select coalesce(sum(case when debit like 'pg:%' then amount
              when credit like 'pg:%' then -amount else 0 end), 0)
            from ledger where merchant_id = :merchant and imp_uid = :uid
            """)
        .param("merchant", shop.merchant().id())
        .param("uid", impUid())
        .query(Long.class)
        .single();
  }

  /** What its buyer does; the status is the simulator's. */
  Api.Answer buyer(int which, String act, Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("product_order_id", id(which));
    body.put("act", act);
    return new Api(Hub.shared().simulatorUrl())
        .bare(
            HttpRequest.newBuilder(Hub.shared().simulatorUrl().resolve("/emulation/buyer"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  void buyer(int which, String act) {
    Api.Answer answer = buyer(which, act, Map.of());
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
  }
}
