package dev.naru.testing;

import dev.naru.Naru;
import dev.naru.connector.Pg;
import dev.naru.kernel.Settings;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.pg.Gateways;
import dev.naru.simulator.Simulators;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The whole hub within the test process: real PostgreSQL, real HTTP, the simulators on a port of
 * their own. Times are short, so that what waits for a PG that never answers does not take long.
 * One is shared by all tests that change nothing but their own merchant's or order's data.
 */
public final class Hub implements AutoCloseable {

  /** How long a PG may take to answer here. */
  public static final Duration READ = Duration.ofMillis(1_500);

  /** After this the simulators approve "after our timeout". */
  public static final Duration LATE = Duration.ofMillis(2_500);

  /** After this "not found" at a PG is believed here. */
  public static final Duration PATIENCE = Duration.ofSeconds(4);

  static {
    // What breaks in a thread of another test is not told to whoever waits for something here.
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
  }

  /** Starts with its first use and ends with the process. */
  private static final class Shared {
    static final Hub HUB = start(Map.of());

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(HUB::close));
    }
  }

  private final TestDatabase database;
  private final Simulators simulators;
  private final ConfigurableApplicationContext context;

  private Hub(
      TestDatabase database, Simulators simulators, ConfigurableApplicationContext context) {
    this.database = database;
    this.simulators = simulators;
    this.context = context;
  }

  public static Hub shared() {
    return Shared.HUB;
  }

  /** One of its own; {@code properties} win over the usual ones. */
  public static Hub start(Map<String, String> properties) {
    return start(properties, LATE);
  }

  /** The same, with simulators that approve "after our timeout" after {@code late}. */
  public static Hub start(Map<String, String> properties, Duration late) {
    return start(properties, late, Duration.ofMillis(700));
  }

  /** The same, with simulators that answer slowly after {@code slow}. */
  public static Hub start(Map<String, String> properties, Duration late, Duration slow) {
    return start(properties, late, slow, InstantSource.system());
  }

  /** The same, with simulators that live by another clock. */
  public static Hub start(Map<String, String> properties, InstantSource simulators) {
    return start(properties, LATE, Duration.ofMillis(700), simulators);
  }

  /** The same, with PGs that were made for a test beside those that there are. */
  public static Hub start(Map<String, String> properties, List<Pg<?>> pgs) {
    return start(
        properties,
        LATE,
        Duration.ofMillis(700),
        InstantSource.system(),
        application ->
            application.addInitializers(
                context ->
                    ((GenericApplicationContext) context)
                        .registerBean(
                            "pgsOfTheTest",
                            PgDirectory.class,
                            () ->
                                new PgDirectory(
                                    Stream.concat(Gateways.ALL.stream(), pgs.stream()).toList()),
                            bean -> bean.setPrimary(true))));
  }

  private static Hub start(
      Map<String, String> properties, Duration late, Duration slow, InstantSource theirs) {
    return start(properties, late, slow, theirs, application -> {});
  }

  private static Hub start(
      Map<String, String> properties,
      Duration late,
      Duration slow,
      InstantSource theirs,
      Consumer<SpringApplication> more) {
    try {
      TestDatabase database = TestDatabase.fresh();
      Path data = Files.createTempDirectory("naru-test-hub");
      Simulators simulators =
          Simulators.start(new Simulators.Settings(0, "127.0.0.1", data, late, slow, theirs));
      int port = HubProcess.freePort();
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("naru.port", port);
      all.put("naru.management.port", 0);
      all.put("naru.base.url", "http://127.0.0.1:" + port);
      all.put("naru.data", data.toString());
      all.put("naru.db.url", database.url());
      all.put("naru.db.user", database.user());
      all.put("naru.simulator.url", simulators.url().toString());
      all.put("naru.pg.read-timeout", READ.toString());
      all.put("naru.pg.connect-timeout", "PT1S");
      all.put("naru.pg.wait", "PT11S");
      // So that what a test does after a return does not depend on the machine.
      all.put("naru.pg.moment", "PT60S");
      all.put("naru.pg.patience", PATIENCE.toString());
      all.put("naru.stop.grace", "0s");
      all.putAll(properties);
      SpringApplication application = new SpringApplication(Naru.class);
      application.setDefaultProperties(all);
      more.accept(application);
      return new Hub(database, simulators, application.run());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public URI url() {
    return context.getBean(Settings.class).baseUrl();
  }

  public URI simulatorUrl() {
    return simulators.url();
  }

  /** A part of the hub, for what cannot be seen from outside. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public TestDatabase database() {
    return database;
  }

  @Override
  public void close() {
    context.close();
    simulators.close();
    database.close();
  }
}
