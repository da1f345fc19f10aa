package dev.naru.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.Naru;
import dev.naru.kernel.Secret;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import dev.naru.start.command.Keyset;
import dev.naru.testing.HubProcess;
import dev.naru.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** What a live hub shows to anybody, and with which headers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LivePagesTest {

  private final TestDatabase database = TestDatabase.fresh();
  private final HttpClient http = HttpClient.newHttpClient();
  private int port;
  private ConfigurableApplicationContext hub;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    port = HubProcess.freePort();
    Path keyset = folder.resolve("keyset.json");
    Keyset.generate().write(keyset, false);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("naru.mode", "live");
    all.put("naru.port", port);
    all.put("naru.bind", "127.0.0.1");
    all.put("naru.management.port", 0);
    all.put("naru.data", folder.resolve("data").toString());
    all.put("naru.keyset", keyset.toString());
    all.put("naru.db.url", database.url());
    all.put("naru.db.user", database.user());
    all.put("naru.stop.grace", "0s");
    SpringApplication application = new SpringApplication(Naru.class);
    application.setDefaultProperties(all);
    hub = application.run();
    hub.getBean(Merchants.class)
        .add(
            new Merchant(1, 0, "imp10000001", null, null, "상점"),
            Map.of("key", new Secret("secret")));
  }

  @AfterAll
  void stop() {
    hub.close();
    database.close();
  }

  /** Every file that the program could serve. */
  static Stream<String> files() throws IOException {
    PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();
    Stream<String> ours =
        Stream.of(resolver.getResources("classpath*:/static/**/*.*"))
            .map(found -> path(found).replaceFirst(".*/static/", "/"));
    Stream<String> swagger =
        Stream.of(resolver.getResources("classpath*:/META-INF/resources/webjars/swagger-ui/**/*.*"))
            .map(found -> path(found).replaceFirst(".*/META-INF/resources/", "/"));
    return Stream.concat(ours, swagger).filter(path -> !path.contains(".map")).sorted();
  }

  private static String path(Resource found) {
    try {
      return found.getURL().toString();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void filesRunNothing(String path) throws Exception {
    HttpResponse<String> file = get(path);
    boolean ofSandbox = path.startsWith("/assets/demo/") || path.startsWith("/assets/sandbox/");
    assertThat(file.statusCode()).as(path).isEqualTo(ofSandbox ? 404 : 200);
    assertThat(policies(file)).singleElement().asString().startsWith("default-src 'none'");
    assertThat(file.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/demo",
        "/demo/events",
        "/sandbox/cards",
        "/sandbox/clock",
        "/sandbox/outbox",
        "/sandbox/hooks/demo",
        "/_sim/outbox/messages"
      })
  void pagesOfTheSandboxAreNotThere(String path) throws Exception {
    assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    safe(get(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/docs",
        "/v3/api-docs",
        "/users/pg",
        "/users/pg/imp10000001",
        "/payments/imp_123456789012",
        "/checkout/1-0123456789abcdef0123456789abcdef",
        "/checkout/1-0123456789abcdef0123456789abcdef/result",
        "/link/1-0123456789abcdef",
        "/nowhere",
        "/error"
      })
  void pagesAndAnswersAreKeptByNobody(String path) throws Exception {
    safe(get(path));
  }

  @Test
  void tokensAndRefusalsAreKeptByNobody() throws Exception {
    for (String body : List.of("imp_key=key&imp_secret=secret", "imp_key=key", "{")) {
      safe(
          send(
              HttpRequest.newBuilder(at("/users/getToken"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString(body))));
    }
  }

  @Test
  void theScriptMayBeKept() throws Exception {
    HttpResponse<String> script = get("/v1/iamport.js");
    assertThat(script.headers().allValues("Cache-Control"))
        .singleElement()
        .asString()
        .contains("max-age");
    assertThat(script.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/checkout/prepare", "/checkout/certification"})
  void whereABuyerReturnsToNamesNoUser(String path) throws Exception {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(at(path))
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"user_code": "imp10000001", "mobile": true, "params": {
                          "pg": "html5_inicis", "pay_method": "card", "merchant_uid": "o",
                          "name": "n", "amount": 1000,
                          "m_redirect_url": "http://shop@evil.example/"}}
                        """)));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("m_redirect_url");
    safe(answer);
  }

  private static void safe(HttpResponse<String> answer) {
    assertThat(policies(answer))
        .singleElement()
        .asString()
        .startsWith("default-src 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
  }

  private static List<String> policies(HttpResponse<String> answer) {
    return answer.headers().allValues("Content-Security-Policy");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(at(path)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
