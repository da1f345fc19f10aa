package dev.naru.start.settings;

import dev.naru.attention.Announcing;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Settings;
import dev.naru.kernel.Settings.Database;
import dev.naru.kernel.Settings.PgTimes;
import dev.naru.start.StartRefused;
import dev.naru.start.command.Keyset;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * Reads the settings: {@code NARU_DB_URL} of the environment, or the property {@code naru.db.url},
 * and so on. An empty value counts as unset.
 */
public final class SettingsReader {

  /** The settings, and what only the simulators that start with the hub need. */
  public record Read(
      Settings settings,
      Duration simulatorLate,
      Duration simulatorSlow,
      Duration stopGrace,
      @Nullable Long simulatorSeed,
      Announcing announcing,
      @Nullable Path shops) {}

  private static final int LAST_PORT = 65_535;

  private final Function<String, @Nullable String> properties;
  private final List<String> problems = new ArrayList<>();

  private SettingsReader(Function<String, @Nullable String> properties) {
    this.properties = properties;
  }

  /**
   * @param properties looks a property up by its name, {@code naru.port} and so on
   * @throws StartRefused naming every problem there is
   */
  public static Read read(Function<String, @Nullable String> properties) {
    SettingsReader reader = new SettingsReader(properties);
    Read read = reader.read();
    if (!reader.problems.isEmpty()) {
      throw new StartRefused(reader.problems);
    }
    return read;
  }

  private Read read() {
    boolean live = live();
    String bind = address("naru.bind", live ? "0.0.0.0" : "127.0.0.1");
    published(live, bind);
    // Spring's own tests ask for a random port by server.port.
    int asked = port("naru.port", text("server.port").isPresent() ? port("server.port", 0) : 8080);
    int port = asked == 0 ? free(bind) : asked;
    Path data = data();
    DoorReader doors = new DoorReader(this::text, this::problem, this::duration);
    Simulator simulator = simulator(live, port, bind, asked == 0);
    URI base = url("naru.base.url").orElse(URI.create("http://localhost:" + port));
    Settings settings =
        new Settings(
            live,
            bind,
            port,
            data,
            database(),
            base,
            keyset(live, data),
            simulator.port,
            simulator.url,
            simulator.starts,
            new PgTimes(
                duration("naru.pg.connect-timeout", Duration.ofSeconds(10)),
                duration("naru.pg.read-timeout", Duration.ofSeconds(30)),
                duration("naru.pg.wait", Duration.ofSeconds(20)),
                duration("naru.pg.moment", Duration.ofMillis(700))),
            text("naru.pg.patience").isEmpty() ? null : duration("naru.pg.patience", Duration.ZERO),
            doors.door(live),
            doors.keep(),
            RehearsalReader.read(live, url(RehearsalReader.SETTING), this::problem),
            new ConsoleReader(this).read(bind, port, base));
    return new Read(
        settings,
        duration("naru.simulator.late", Duration.ofSeconds(35)),
        duration("naru.simulator.slow", Duration.ofSeconds(3)),
        duration("naru.stop.grace", Duration.ofSeconds(live ? 10 : 2)),
        seed(),
        AnnouncingReader.read(this::text, this::problem),
        ShopsReader.read(this::text, this::problem));
  }

  private @Nullable Long seed() {
    Optional<String> text = text("naru.simulator.seed");
    try {
      return text.isEmpty() ? null : Long.valueOf(text.get());
    } catch (NumberFormatException e) {
      problem("naru.simulator.seed", "must be a whole number, not \"" + text.get() + "\"");
      return null;
    }
  }

  private boolean live() {
    String mode = text("naru.mode").orElse("sandbox").toLowerCase(Locale.ROOT);
    if (!mode.equals("sandbox") && !mode.equals("live")) {
      problem("naru.mode", "must be sandbox or live, not \"" + mode + "\"");
    }
    return mode.equals("live");
  }

  String address(String name, String fallback) {
    String address = text(name).orElse(fallback);
    try {
      var _ = InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      problem(name, "is no address of this machine: \"" + address + "\"");
    }
    return address;
  }

  /** A sandbox has published keys: that others can reach it must be somebody's wish. */
  private void published(boolean live, String bind) {
    String wish = text("naru.sandbox.public").orElse("false").toLowerCase(Locale.ROOT);
    if (!wish.equals("true") && !wish.equals("false")) {
      problem("naru.sandbox.public", "must be true or false, not \"" + wish + "\"");
    }
    if (!live && !wish.equals("true") && !isLoopback(bind)) {
      problem(
          "naru.bind",
          "lets others reach this sandbox, whose keys are published, at \""
              + bind
              + "\": set NARU_SANDBOX_PUBLIC=true if they may");
    }
  }

