package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.contract.Conformity;
import dev.naru.testing.Api;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The retired {@code /kakao/payment/orders}: Kakao Pay's own list of the orders of a day. */
class KakaoOrdersTest {

  private static final Shop SHOP = Shop.fresh();
  private static final String LISTS = "kakaopay-orders";

  private static String path(LocalDate day) {
    return "/kakao/payment/orders?payment_request_date="
        + day.format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneId.of("Asia/Seoul"));
  }

  /** Today's orders, and yesterday's in case midnight has just passed. */
  private static Stream<JsonNode> orders(Shop shop, String more) {
    return Stream.of(today(), today().minusDays(1))
        .map(day -> listed(shop, path(day) + more))
        .flatMap(list -> list.path("orders").valueStream());
  }

  private static JsonNode listed(Shop shop, String path) {
    Api.Answer answer = shop.api().get(path);
    assertThat(answer.code()).as(answer.message()).isZero();
    assertThat(Conformity.problems("KakaoOrders", answer.response())).isEmpty();
    return answer.response();
  }

  private static JsonNode order(JsonNode payment) {
    return orders(SHOP, "")
        .filter(one -> one.path("tid").equals(payment.path("pg_tid")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tellsOfThoseThatWerePaidAndGivenBack() {
    JsonNode first = PayWindow.paid(SHOP, PayWindow.KAKAOPAY);
    JsonNode second = PayWindow.paid(SHOP, PayWindow.KAKAOPAY);
    JsonNode listed = order(first);
    assertThat(listed.path("status").asString()).isEqualTo("SUCCESS_PAYMENT");
    assertThat(listed.path("amount").path("total").asLong()).isEqualTo(11_000);
    assertThat(listed.path("cid")).isEqualTo(first.path("pg_id"));
    assertThat(listed.path("approved_at").asString("")).isNotEmpty();
    String uid = first.path("imp_uid").asString();
    Map<String, Object> part = Map.of("imp_uid", uid, "amount", 4_000);
    assertThat(SHOP.api().post("/payments/cancel", part).code()).isZero();
    JsonNode partly = order(first);
    assertThat(partly.path("status").asString()).isEqualTo("PART_CANCEL_PAYMENT");
    assertThat(partly.path("cancel_available_amount").path("total").asLong()).isEqualTo(7_000);
    assertThat(SHOP.api().post("/payments/cancel", Map.of("imp_uid", uid)).code()).isZero();
    assertThat(order(first).path("status").asString()).isEqualTo("CANCEL_PAYMENT");
    assertThat(order(second).path("status").asString()).isEqualTo("SUCCESS_PAYMENT");
    assertThat(orders(SHOP, "").map(one -> one.path("tid")))
        .containsSubsequence(second.path("pg_tid"), first.path("pg_tid"));
  }

  @Test
  void nobodySeesAnothersOrders() {
    JsonNode paid = PayWindow.paid(SHOP, PayWindow.KAKAOPAY);
    Shop other = Shop.fresh();
    assertThat(orders(other, "").map(one -> one.path("tid"))).doesNotContain(paid.path("pg_tid"));
    JsonNode others = PayWindow.paid(other, PayWindow.KAKAOPAY);
    assertThat(orders(other, "").map(one -> one.path("tid")))
        .containsExactly(others.path("pg_tid"));
  }

  @Test
  void ofADayAndAPageAndAnAccount() {
    PayWindow.paid(SHOP, PayWindow.KAKAOPAY);
    JsonNode none = listed(SHOP, path(LocalDate.of(2020, 2, 29)) + "&page=3");
    assertThat(none.path("page").asInt()).isEqualTo(3);
    assertThat(none.path("payment_request_date").asString()).isEqualTo("20200229");
    assertThat(none.path("cid").asString()).isEqualTo("TC0ONETIME");
    assertThat(none.path("orders")).isEmpty();
    assertThat(orders(SHOP, "&page=1000")).isEmpty();
    assertThat(orders(SHOP, "&cid=TC0ONETIME")).isNotEmpty();
    assertThat(listed(SHOP, path(today()) + "&cid=TCSUBSCRIP").path("cid").asString())
        .isEqualTo("TCSUBSCRIP");
    Wire.refused(SHOP.api().get(path(today()) + "&cid=TC00000000"), 400, -1);
  }

  @Test
  void whoHasNoSuchChannelHasNoList() {
    Shop shop = Shop.bare();
    Wire.refused(shop.api().get(path(today())), 400, -1);
    shop.withChannel(PayWindow.KAKAOPAY, Map.of());
    Wire.refused(shop.api().get(path(today())), 501, -1);
    Shop wrong = Shop.bare().withChannel(LISTS, Map.of("key", Map.of("reveal", "wrong")));
    Wire.refused(wrong.api().get(path(today())), 500, -1);
  }
}
