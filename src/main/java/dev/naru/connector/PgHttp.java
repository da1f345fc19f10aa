package dev.naru.connector;

import dev.naru.kernel.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The one way to speak HTTP to a PG: HTTP/1.1, timeouts, charsets, the scrubbed wire log, and the
 * line between <em>not sent</em> and <em>sent, but no answer</em>. Follows no redirect.
 */
public final class PgHttp {

  private static final int LARGEST_ANSWER = 1 << 20;

  private static final int CONNECTIONS = 1_024;

  /** Set on a call's context once its connection stands, just before the request is written. */
  private static final String SENT = "naru.sent";

  /**
   * A connection is not kept longer than the common servers keep it: a request that meets the
   * server's own closing gets no answer, and nobody can say whether it was served. A server that
   * names its time ({@code Keep-Alive}) is believed.
   */
  private static final TimeValue KEPT_IDLE = TimeValue.ofSeconds(4);

  private static final ScheduledThreadPoolExecutor WATCH = watch();

  private final CloseableHttpClient client;
  private final Map<String, URI> hosts;
  private final Timeouts timeouts;
  private final WireLog log;
  private final InstantSource clock;

  /** How long a connection may take, and an answer. */
  public record Timeouts(Duration connect, Duration read) {}

  private PgHttp(
      CloseableHttpClient client,
      Map<String, URI> hosts,
      Timeouts timeouts,
      WireLog log,
      InstantSource clock) {
    this.client = client;
    this.hosts = hosts;
    this.timeouts = timeouts;
    this.log = log;
    this.clock = clock;
  }

  public static PgHttp create(Timeouts timeouts, WireLog log, InstantSource clock) {
    return new PgHttp(client(timeouts), Map.of(), timeouts, log, clock);
  }

  private static CloseableHttpClient client(Timeouts timeouts) {
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS)
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(timeouts.connect()))
                        .setIdleTimeout(Timeout.of(KEPT_IDLE.toDuration()))
                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                        .build())
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(timeouts.connect()))
                .setResponseTimeout(Timeout.of(timeouts.read()))
                .setDefaultKeepAlive(KEPT_IDLE.getDuration(), KEPT_IDLE.getTimeUnit())
                .setProtocolUpgradeEnabled(false)
                .build())
        .addExecInterceptorAfter(
            ChainElement.CONNECT.name(),
            SENT,
            (request, scope, chain) -> {
              scope.clientContext.setAttribute(SENT, true);
              return chain.proceed(request, scope);
            })
        .evictExpiredConnections()
        .disableAuthCaching()
        .disableAutomaticRetries()
        .disableContentCompression()
        .disableCookieManagement()
        .disableRedirectHandling()
        .setUserAgent("Naru")
        .build();
  }

  private static ScheduledThreadPoolExecutor watch() {
    ScheduledThreadPoolExecutor watch =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("pg-http-watch").factory());
    watch.setRemoveOnCancelPolicy(true);
    return watch;
  }

  /** The same, bound to one PG's endpoints and one channel's log; the connections are shared. */
  public PgHttp to(Map<String, URI> endpoints, WireLog channelLog) {
    return new PgHttp(client, Map.copyOf(endpoints), timeouts, channelLog, clock);
  }

  /** The URL of a path at one of the PG's named hosts. */
  public URI at(String host, String path) {
    URI base = hosts.get(host);
    if (base == null) {
      throw new IllegalArgumentException("no endpoint named " + host);
    }
    return URI.create(base + path);
  }

  /** Whether this PG has an endpoint of that name in this mode. */
  public boolean has(String host) {
    return hosts.containsKey(host);
  }

  public Instant now() {
    return clock.instant();
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

    /** Sends it and waits. Never throws for what the network or the PG does. */
    public Reply send() {
      Instant started = clock.instant();
      long begin = System.nanoTime();
      Reply reply = exchange();
      log.keep(entry(started, (System.nanoTime() - begin) / 1_000_000, reply));
      return reply;
    }

    private Reply exchange() {
      HttpUriRequestBase request = request();
      HttpClientContext context = HttpClientContext.create();
      // The client's own timeouts are for one read each; an answer may not trickle in for ever.
      Duration longest = timeouts.connect().plus(timeouts.read());
      ScheduledFuture<?> watch =
          WATCH.schedule(request::cancel, longest.toMillis(), TimeUnit.MILLISECONDS);
      try {
        return answer(client.executeOpen(RoutingSupport.determineHost(request), request, context));
      } catch (IOException | HttpException e) {
        return context.getAttribute(SENT) == null
            ? new Reply.NotSent(reason(e))
            : new Reply.NoAnswer(reason(e));
      } finally {
        watch.cancel(false);
        // An answer read to its end has given its connection back; any other is dropped here.
        request.cancel();
      }
    }

    private static Reply answer(ClassicHttpResponse response) throws IOException {
      return new Reply.Answer(response.getCode(), read(response.getEntity()));
    }

    private static byte[] read(@Nullable HttpEntity entity) throws IOException {
      if (entity == null) {
        return new byte[0];
      }
      InputStream content = entity.getContent();
      byte[] read = content.readNBytes(LARGEST_ANSWER + 1);
      if (read.length > LARGEST_ANSWER) {
        throw new IOException("an answer of more than " + LARGEST_ANSWER + " bytes");
      }
      return read;
    }

    private HttpUriRequestBase request() {
      HttpUriRequestBase request = new HttpUriRequestBase(method, url);
      headers.forEach(request::setHeader);
      if (body.length > 0) {
        request.setEntity(new ByteArrayEntity(body, null));
      }
      return request;
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

    private static String reason(Throwable e) {
      String message = e.getMessage();
      return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
  }
}