  /** An address that is none has been reported. */
  private static boolean isLoopback(String bind) {
    try {
      return InetAddress.getByName(bind).isLoopbackAddress();
    } catch (UnknownHostException none) {
      return true;
    }
  }

  int port(String name, int fallback) {
    String text = text(name).orElse(Integer.toString(fallback));
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= LAST_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Reported below, as a number out of range is.
    }
    problem(name, "must be a port number from 0 (any free one) to 65535, not \"" + text + "\"");
    return fallback;
  }

  /** Port 0 is resolved here, because URLs are made of it before the server listens. */
  int free(String bind) {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(bind))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      problems.add("No port can be opened at " + bind + ": " + e.getMessage());
      return 0;
    }
  }

  private Path data() {
    String text = text("naru.data").orElse("data");
    try {
      Path data = Path.of(text).toAbsolutePath().normalize();
      Files.createDirectories(data);
      if (!Files.isWritable(data)) {
        problem("naru.data", "is not writable: " + data);
      }
      return data;
    } catch (InvalidPathException | IOException e) {
      problem("naru.data", "cannot be used as a folder: \"" + text + "\"");
      return Path.of("data");
    }
  }

  private @Nullable Database database() {
    Optional<String> url = text("naru.db.url");
    Optional<String> user = text("naru.db.user");
    Optional<String> password = text("naru.db.password");
    if (url.isEmpty()) {
      if (user.isPresent() || password.isPresent()) {
        problem("naru.db.url", "is missing, although a user or a password for it is set");
      }
      return null;
    }
    if (!url.get().startsWith("jdbc:postgresql:")) {
      problem("naru.db.url", "must look like jdbc:postgresql://host:5432/naru");
    }
    return new Database(url.get(), user.orElse("naru"), new Secret(password.orElse("")));
  }

  Optional<URI> url(String name) {
    return text(name)
        .map(
            text -> {
              try {
                URI url = new URI(text.replaceFirst("/+$", ""));
                String scheme = Optional.ofNullable(url.getScheme()).orElse("");
                if (scheme.matches("https?")
                    && url.getHost() != null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null) {
                  return url;
                }
              } catch (URISyntaxException e) {
                // Reported below, as a relative one is.
              }
              problem(name, "must be an absolute http or https URL, not \"" + text + "\"");
              return URI.create("http://localhost");
            });
  }

  private @Nullable Path keyset(boolean live, Path data) {
    Path keyset = text("naru.keyset").map(Path::of).orElse(live ? null : data.resolve(Keyset.FILE));
    if (keyset == null) {
      problem(
          "naru.keyset",
          "is required in live mode: make a file with the argument \"keyset new FILE\"");
      return null;
    }
    if (live || Files.exists(keyset)) {
      Keyset.flaw(keyset).ifPresent(flaw -> problem("naru.keyset", flaw));
    }
    return keyset;
  }

  private record Simulator(int port, @Nullable URI url, boolean starts) {}

  private Simulator simulator(boolean live, int port, String bind, boolean anyPort) {
    Optional<URI> elsewhere = url("naru.simulator.url");
    if (live) {
      if (elsewhere.isPresent()) {
        problem("naru.simulator.url", "must not be set in live mode, which has no simulators");
      }
      return new Simulator(0, null, false);
    }
    if (elsewhere.isPresent()) {
      return new Simulator(0, elsewhere.get(), false);
    }
    int asked = port("naru.simulator.port", anyPort || port == LAST_PORT ? 0 : port + 1);
    int own = asked == 0 ? free(bind) : asked;
    if (own == port) {
      problem("naru.simulator.port", "must differ from NARU_PORT, which is " + port + " too");
    }
    return new Simulator(own, simulatorUrl(bind, own), true);
  }

  /** Names another host than the hub's own URL does: to a browser, a PG is another site. */
  private static @Nullable URI simulatorUrl(String bind, int port) {
    String host =
        switch (bind) {
          case "0.0.0.0", "localhost" -> "127.0.0.1";
          case "::" -> "::1";
          default -> bind;
        };
    try {
      return new URI("http", null, host, port, null, null, null);
    } catch (URISyntaxException e) {
      return null; // A host that is none has been reported.
    }
  }

  private Duration duration(String name, Duration fallback) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      Duration duration = DurationStyle.detectAndParse(text.get());
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (IllegalArgumentException e) {
      // Reported below, as a negative one is.
    }
    problem(name, "must be a duration such as PT10S or 10s, not \"" + text.get() + "\"");
    return fallback;
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(properties.apply(name)).map(String::strip).filter(t -> !t.isEmpty());
  }

  void problem(String name, String what) {
    problems.add(name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_') + " " + what);
  }
}
