package dev.naru.connector.http;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.ContentType;

/**
 * The one way to speak HTTP to a PG: HTTP/1.1, timeouts, charsets, the scrubbed wire log, and the
 * line between <em>not sent</em> and <em>sent, but no answer</em>. Follows no redirect.
 */
public final class PgHttp {

  private final PgClient client;
  private final Map<String, URI> hosts;
  private final WireLog log;
  private final InstantSource clock;
  private final PgClocks clocks;

  /** How long a connection may take, and an answer. */
  public record Timeouts(Duration connect, Duration read) {}

  private PgHttp(
      PgClient client, Map<String, URI> hosts, WireLog log, InstantSource clock, PgClocks clocks) {
    this.client = client;
    this.hosts = hosts;
    this.log = log;
    this.clock = clock;
    this.clocks = clocks;
  }

  /** With what it measures of PGs' clocks kept to itself. */
  public static PgHttp create(Timeouts timeouts, WireLog log, InstantSource clock) {
    return create(timeouts, log, clock, new PgClocks(clock));
  }

  /** Bound to no PG yet; what it measures of PGs' clocks is shared. */
  public static PgHttp create(
      Timeouts timeouts, WireLog log, InstantSource clock, PgClocks clocks) {
    return new PgHttp(new PgClient(timeouts, clocks), Map.of(), log, clock, clocks);
  }

  /** The same, bound to one PG's endpoints and one channel's log; the connections are shared. */
  public PgHttp to(Map<String, URI> endpoints, WireLog channelLog) {
    return new PgHttp(client, Map.copyOf(endpoints), channelLog, clock, clocks);
  }

  /** The URL of a path at one of the PG's named hosts. */
  public URI at(String host, String path) {
    URI base = hosts.get(host);
    if (base == null) {
      throw new IllegalArgumentException("no endpoint named " + host);
    }
    return URI.create(base + path);
  }

  /**
   * The address of a window as the PG tells it: below one of its domains, or, as in the sandbox,
   * where that endpoint is.
   *
   * @param domains each with a dot before it
   * @throws IllegalArgumentException if it is elsewhere
   */
  public URI window(String host, String address, String... domains) {
    URI target = URI.create(address);
    URI endpoint = at(host, "");
    String there = String.valueOf(target.getHost());
    boolean known =
        there.equals(endpoint.getHost()) || Arrays.stream(domains).anyMatch(there::endsWith);
    if (!known || !endpoint.getScheme().equals(target.getScheme())) {
      throw new IllegalArgumentException("a window that is elsewhere: " + target.getHost());
    }
    return target;
  }

  /** Whether this PG has an endpoint of that name in this mode. */
  public boolean has(String host) {
    return hosts.containsKey(host);
  }

  public Instant now() {
    return clock.instant();
  }

  /**
   * How much later it is by {@link #now()} than at one of the PG's named hosts; empty if no answer
   * of it has told yet.
   */
  public Optional<PgClocks.Skew> skew(String host) {
    return clocks.of(at(host, ""));
  }

  /** Starts a call that is about one of our orders. */
  public PgCall call(String orderId, String method, URI url) {
    return new PgCall(client, log, clock, orderId, method, url);
  }

  /** What came of a call. */
  public sealed interface Reply {

    /**
     * An answer, of whatever status.
     *
     * @param headers by lower-case name; those that came more than once are joined by commas
     */
    record Answer(int status, byte[] body, Map<String, String> headers) implements Reply {

      public Answer {
        headers = Map.copyOf(headers);
      }

      /** Whatever the case of its name. */
      public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
      }

      /** In the charset that the answer names, UTF-8 if it names none that is known here. */
      public String textAsNamed() {
        return text(charset().orElse(StandardCharsets.UTF_8));
      }

      Optional<Charset> charset() {
        try {
          return header("content-type").map(ContentType::parseLenient).map(ContentType::getCharset);
        } catch (IllegalArgumentException noCharset) {
          return Optional.empty();
        }
      }

      public String text(Charset charset) {
        return new String(body, charset);
      }

      public String text() {
        return text(StandardCharsets.UTF_8);
      }

      /** 2xx. */
      public boolean isSuccess() {
        return status / 100 == 2;
      }

      /** 4xx. */
      public boolean isRefusal() {
        return status / 100 == 4;
      }

      public boolean isServerError() {
        return status >= 500;
      }
    }

    /** The request never reached the PG: nothing can have happened. */
    record NotSent(String why) implements Reply {}

    /** The request went out, and no answer came back. */
    record NoAnswer(String why) implements Reply {}
  }
}
