package dev.naru.sandbox;

import dev.naru.kernel.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

/** Tells the simulators what time it is, wherever they run. */
@Component
@Conditional(SandboxOnly.class)
class SimulatorTime {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(SimulatorTime.class);

  private final Settings settings;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  SimulatorTime(Settings settings) {
    this.settings = settings;
  }

  /**
   * Returns when they have done what was to happen meanwhile. Those that this hub has not started
   * may be away: then no PG answers either.
   */
  void follow(Duration ahead) {
    URI clock = URI.create(settings.simulatorUrl() + "/_sim/clock");
    try {
      var _ =
          http.send(
              HttpRequest.newBuilder(clock)
                  .timeout(PATIENCE)
                  .PUT(BodyPublishers.ofString("{\"ahead_millis\":" + ahead.toMillis() + "}"))
                  .build(),
              BodyHandlers.discarding());
    } catch (IOException away) {
      LOG.warn("the simulators do not hear what time it is", away);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
