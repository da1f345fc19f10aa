package dev.naru.sandbox;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Asks the simulators what they know, for those who cannot reach them. */
@Component
@Conditional(SandboxOnly.class)
public class SimulatorDesk {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Settings settings;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  SimulatorDesk(Settings settings) {
    this.settings = settings;
  }

  /**
   * Passes their answer on as it is.
   *
   * @param path of their control surface, query included
   * @throws Failed not found if they are not there
   */
  public ResponseEntity<byte[]> ask(String method, String path) throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(settings.simulatorUrl() + path))
              .timeout(PATIENCE)
              .method(method, BodyPublishers.noBody())
              .build();
      HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
      return ResponseEntity.status(answer.statusCode())
          .contentType(MediaType.APPLICATION_JSON)
          .body(answer.body());
    } catch (IOException away) {
      throw Failed.notFound(Refusal.SIMULATOR_AWAY);
    }
  }
}
