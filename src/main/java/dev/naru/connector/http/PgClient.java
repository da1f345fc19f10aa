package dev.naru.connector.http;

import dev.naru.connector.http.PgHttp.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The connections behind {@link PgHttp}: what one exchange came to, and whether the request can
 * have arrived.
 */
final class PgClient {

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

  private final PgHttp.Timeouts timeouts;
  private final PgClocks clocks;
  private final CloseableHttpClient client;

  PgClient(PgHttp.Timeouts timeouts, PgClocks clocks) {
    this.timeouts = timeouts;
    this.clocks = clocks;
    client = client(timeouts);
  }

  record Request(String method, URI url, Map<String, String> headers, byte[] body) {}

  /**
   * Throws {@link Lease.Ended} if the caller's lease was over when the request was to be written.
   */
  Reply exchange(Request asked) {
    HttpUriRequestBase request = request(asked);
    HttpClientContext context = HttpClientContext.create();
    // The client's own timeouts are for one read each; an answer may not trickle in for ever.
    Duration longest = timeouts.connect().plus(timeouts.read());
    ScheduledFuture<?> watch =
        WATCH.schedule(request::cancel, longest.toMillis(), TimeUnit.MILLISECONDS);
    long begun = clocks.now();
    try {
      ClassicHttpResponse response =
          client.executeOpen(RoutingSupport.determineHost(request), request, context);
      Header date = response.getFirstHeader("Date");
      clocks.answered(asked.url(), date == null ? null : date.getValue(), begun);
      return answer(response);
    } catch (IOException | HttpException | IllegalStateException e) {
      // The last of them is what the client makes of a cancel between leasing and connecting.
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
    Map<String, String> headers = new HashMap<>();
    for (Header header : response.getHeaders()) {
      headers.merge(
          header.getName().toLowerCase(Locale.ROOT),
          Objects.requireNonNullElse(header.getValue(), ""),
          (one, more) -> one + ", " + more);
    }
    return new Reply.Answer(response.getCode(), read(response.getEntity()), headers);
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

  private static HttpUriRequestBase request(Request asked) {
    HttpUriRequestBase request = new HttpUriRequestBase(asked.method(), asked.url());
    asked.headers().forEach(request::setHeader);
    if (asked.body().length > 0) {
      request.setEntity(new ByteArrayEntity(asked.body(), null));
    }
    return request;
  }

  private static String reason(Throwable e) {
    String message = e.getMessage();
    return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  private static CloseableHttpClient client(PgHttp.Timeouts timeouts) {
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
              // The connection stands: nothing but the writing itself lies between this and the PG.
              Lease lease = Lease.current();
              if (lease != null && lease.isOver()) {
                throw new Lease.Ended();
              }
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
}
