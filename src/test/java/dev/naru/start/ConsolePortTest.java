package dev.naru.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.kernel.Settings;
import dev.naru.testing.Apart;
import dev.naru.testing.Hub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A console with a port to itself: each door serves what is its own alone. */
@Apart
class ConsolePortTest {

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void eachDoorServesItsOwnAlone() throws Exception {
    try (Hub hub = Hub.start(Map.of("naru.console.port", "0"))) {
      Settings settings = hub.bean(Settings.class);
      String console = "http://localhost:" + settings.console().port();
      assertThat(settings.consoleApart()).isTrue();
      assertThat(settings.console().url()).hasToString(console);

      assertThat(get(console + "/console/sign-in").statusCode()).isEqualTo(200);
      assertThat(get(console + "/assets/look/tokens.css").statusCode()).isEqualTo(200);
      assertThat(get(console + "/").headers().firstValue("Location"))
          .hasValueSatisfying(to -> assertThat(to).endsWith("/console"));
      assertThat(get(console + "/payments/imp_1").statusCode()).isEqualTo(404);
      assertThat(get(console + "/consoles").statusCode()).isEqualTo(404);
      assertThat(get(console + "/demo").statusCode()).isEqualTo(404);
      assertThat(post(console + "/users/getToken").statusCode()).isEqualTo(404);

      assertThat(get(hub.url() + "/console").statusCode()).isEqualTo(404);
      assertThat(get(hub.url() + "/console/sign-in").statusCode()).isEqualTo(404);
      assertThat(get(hub.url() + "/assets/look/tokens.css").statusCode()).isEqualTo(200);
      assertThat(post(hub.url() + "/users/getToken").statusCode()).isNotEqualTo(404);
      assertThat(get(hub.url() + "/").body()).contains(console + "/console");
    }
  }

  private HttpResponse<String> get(String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).header("Accept", "text/html").build();
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString("imp_key=a")).build();
    return client.send(request, BodyHandlers.ofString());
  }
}
