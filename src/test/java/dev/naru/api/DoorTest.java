package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.kernel.Failed;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.door.AllowLists;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Who may come how often, and from where; on a hub behind a proxy on this machine. */
@Apart
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String PAIR =
      JSON.writeValueAsString(Map.of("imp_key", Api.KEY, "imp_secret", Api.SECRET));
  private static final String WRONG = "{\"imp_key\":\"imp_apikey\",\"imp_secret\":\"guess\"}";
  private static final long DEMO = 1;

  private Hub hub = Hub.shared();

  @BeforeAll
  void start() {
    hub =
        Hub.start(
            Map.of(
                "naru.trusted.proxies", "127.0.0.1,10.0.0.0/8",
                "naru.rate.limit", "20",
                "naru.wrong.keys", "3"));
  }

  @AfterAll
  void stop() {
    hub.close();
  }

  private HttpResponse<String> token(String from, String body) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(hub.url().resolve("/users/getToken"))
            .header("X-Forwarded-For", from)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> cards(String from) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(hub.url().resolve("/cards/366"))
            .header("X-Forwarded-For", from)
            .header("Authorization", new Api(hub.url()).token())
            .build(),
        BodyHandlers.ofString());
  }

  private static Api.Answer answer(HttpResponse<String> response) {
    return new Api.Answer(response.statusCode(), JSON.readTree(response.body()));
  }

  @Test
  void whoGuessesMustWait() throws Exception {
    for (int i = 0; i < 3; i++) {
      Wire.refused(answer(token("203.0.113.9", WRONG)), 401, -1);
    }
    HttpResponse<String> fourth = token("203.0.113.9", PAIR);
    Wire.refused(answer(fourth), 429, -1);
    assertThat(Integer.parseInt(fourth.headers().firstValue("Retry-After").orElseThrow()))
        .isBetween(1, 60);
    // What the guesser says of other addresses is not believed: the proxy's word comes last.
    assertThat(token("198.51.100.7, 203.0.113.9, 10.1.2.3", PAIR).statusCode()).isEqualTo(429);
    for (int i = 0; i < 10; i++) {
      assertThat(token("203.0.113.10", PAIR).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whoGuessesOneKeyLeavesTheOthersAlone() throws Exception {
    String other = WRONG.replace("imp_apikey", "imp_unknown");
    for (int i = 0; i < 3; i++) {
      Wire.refused(answer(token("203.0.113.77", other)), 401, -1);
    }
    assertThat(token("203.0.113.77", other).statusCode()).isEqualTo(429);
    assertThat(token("203.0.113.77", PAIR).statusCode()).isEqualTo(200);
    // Of all keys together there is a limit too: twenty times as many.
    int last = 0;
    for (int i = 0; i < 1_000 && last != 429; i++) {
      last = token("203.0.113.78", WRONG.replace("imp_apikey", "imp_unknown" + i)).statusCode();
    }
    assertThat(last).isEqualTo(429);
  }

  @Test
  void aNetworkOfIpv6IsOneAddress() throws Exception {
    for (int i = 0; i < 3; i++) {
      Wire.refused(answer(token("2001:db8:7:7::" + (i + 1), WRONG)), 401, -1);
    }
    assertThat(token("2001:db8:7:7:ffff::9", WRONG).statusCode()).isEqualTo(429);
    assertThat(token("2001:db8:7:8::1", WRONG).statusCode()).isEqualTo(401);
  }

  /** One after the other they would be within the rate where a machine is slow. */
  private static List<HttpResponse<String>> atOnce(int many, Callable<HttpResponse<String>> call)
      throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<HttpResponse<String>> got = new ArrayList<>();
      for (Future<HttpResponse<String>> one : threads.invokeAll(Collections.nCopies(many, call))) {
        got.add(one.get());
      }
      return got;
    }
  }

  @Test
  void anApiKeyHasItsRate() throws Exception {
    List<HttpResponse<String>> got = atOnce(120, () -> cards("192.0.2.1"));
    HttpResponse<String> refused =
        got.stream().filter(each -> each.statusCode() == 429).findFirst().orElseThrow();
    Wire.refused(answer(refused), 429, -1);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(Collections.frequency(got.stream().map(HttpResponse::statusCode).toList(), 200))
        .isGreaterThanOrEqualTo(20);
  }

  @Test
  void anAllowListAdmitsItsAddressesAlone() throws Exception {
    AllowLists lists = hub.bean(AllowLists.class);
    lists.update(Actor.HUB, DEMO, List.of(" 192.0.2.0/24", "2001:db8::/32", "127.0.0.1"));
    try {
      assertThat(lists.of(DEMO)).containsExactly("192.0.2.0/24", "2001:db8::/32", "127.0.0.1");
      for (String from : List.of("192.0.2.200", "2001:db8:1::5")) {
        assertThat(token(from, PAIR).statusCode()).isEqualTo(200);
      }
      for (String from : List.of("192.0.3.1", "2001:db9::1", "unknown")) {
        Wire.refused(answer(token(from, PAIR)), 403, -1);
        Wire.refused(answer(cards(from)), 403, -1);
      }
    } finally {
      lists.update(Actor.HUB, DEMO, List.of());
    }
    assertThat(token("192.0.3.1", PAIR).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shop.example",
        "1.2.3",
        "1.2.3.256",
        "1.2.3.4/33",
        "::1/129",
        "dead",
        "1.2.3.4/x"
      })
  void whatIsNoBlockIsRefused(String block) {
    AllowLists lists = hub.bean(AllowLists.class);
    assertThatThrownBy(() -> lists.update(Actor.HUB, DEMO, List.of(block)))
        .isInstanceOf(Failed.class);
    assertThat(lists.of(DEMO)).isEmpty();
  }

  @Test
  void withoutATrustedProxyNobodySpeaksForOthers() throws Exception {
    Shop shop = Shop.bare();
    Hub.shared()
        .bean(AllowLists.class)
        .update(Actor.HUB, shop.merchant().id(), List.of("192.0.2.1"));
    Api.Answer refused =
        shop.api()
            .bare(
                HttpRequest.newBuilder(shop.api().at("/users/getToken"))
                    .header("X-Forwarded-For", "192.0.2.1")
                    .header("Content-Type", "application/json")
                    .POST(
                        BodyPublishers.ofString(
                            JSON.writeValueAsString(
                                Map.of("imp_key", shop.key(), "imp_secret", Shop.SECRET)))));
    Wire.refused(refused, 403, -1);
    assertThat(refused.message()).contains("127.0.0.1");
  }

  @Test
  void aSubMerchantMayBeStricter() {
    Shop parent = Shop.bare();
    Shop tier = parent.tier("C01");
    Hub.shared()
        .bean(AllowLists.class)
        .update(Actor.HUB, tier.merchant().id(), List.of("192.0.2.1"));
    Wire.refused(tier.api().get("/users/pg"), 403, -1);
    assertThat(parent.api().get("/users/pg").status()).isEqualTo(200);
  }
}
