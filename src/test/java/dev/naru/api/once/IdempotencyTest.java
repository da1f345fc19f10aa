package dev.naru.api.once;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.api.Shop;
import dev.naru.api.Wire;
import dev.naru.api.wire.Params;
import dev.naru.testing.Api;
import dev.naru.testing.Book;
import dev.naru.testing.Hub;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The {@code Idempotency-Key} header, over the wire. */
class IdempotencyTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String ONETIME = "/subscribe/payments/onetime";
  private static final String SLOW = "4000-0000-0000-9005";
  private static final String ANSWER_LOST = "4000-0000-0000-9002";
  private static final String CANCEL_ANSWER_LOST = "4000-0000-0000-9012";

  private final Shop shop = Shop.fresh();
  private final String key = UUID.randomUUID().toString();

  private static HttpResponse<byte[]> send(
      Api api, String path, String type, String key, String body) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(api.at(path))
            .header("Authorization", api.token())
            .header("Content-Type", type)
            .header(Idempotency.HEADER, key)
            .timeout(Duration.ofSeconds(60))
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> post(Api api, String path, String key, Map<String, ?> json)
      throws Exception {
    return send(api, path, "application/json", key, JSON.writeValueAsString(json));
  }

  private static Api.Answer answer(HttpResponse<byte[]> response) {
    return new Api.Answer(response.statusCode(), JSON.readTree(response.body()));
  }

  private static void same(HttpResponse<byte[]> again, HttpResponse<byte[]> first) {
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.statusCode()).isEqualTo(first.statusCode());
    assertThat(again.headers().firstValue("Content-Type"))
        .isEqualTo(first.headers().firstValue("Content-Type"));
    assertThat(first.headers().firstValue(Idempotency.REPLAYED)).isEmpty();
    assertThat(again.headers().firstValue(Idempotency.REPLAYED)).hasValue("true");
  }

  private Map<String, Object> order(String card) {
    return Api.keyIn(Api.newOrder(), Shop.TOSS, card);
  }

  @Test
  void theFirstAnswerIsGivenAgain() throws Exception {
    Map<String, Object> order = order(Api.GOOD_CARD);
    HttpResponse<byte[]> first = post(shop.api(), ONETIME, key, order);
    assertThat(answer(first).response().path("status").asString()).isEqualTo("paid");
    String impUid = answer(first).response().path("imp_uid").asString();
    shop.api().post("/payments/cancel", Map.of("imp_uid", impUid));
    same(post(shop.api(), ONETIME, key, order), first);
    same(post(shop.api(), ONETIME + "/", "\"" + key + "\"", new TreeMap<>(order)), first);
    assertThat(shop.rows("payment")).isEqualTo(1);
    assertThat(new Book(Hub.shared()).charges(String.valueOf(order.get("merchant_uid"))))
        .hasSize(1);
  }

  @Test
  void formsAsWell() throws Exception {
    StringBuilder form = new StringBuilder();
    order(Api.GOOD_CARD)
        .forEach(
            (name, value) ->
                form.append(name)
                    .append('=')
                    .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8))
                    .append('&'));
    String type = "application/x-www-form-urlencoded";
    HttpResponse<byte[]> first = send(shop.api(), ONETIME, type, key, form.toString());
    assertThat(answer(first).response().path("status").asString()).isEqualTo("paid");
    same(send(shop.api(), ONETIME, type, key, form.toString()), first);
  }

  @Test
  void refusalsToo() throws Exception {
    for (Map<String, Object> order :
        List.of(order("4000-0000-0000-0002"), Map.<String, Object>of("merchant_uid", "x"))) {
      String own = UUID.randomUUID().toString();
      HttpResponse<byte[]> first = post(shop.api(), ONETIME, own, order);
      same(post(shop.api(), ONETIME, own, order), first);
    }
    assertThat(shop.rows("payment")).isEqualTo(1);
  }

  @Test
  void aPartialCancelIsMadeOnce() throws Exception {
    String impUid = shop.paid(Shop.TOSS).path("imp_uid").asString();
    Map<String, Object> part = Map.of("imp_uid", impUid, "amount", 1_000);
    HttpResponse<byte[]> first = post(shop.api(), "/payments/cancel", key, part);
    assertThat(answer(first).response().path("cancel_amount").asInt()).isEqualTo(1_000);
    same(post(shop.api(), "/payments/cancel", key, part), first);
    assertThat(shop.rows("cancellation")).isEqualTo(1);
    HttpResponse<byte[]> second = post(shop.api(), "/payments/cancel", key + "2", part);
    assertThat(answer(second).response().path("cancel_amount").asInt()).isEqualTo(2_000);
  }

  @Test
  void anotherInputIsRefused() throws Exception {
    Map<String, Object> order = order(Api.GOOD_CARD);
    post(shop.api(), ONETIME, key, order);
    order.put("amount", 10_001);
    Wire.refused(answer(post(shop.api(), ONETIME, key, order)), 422, -1);
    Map<String, Object> of = Map.of("schedule_at", 4_000_000_000L);
    String path = "/subscribe/payments/schedule/%s/reschedule";
    post(shop.api(), path.formatted("a"), key, of);
    Wire.refused(answer(post(shop.api(), path.formatted("b"), key, of)), 422, -1);
    assertThat(shop.rows("payment")).isEqualTo(1);
  }

  @Test
  void aKeyIsOfOneMerchantAndOperation() throws Exception {
    Map<String, Object> order = order(Api.GOOD_CARD);
    for (Shop each : List.of(shop, shop.tier("T01"), Shop.fresh())) {
      HttpResponse<byte[]> first = post(each.api(), ONETIME, key, order);
      // An Api of a tier sends its header only by its own methods.
      assertThat(answer(first).code()).as(answer(first).message()).isZero();
      if (each.merchant().tierCode() == null) {
        assertThat(each.rows("payment")).isEqualTo(1);
      }
    }
    Map<String, Object> prepare =
        Map.of("merchant_uid", order.get("merchant_uid"), "amount", 10_000);
    assertThat(answer(post(shop.api(), "/payments/prepare", key, prepare)).status()).isEqualTo(200);
    assertThat(shop.rows("idempotency")).isEqualTo(2);
  }

  @Test
  void ofManyAtOnceOneRuns() throws Exception {
    Map<String, Object> order = order(SLOW);
    List<HttpResponse<byte[]>> got = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<HttpResponse<byte[]>> once = () -> post(shop.api(), ONETIME, key, order);
      for (Future<HttpResponse<byte[]>> each :
          threads.invokeAll(java.util.Collections.nCopies(12, once))) {
        got.add(each.get());
      }
    }
    assertThat(got).extracting(HttpResponse::statusCode).containsOnly(200, 409);
    assertThat(got).filteredOn(each -> each.statusCode() == 409).isNotEmpty();
    got.stream()
        .filter(each -> each.statusCode() == 409)
        .forEach(each -> Wire.refused(answer(each), 409, -1));
    assertThat(answer(post(shop.api(), ONETIME, key, order)).response().path("status").asString())
        .isEqualTo("paid");
    assertThat(shop.rows("payment")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\"\"", "two words", "a\"b c"})
  void whatIsNoKeyIsRefused(String none) throws Exception {
    Wire.refused(answer(post(shop.api(), ONETIME, none, order(Api.GOOD_CARD))), 400, -1);
    String tooLong = "k".repeat(256);
    Wire.refused(answer(post(shop.api(), ONETIME, tooLong, order(Api.GOOD_CARD))), 400, -1);
    assertThat(shop.rows("payment")).isZero();
  }

  @Test
  void withoutATokenNothingIsKept() throws Exception {
    Api.Answer answer =
        shop.api()
            .bare(
                HttpRequest.newBuilder(shop.api().at(ONETIME))
                    .header(Idempotency.HEADER, key)
                    .POST(BodyPublishers.ofString("{}")));
    Wire.refused(answer, 401, -1);
    assertThat(shop.rows("idempotency")).isZero();
  }

  @Test
  void nothingIsKeptInClear() throws Exception {
    post(shop.api(), ONETIME, key, order(Api.GOOD_CARD));
    String row =
        shop.database()
            .sql(
                "select idempotency::text || encode(answer, 'escape') from idempotency"
                    + " where merchant_id = :merchant")
            .param("merchant", shop.merchant().id())
            .query(String.class)
            .single();
    assertThat(row).doesNotContain(key, "buyer@example.com", "imp_uid", "1234-1234");
  }

  private void age(Duration age) {
    int changed =
        shop.database()
            .sql("update idempotency set began_at = :began where merchant_id = :merchant")
            .param("began", Timestamp.from(Instant.now().minus(age)))
            .param("merchant", shop.merchant().id())
            .update();
    assertThat(changed).isEqualTo(1);
  }

  @Test
  void itIsKeptForFifteenDays() throws Exception {
    String impUid = shop.paid(Shop.TOSS).path("imp_uid").asString();
    Map<String, Object> part = Map.of("imp_uid", impUid, "amount", 1_000);
    HttpResponse<byte[]> first = post(shop.api(), "/payments/cancel", key, part);
    age(Duration.ofDays(15).minusMinutes(1));
    same(post(shop.api(), "/payments/cancel", key, part), first);
    age(Duration.ofDays(15).plusMinutes(1));
    assertThat(
            answer(post(shop.api(), "/payments/cancel", key, part))
                .response()
                .path("cancel_amount")
                .asInt())
        .isEqualTo(2_000);
    age(Duration.ofDays(16));
    assertThat(
            Hub.shared()
                .bean(IdempotencyStore.class)
                .forget(Instant.now().minus(Duration.ofDays(15))))
        .isPositive();
    assertThat(shop.rows("idempotency")).isZero();
  }

  /** As if the first request had died before it did anything. */
  @Test
  void aLostRequestThatDidNothingIsDoneOnce() throws Exception {
    Map<String, Object> order = order(Api.GOOD_CARD);
    IdempotencyKeys keys = Hub.shared().bean(IdempotencyKeys.class);
    String input = ONETIME + "\n" + new Params(order, JSON).canonical();
    IdempotencyKeys.Claim claim = keys.claim(shop.merchant().id(), "POST " + ONETIME, key, input);
    assertThat(claim).isInstanceOf(IdempotencyKeys.Claim.Mine.class);
    Wire.refused(answer(post(shop.api(), ONETIME, key, order)), 409, -1);
    KeyInUse row = ((IdempotencyKeys.Claim.Mine) claim).row();
    keys.release(row);
    HttpResponse<byte[]> first = post(shop.api(), ONETIME, key, order);
    assertThat(answer(first).response().path("status").asString()).isEqualTo("paid");
    // The one believed dead was only slow: what it says now is too late to be kept.
    keys.answer(row, new IdempotencyStore.Answer(200, "late"));
    keys.release(row);
    same(post(shop.api(), ONETIME, key, order), first);
    assertThat(shop.rows("payment")).isEqualTo(1);
  }

  /** While an outcome is unknown, each repetition learns how it stands; the end is kept. */
  @Test
  void whatIsUndecidedIsNotKept() throws Exception {
    try (Hub hub = Hub.start(Map.of("naru.pg.wait", "PT0S"))) {
      Api api = new Api(hub.url());
      Map<String, Object> order = order(ANSWER_LOST);
      JsonNode first = answer(post(api, ONETIME, key, order)).response();
      assertThat(first.path("status").asString()).isEqualTo("ready");
      JsonNode end = repeated(api, ONETIME, order, "status", "paid");
      assertThat(end.path("imp_uid")).isEqualTo(first.path("imp_uid"));
      assertThat(new Book(hub).charges(String.valueOf(order.get("merchant_uid")))).hasSize(1);
      HttpResponse<byte[]> kept = post(api, ONETIME, key, order);
      assertThat(kept.headers().firstValue(Idempotency.REPLAYED)).hasValue("true");
      assertThat(answer(kept).response()).isEqualTo(end);

      JsonNode paid = api.post(ONETIME, order(CANCEL_ANSWER_LOST)).response();
      Map<String, Object> part =
          Map.of("imp_uid", paid.path("imp_uid").asString(), "amount", 1_000);
      Api.Answer undecided = answer(post(api, "/payments/cancel", key, part));
      assertThat(undecided.code()).isEqualTo(1);
      repeated(api, "/payments/cancel", part, "cancel_amount", "1000");
      assertThat(answer(post(api, "/payments/cancel", key, part)).response().path("cancel_history"))
          .hasSize(1);
    }
  }

  private JsonNode repeated(Api api, String path, Map<String, ?> body, String name, String value) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> answer(post(api, path, key, body)).response(),
            response -> value.equals(response.path(name).asString("")));
  }
}
