package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.testing.Api;
import dev.naru.testing.Book;
import dev.naru.testing.Hub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code /benepia}: how many welfare points somebody has, and paying with them. */
class BenepiaTest {

  private final Shop shop = Shop.fresh();
  private final Book book = new Book(Hub.shared());
  private final String user = "user-" + UUID.randomUUID();

  private Api.Answer pay(String who, Map<String, ?> changes) {
    Map<String, Object> parameters = shop.points(who);
    parameters.putAll(changes);
    return shop.api().post("/benepia/payment", parameters);
  }

  private long points() {
    Api.Answer answer = shop.api().post("/benepia/point", shop.points(user));
    assertThat(answer.status()).as(answer.message()).isEqualTo(200);
    assertThat(answer.response().propertyNames()).containsExactly("point");
    return answer.response().path("point").asLong();
  }

  @Test
  void paysWithPointsAndGivesThemBack() {
    assertThat(points()).isEqualTo(100_000);
    String hook = "/sandbox/hooks/benepia-" + UUID.randomUUID();
    Api.Answer answer =
        pay(user, Map.of("amount", 30_000, "notice_url", Hub.shared().url() + hook));
    JsonNode paid = answer.response();
    assertThat(answer.code()).as(answer.message()).isZero();
    assertThat(paid.path("status").asString()).isEqualTo("paid");
    assertThat(paid.path("pay_method").asString()).isEqualTo("point");
    assertThat(paid.path("pg_provider").asString()).as("V1's name of it").isEqualTo("kcp");
    assertThat(paid.path("channel").asString()).isEqualTo("api");
    assertThat(paid.path("imp_uid").asString()).startsWith("imps_");
    assertThat(points()).isEqualTo(70_000);
    await().atMost(Duration.ofSeconds(10)).until(() -> shop.api().get(hook).body().size() == 1);

    String uid = paid.path("imp_uid").asString();
    Map<String, Object> part = Map.of("imp_uid", uid, "amount", 10_000);
    assertThat(shop.api().post("/payments/cancel", part).code()).isZero();
    assertThat(points()).isEqualTo(80_000);
    JsonNode rest = shop.api().post("/payments/cancel", Map.of("imp_uid", uid)).response();
    assertThat(rest.path("cancel_amount").asInt()).isEqualTo(30_000);
    assertThat(points()).isEqualTo(100_000);
  }

  @Test
  void withoutAMemberCodeItIsATestPayment() {
    Map<String, Object> parameters = shop.points(user);
    parameters.remove("benepia_member_code");
    Api.Answer answer = shop.api().postForm("/benepia/payment", parameters);
    assertThat(answer.response().path("status").asString()).isEqualTo("paid");
    assertThat(answer.response().path("sandbox").asBoolean()).isTrue();
  }

  @Test
  void morePointsThanThereAreLeaveAFailedRecord() {
    Api.Answer answer = pay(user, Map.of("amount", 100_001));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.code()).isZero();
    assertThat(answer.response().path("status").asString()).isEqualTo("failed");
    assertThat(answer.response().path("fail_code").asString()).isEqualTo("INSUFFICIENT_BALANCE");
    assertThat(points()).isEqualTo(100_000);
  }

  @Test
  void aWrongPasswordIsNotAnswered() {
    Map<String, Object> wrong = Map.of("benepia_password", "wrong");
    Api.Answer refused = pay(user, wrong);
    Wire.refused(refused, 200, -1);
    assertThat(refused.message()).contains("비밀번호");
    Map<String, Object> parameters = shop.points(user);
    parameters.putAll(wrong);
    Wire.refused(shop.api().post("/benepia/point", parameters), 500, -1);
    Wire.refused(shop.api().post("/benepia/point", shop.points("4000000000009001")), 500, -1);
  }

  @Test
  void oneOrderIsPaidOnce() {
    Map<String, Object> parameters = shop.points(user);
    String order = String.valueOf(parameters.get("merchant_uid"));
    assertThat(shop.api().post("/benepia/payment", parameters).code()).isZero();
    Wire.refused(shop.api().post("/benepia/payment", parameters), 200, 1);
    assertThat(book.charges(order)).hasSize(1);
    assertThat(shop.onetime(Shop.TOSS, Api.GOOD_CARD, Map.of("merchant_uid", order)).code())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "4000000000009001, failed",
    "4000000000009002, paid",
    "4000000000009003, paid",
    "4000000000009004, paid",
    "4000000000009005, paid"
  })
  @Execution(ExecutionMode.CONCURRENT)
  void aChargeWithoutAnAnswerEndsAsThePgHasIt(String who, String end) {
    String order = Api.newOrder();
    String hook = "/sandbox/hooks/" + order;
    Api.Answer answer =
        pay(
            who,
            Map.of("merchant_uid", order, "amount", 10, "notice_url", Hub.shared().url() + hook));
    assertThat(answer.code()).as(answer.message()).isZero();
    assertThat(answer.response().path("status").asString()).isIn("ready", end);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                shop.api()
                    .get("/payments/find/" + order)
                    .response()
                    .path("status")
                    .asString()
                    .equals(end));
    assertThat(book.charges(order)).hasSize(end.equals("paid") ? 1 : 0);
    await().atMost(Duration.ofSeconds(10)).until(() -> shop.api().get(hook).body().size() == 1);
  }

  @Test
  void takesOnlyAChannelThatHasPoints() {
    long before = shop.rows("payment");
    for (String channel : List.of(Shop.TOSS, Shop.GALAXIA, Shop.QUICK)) {
      Map<String, Object> other = Map.of("channel_key", shop.channelKey(channel));
      Wire.refused(pay(user, other), 501, -1);
      Map<String, Object> parameters = shop.points(user);
      parameters.putAll(other);
      Wire.refused(shop.api().post("/benepia/point", parameters), 501, -1);
    }
    Wire.refused(pay(user, Map.of("channel_key", "channel-key-of-nobody")), 200, -1);
    assertThat(shop.rows("payment")).isEqualTo(before);
  }

  /** Older clients know no channel_key: V1's names of the PG do, whatever else is called so. */
  @ParameterizedTest
  @ValueSource(strings = {"kcp", "kcp.T0000", ""})
  void isFoundWithoutAChannelKey(String pg) {
    Map<String, Object> parameters = shop.points(user);
    parameters.remove("channel_key");
    parameters.put("pg", pg);
    JsonNode paid = shop.api().post("/benepia/payment", parameters).response();
    assertThat(paid.path("status").asString()).isEqualTo("paid");
    assertThat(paid.path("pg_id").asString()).isEqualTo("T0000");
  }
}
