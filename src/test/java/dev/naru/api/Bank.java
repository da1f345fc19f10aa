package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The payer's bank, at Hecto Financial, and the demo shop whose notice address it knows. */
final class Bank {

  static final String SETTLE = "settle";

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Of the numbers its test contract has, each is open once at a time. */
  private static final AtomicInteger FIXED = new AtomicInteger(1);

  private static final AtomicInteger UNLIMITED = new AtomicInteger(56);

  private Bank() {}

  /** A number for one deposit at a time, of bank 004. */
  static String fixed() {
    return "20220040000" + "%02d".formatted(FIXED.getAndIncrement());
  }

  /** A number for any number of deposits, of bank 004. */
  static String unlimited() {
    return "20220040000" + "%02d".formatted(UNLIMITED.getAndIncrement());
  }

  /** The parameters of an account over 10,000 won. */
  static Map<String, Object> account() {
    Map<String, Object> parameters = Shop.account(SETTLE);
    parameters.put("vbank_code", "004");
    parameters.put("notice_url", Hub.shared().url() + hook());
    return parameters;
  }

  private static String hook() {
    return "/sandbox/hooks/bank-" + UUID.randomUUID();
  }

  /** What the hook of an account heard, in the order of the states it was told. */
  static java.util.List<String> heard(Api api, Map<String, Object> account) {
    String url = String.valueOf(account.get("notice_url"));
    return api.get(url.substring(url.indexOf("/sandbox")))
        .body()
        .valueStream()
        .map(one -> one.path("fields").path("status").asString(""))
        .sorted()
        .toList();
  }

  static Api.Answer deposit(String number, long amount, String depositor) {
    Map<String, Object> body = Map.of("amount", amount, "depositor", depositor);
    return new Api(Hub.shared().simulatorUrl())
        .bare(
            HttpRequest.newBuilder(
                    Hub.shared()
                        .simulatorUrl()
                        .resolve("/_sim/vbanks/" + SETTLE + "/" + number + "/deposit"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  /** Waits until a payment is like that. */
  static JsonNode becomes(Api api, JsonNode payment, Predicate<JsonNode> like) {
    String path = "/payments/" + payment.path("imp_uid").asString();
    await().atMost(Duration.ofSeconds(30)).until(() -> like.test(api.get(path).response()));
    return api.get(path).response();
  }

  static Predicate<JsonNode> is(String status) {
    return payment -> payment.path("status").asString().equals(status);
  }

  static Predicate<JsonNode> worth(long won) {
    return payment -> payment.path("amount").asLong() == won;
  }

  static JsonNode opened(Api api, Map<String, Object> account) {
    Api.Answer answer = api.post("/vbanks", account);
    assertThat(answer.code()).as(answer.message()).isZero();
    assertThat(answer.response().path("status").asString()).isEqualTo("ready");
    return answer.response();
  }
}
