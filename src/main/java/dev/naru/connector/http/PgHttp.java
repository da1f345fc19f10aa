package dev.naru.connector.http;

import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.kernel.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
  public Call call(String orderId, String method, URI url) {
    return new Call(orderId, method, url);
  }

  /** What came of a call. */
  public sealed interface Reply {

    /** An answer, of whatever status. */
    record Answer(int status, byte[] body) implements Reply {

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

  /** One call in the making. */
  public final class Call {

    private final String orderId;
    private final String method;
    private final URI url;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private Set<String> hidden = Set.of();
    private @Nullable Secret concealed;
    private Charset charset = StandardCharsets.UTF_8;
    private byte[] body = {};

    private Call(String orderId, String method, URI url) {
      this.orderId = orderId;
      this.method = method;
      this.url = url;
    }

    public Call header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    /** Fields of request and answer that the wire log must not show. */
    public Call hide(Set<String> fields) {
      hidden = fields;
      return this;
    }

    /** A value that the wire log must not show wherever it stands, the URL included. */
    public Call conceal(Secret value) {
      concealed = value;
      return this;
    }

    public Call json(String text) {
      headers.put("Content-Type", "application/json; charset=utf-8");
      body = text.getBytes(StandardCharsets.UTF_8);
      return this;
    }

    public Call form(Map<String, String> fields, Charset encoding) {
      headers.put(
          "Content-Type",
          "application/x-www-form-urlencoded; charset=" + encoding.name().toLowerCase(Locale.ROOT));
      charset = encoding;
      body =
          fields.entrySet().stream()
              .map(
                  field ->
                      encode(field.getKey(), encoding) + "=" + encode(field.getValue(), encoding))
              .collect(Collectors.joining("&"))
              .getBytes(StandardCharsets.US_ASCII);
      return this;
    }

    /**
     * Sends it and waits. Never throws for what the network or the PG does, only {@link
     * Lease.Ended} for what this node is too late to send.
     */
    public Reply send() {
      Instant started = clock.instant();
      long begin = System.nanoTime();
      try {
        Reply reply = client.exchange(new PgClient.Request(method, url, headers, body));
        keep(started, begin, reply);
        return reply;
      } catch (Lease.Ended late) {
        keep(started, begin, new Reply.NotSent("the lease had ended"));
        throw late;
      }
    }

    /**
     * Sends it and has the answer read: the one way from a reply to an outcome. What was not sent
     * is {@link Decline.Reason#UNREACHABLE}; no answer, and one whose reading throws, is unknown.
     *
     * @param read calls nobody
     */
    public <T> Outcome<T> ask(Function<Reply.Answer, Outcome<T>> read) {
      return switch (send()) {
        case Reply.Answer answer -> new Outcome.Ok<>(answer).judge(read);
        case Reply.NotSent(String why) -> Outcome.unreachable(why);
        case Reply.NoAnswer(String why) -> new Outcome.Unknown<>(why);
      };
    }

    private void keep(Instant started, long begin, Reply reply) {
      log.keep(entry(started, (System.nanoTime() - begin) / 1_000_000, reply));
    }

    private WireLog.Entry entry(Instant started, long millis, Reply reply) {
      String sent = scrub(new String(body, StandardCharsets.UTF_8));
      String target = scrub(url.toString());
      return switch (reply) {
        case Reply.Answer answer ->
            new WireLog.Entry(
                orderId,
                started,
                millis,
                method,
                target,
                sent,
                answer.status(),
                scrub(answer.text(charset)));
        case Reply.NotSent(String why) ->
            new WireLog.Entry(
                orderId, started, millis, method, target, sent, 0, "not sent: " + why);
        case Reply.NoAnswer(String why) ->
            new WireLog.Entry(
                orderId, started, millis, method, target, sent, 0, "no answer: " + why);
      };
    }

    private String scrub(String text) {
      String shown =
          concealed == null || concealed.reveal().isEmpty()
              ? text
              : text.replace(concealed.reveal(), "***");
      return Scrub.body(shown, hidden);
    }

    private static String encode(String text, Charset encoding) {
      return URLEncoder.encode(text, encoding);
    }
  }
}
