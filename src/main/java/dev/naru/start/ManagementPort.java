package dev.naru.start;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Puts health, metrics and the list of matters on a port of their own, on the loopback interface:
 * {@code NARU_MANAGEMENT_PORT}, else {@code NARU_PORT} + 2. Spring wants to know before there are
 * settings.
 */
public final class ManagementPort implements EnvironmentPostProcessor {

  private static final int AFTER = 2;

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "naru-management",
                Map.of(
                    "management.server.port",
                    port(environment),
                    "management.server.address",
                    "127.0.0.1")));
  }

  private static String port(ConfigurableEnvironment environment) {
    String own = environment.getProperty("naru.management.port", "").strip();
    if (!own.isEmpty()) {
      return own;
    }
    String hub = environment.getProperty("naru.port", "8080").strip();
    boolean any = environment.containsProperty("server.port");
    // What is no port is reported with all other problems of the settings.
    return any || !hub.matches("[1-9]\\d{0,4}")
        ? "0"
        : Integer.toString(Math.min(Integer.parseInt(hub) + AFTER, 65_535));
  }
}
