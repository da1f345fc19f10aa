package dev.naru.simulator;

import dev.naru.simulator.kit.Fake;
import dev.naru.simulator.kit.House;
import dev.naru.simulator.kit.facts.Pace;
import dev.naru.simulator.kit.web.Web;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Starts the fake PGs, all on one port, each under its own prefix. */
public final class Simulators implements AutoCloseable {

  /**
   * How they run.
   *
   * @param port 0 picks a free one
   * @param data the books are kept below it
   * @param late how long "approves after our timeout" takes, and how long a silent connection is
   *     held
   * @param slow how long a slow answer takes
   * @param seed makes the codes of identity checks the same in every run; null: they are random
   */
  public record Settings(
      int port,
      String bind,
      Path data,
      Duration late,
      Duration slow,
      InstantSource clock,
      @Nullable Long seed) {

    public Settings(
        int port, String bind, Path data, Duration late, Duration slow, InstantSource clock) {
      this(port, bind, data, late, slow, clock, null);
    }

    static Settings of(Map<String, String> env) {
      return new Settings(
          Integer.parseInt(env.getOrDefault("NARU_SIMULATOR_PORT", "8081")),
          env.getOrDefault("NARU_BIND", "127.0.0.1"),
          Path.of(env.getOrDefault("NARU_DATA", "data")),
          Duration.parse(env.getOrDefault("NARU_SIMULATOR_LATE", "PT35S")),
          Duration.parse(env.getOrDefault("NARU_SIMULATOR_SLOW", "PT3S")),
          InstantSource.system(),
          env.containsKey("NARU_SIMULATOR_SEED")
              ? Long.valueOf(env.get("NARU_SIMULATOR_SEED"))
              : null);
    }
  }

  private final Web web;
  private final String bind;
  private final House house;

  private Simulators(Settings settings) {
    Pace pace = new Pace(settings.clock(), settings.late(), settings.slow());
    web = new Web(settings.bind(), settings.port(), pace);
    bind = settings.bind();
    house = new House(settings.data().resolve("simulator"), pace, settings.seed());
    for (Function<House, Fake> opening : Fakes.ALL) {
      Fake fake = opening.apply(house);
      house.admit(fake);
      fake.doors().forEach(door -> web.open(house.guarded(door)));
    }
    house.onReset(web::letGo);
    house.doors().forEach(door -> web.open(house.guarded(door)));
  }

  /** Starts them and returns when they listen. */
  public static Simulators start(Settings settings) {
    Simulators simulators = new Simulators(settings);
    simulators.web.start();
    return simulators;
  }

  public int port() {
    return web.port();
  }

  public URI url() {
    String host = bind.equals("0.0.0.0") ? "localhost" : bind;
    return URI.create("http://" + host + ":" + port());
  }

  @Override
  public void close() {
    web.close();
    house.close();
  }

  /** Runs them until the process is killed. */
  public static void main(String[] args) throws InterruptedException {
    Simulators simulators = start(Settings.of(System.getenv()));
    Runtime.getRuntime().addShutdownHook(new Thread(simulators::close));
    System.out.println("Simulators: " + simulators.url() + "  (test only: no money moves)");
    new CountDownLatch(1).await();
  }
}
