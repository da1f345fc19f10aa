package dev.naru.merchant.reach;

import dev.naru.connector.Pg;
import dev.naru.kernel.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * In sandbox mode and in rehearsals, tells the simulators what a channel is described with, so that
 * they know its MID and keys: what a shop otherwise signs a contract for. They keep it in memory
 * alone, and are told again whenever a channel is read.
 */
@Component
public class SimulatedContracts {

  private static final Logger LOG = LoggerFactory.getLogger(SimulatedContracts.class);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int TRIES = 600;

  private final Settings settings;

  /** Of whom they are still to be told. */
  private final Set<Record> waiting = ConcurrentHashMap.newKeySet();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  SimulatedContracts(Settings settings) {
    this.settings = settings;
  }

  /** Returns when they know. Those that are not up yet are told as soon as they are. */
  public void tell(Pg<?> pg, Pg.Mode mode, Record config) {
    URI simulators = simulators(mode);
    if (simulators == null || config.equals(pg.demo())) {
      return;
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(simulators + "/_sim/contracts/" + pg.code()))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(fields(config)))
            .build();
    try {
      if (!isHeard(request) && waiting.add(config)) {
        Thread.ofVirtual().name("contract").start(() -> insist(request, config));
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** In JSON, each a text: a secret is told as what it is. */
  private static String fields(Record config) {
    ObjectNode fields = JSON.createObjectNode();
    JSON.valueToTree(config)
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              fields.put(field.getKey(), value.path("reveal").asString(value.asString("")));
            });
    return fields.toString();
  }

  /** Where the PG of a channel is a simulator; null where it is none. */
  private @Nullable URI simulators(Pg.Mode mode) {
    return switch (mode) {
      case SANDBOX -> settings.simulatorUrl();
      case TEST -> settings.rehearsal();
      case LIVE -> null;
    };
  }

  private void insist(HttpRequest request, Record config) {
    try {
      for (int i = 0; i < TRIES; i++) {
        Thread.sleep(PAUSE);
        if (isHeard(request)) {
          return;
        }
      }
      LOG.warn("the simulators do not hear of a channel: {}", request.uri());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.remove(config);
    }
  }

  /** Whatever the answer: there are PGs that take any MID. */
  private boolean isHeard(HttpRequest request) throws InterruptedException {
    try {
      var _ = http.send(request, BodyHandlers.discarding());
      return true;
    } catch (IOException notUp) {
      return false;
    }
  }
}
