package dev.naru.kernel;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How this hub was asked to run.
 *
 * @param baseUrl how browsers and PGs reach the hub; no trailing slash
 * @param simulatorUrl where the simulators are; null in live mode
 * @param rehearsal simulators that stand in for the PGs of a live hub's test channels; null usually
 * @param console where operators work
 * @param patience shortens or lengthens {@code Pg.patience()} of every PG; null keeps each PG's own
 */
public record Settings(
    boolean live,
    String bind,
    int port,
    Path data,
    @Nullable Database database,
    URI baseUrl,
    @Nullable Path keyset,
    int simulatorPort,
    @Nullable URI simulatorUrl,
    boolean startsSimulators,
    PgTimes pgTimes,
    @Nullable Duration patience,
    Door door,
    Keep keep,
    @Nullable URI rehearsal,
    Console console) {

  /** An external PostgreSQL; the embedded one is used where there is none. */
  public record Database(String url, String user, Secret password) {}

  /**
   * @param connect how long a connection to a PG may take
   * @param read how long a PG may take to answer
   * @param answer how long a request waits for the resolver when an outcome is unknown
   * @param moment how long a browser that is back from a PG's window waits before it gets a page
   */
  public record PgTimes(Duration connect, Duration read, Duration answer, Duration moment) {}

  /**
   * Who may come how often.
   *
   * @param requestsPerSecond of one API key; 0 for any number
   * @param wrongKeysPerMinute wrong key pairs at getToken from one address; 0 for any number
   * @param windowsPerMinute what anybody may open from one address without a key: windows, links,
   *     look-ups of a user code; 0 for any number
   * @param trustedProxies CIDR blocks with commas between them whose forwarded headers are
   *     believed; empty for none
   */
  public record Door(
      int requestsPerSecond, int wrongKeysPerMinute, int windowsPerMinute, String trustedProxies) {
    public static final Door OPEN = new Door(0, 0, 0, "");
  }

  /**
   * How long is kept what need not be kept for ever; zero for ever.
   *
   * @param wireLog what PGs were told and answered
   * @param windows of payments and identity checks, links that are over, payments that nobody began
   *     to pay
   * @param webhooks the log of those that are over
   * @param certifications those that are over, and who was certified
   */
  public record Keep(
      Duration wireLog, Duration windows, Duration webhooks, Duration certifications) {
    public static final Keep ALL =
        new Keep(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }

  /**
   * Where operators work.
   *
   * @param bind the address of its own port
   * @param port the hub's own, unless the console has one to itself
   * @param url how browsers reach it; no trailing slash
   */
  public record Console(String bind, int port, URI url) {}

  /** Whether the console has a port to itself, and is not at the hub's. */
  public boolean consoleApart() {
    return console.port() != port;
  }

  public boolean sandbox() {
    return !live;
  }
}
