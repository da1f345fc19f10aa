package dev.naru.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.kernel.HubClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    classes = HookApiTest.Web.class,
    properties = {
      "spring.autoconfigure.exclude="
          + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration,"
          + "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
      "management.endpoint.health.validate-group-membership=false"
    })
class HookApiTest {

  /** A web server with nothing but the hooks. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import({Hooks.class, HookApi.class})
  static class Web {
    @Bean
    HubClock hubClock() {
      return new HubClock();
    }
  }

  private final HttpClient client = HttpClient.newHttpClient();

  @LocalServerPort private int port;

  @Test
  void listsWhatItGotNewestLast() throws Exception {
    post("got", "application/json", "{\"imp_uid\":\"imp_1\",\"status\":\"paid\"}");
    post(
        "got?order=7",
        "application/x-www-form-urlencoded",
        "merchant_uid=%EC%A3%BC+1&status=ready");
    post("got", "text/plain", "hello");

    JsonNode list = list("got");
    assertThat(list).hasSize(3);
    JsonNode json = list.get(0);
    assertThat(json.path("fields").path("imp_uid").asString()).isEqualTo("imp_1");
    assertThat(json.path("contentType").asString()).isEqualTo("application/json");
    assertThat(json.path("answered").asInt()).isEqualTo(200);
    assertThat(json.path("headers").path("x-own").asString()).isEqualTo("yes");
    JsonNode form = list.get(1);
    assertThat(form.path("body").asString()).isEqualTo("merchant_uid=%EC%A3%BC+1&status=ready");
    assertThat(form.path("fields").path("merchant_uid").asString()).isEqualTo("주 1");
    assertThat(form.path("query").asString()).isEqualTo("order=7");
    assertThat(list.get(2).path("fields").isNull()).isTrue();

    assertThat(send("DELETE", "got", null, "").statusCode()).isEqualTo(204);
    assertThat(list("got")).isEmpty();
  }

  @Test
  void answersAsItIsTold() throws Exception {
    assertThat(post("url?status=503", "application/x-www-form-urlencoded", "a=1")).isEqualTo(503);
    assertThat(list("url").get(0).path("body").asString()).isEqualTo("a=1");
    assertThat(tell("told", "{\"status\":500,\"times\":2,\"delayMillis\":1}")).isEqualTo(204);
    assertThat(post("told", "text/plain", "")).isEqualTo(500);
    assertThat(post("told", "text/plain", "")).isEqualTo(500);
    assertThat(post("told", "text/plain", "")).isEqualTo(200);
    assertThat(tell("told", "{\"status\":99}")).isEqualTo(400);
  }

  @Test
  void keepsTheNewestThousandAndRefusesWhatIsTooLarge() throws Exception {
    for (int n = 0; n < 1_003; n++) {
      post("many", "text/plain", "n" + n);
    }
    JsonNode list = list("many");
    assertThat(list).hasSize(1_000);
    assertThat(list.get(999).path("body").asString()).isEqualTo("n1002");
    assertThat(post("large", "text/plain", "x".repeat(64 * 1024))).isEqualTo(200);
    assertThat(post("large", "text/plain", "x".repeat(64 * 1024 + 1))).isEqualTo(413);
    assertThat(list("large")).hasSize(1);
  }

  @Test
  void isNotThereInLiveMode() {
    ApplicationContextRunner runner =
        new ApplicationContextRunner()
            .withBean(HubClock.class)
            .withUserConfiguration(Hooks.class, HookApi.class);
    runner
        .withPropertyValues("naru.mode=Live")
        .run(hub -> assertThat(hub).doesNotHaveBean(HookApi.class).doesNotHaveBean(Hooks.class));
    runner.run(hub -> assertThat(hub).hasSingleBean(HookApi.class));
  }

  private int post(String name, String type, String body) throws Exception {
    return send("POST", name, type, body).statusCode();
  }

  private int tell(String name, String json) throws Exception {
    return send("PUT", name, "application/json", json).statusCode();
  }

  private JsonNode list(String name) throws Exception {
    return JsonMapper.shared().readTree(send("GET", name, null, "").body());
  }

  private HttpResponse<String> send(
      String method, String name, @org.jspecify.annotations.Nullable String type, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/sandbox/hooks/" + name))
            .method(method, BodyPublishers.ofString(body))
            .header("X-Own", "yes");
    if (type != null) {
      request.header("Content-Type", type);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
