package dev.naru.connector.http;

import java.io.IOException;
import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Calls to URLs that came with a request: webhooks and {@code confirm_url}. In live mode they reach
 * the public Internet only: what a host name resolves to is filtered where the connection is made,
 * so there is no second look-up that could say something else. Follows no redirect, keeps no
 * cookie, uses no proxy, reads no more of an answer than {@link #KEPT}.
 */
public final class Outbound implements AutoCloseable {

  /** How many bytes of an answer are read; what follows stays unread. */
  public static final int KEPT = 64 * 1024;

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(20);
  private static final int CONNECTIONS = 1_024;

  private final CloseableHttpClient client;

  /**
   * @param live whether only public addresses may be reached
   */
  public Outbound(boolean live) {
    client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(new Resolver(live))
                    .setMaxConnTotal(CONNECTIONS)
                    .setMaxConnPerRoute(CONNECTIONS)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(Timeout.of(CONNECT))
                            // A kept connection that the other side closed must not cost a call.
                            .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                            .build())
                    .build())
            .evictIdleConnections(TimeValue.of(IDLE))
            .disableAuthCaching()
            .disableAutomaticRetries()
            .disableContentCompression()
            .disableCookieManagement()
            .disableRedirectHandling()
            .setUserAgent("Naru")
            .build();
  }

  /**
   * How long an answer is waited for. A connection gets ten seconds in any case.
   *
   * @param read between sending and the first byte, and between two parts of the answer
   * @param total for everything, look-up and connection included
   */
  public record Patience(Duration read, Duration total) {}

  /** A POST. */
  public record Call(
      String url, String contentType, String body, Map<String, String> headers, Patience patience) {

    public Call {
      headers = Map.copyOf(headers);
    }
  }

  /** What came of a call. */
  public sealed interface Reply {

    /** An answer of whatever status; the body may be cut. */
    record Answered(int status, String body) implements Reply {}

    /** Nothing was sent, because Naru does not call such URLs or addresses. */
    record Blocked(String why) implements Reply {}

    /** No answer: the network, the certificate, or too slow. It may have arrived all the same. */
    record Failed(String why) implements Reply {}
  }

  /** Whether this is a URL that can be called at all; where it leads is seen when it is. */
  public static boolean takes(String url) {
    try {
      return target(url) != null;
    } catch (URISyntaxException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Sends it and waits. Never throws for what the URL, the network or the other side does. */
  public Reply post(Call call) {
    HttpPost request;
    try {
      request = new HttpPost(target(call.url()));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return new Reply.Blocked("not a URL that can be called: " + e.getMessage());
    }
    request.setConfig(
        RequestConfig.custom()
            .setConnectionRequestTimeout(Timeout.of(call.patience().total()))
            .setResponseTimeout(Timeout.of(call.patience().read()))
            .setProtocolUpgradeEnabled(false)
            .build());
    call.headers().forEach(request::setHeader);
    request.setEntity(
        new ByteArrayEntity(
            call.body().getBytes(StandardCharsets.UTF_8), ContentType.parse(call.contentType())));
    return within(call.patience().total(), request);
  }

  /** In a thread of its own: a slow name server cannot be interrupted, only left behind. */
  private Reply within(Duration total, HttpPost request) {
    FutureTask<Reply> exchange = new FutureTask<>(() -> exchange(request));
    Thread.ofVirtual().name("outbound").start(exchange);
    try {
      return exchange.get(total.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      request.cancel();
      return new Reply.Failed("no complete answer within " + total.toMillis() + " ms");
    } catch (InterruptedException stopping) {
      request.cancel();
      Thread.currentThread().interrupt();
      return new Reply.Failed("interrupted");
    } catch (ExecutionException e) {
      return new Reply.Failed(reason(e.getCause()));
    }
  }

  private Reply exchange(HttpPost request) {
    try {
      ClassicHttpResponse response =
          client.executeOpen(
              RoutingSupport.determineHost(request), request, HttpCoreContext.create());
      return new Reply.Answered(response.getCode(), body(response.getEntity()));
    } catch (Refused refused) {
      return new Reply.Blocked(reason(refused));
    } catch (IOException | HttpException e) {
      return new Reply.Failed(reason(e));
    } finally {
      // An answer read to its end has given its connection back, and nothing happens here. Closing
      // any other answer would first read the rest of it; this drops the connection.
      request.cancel();
    }
  }

  private static String body(@Nullable HttpEntity entity) throws IOException {
    if (entity == null) {
      return "";
    }
    byte[] read = entity.getContent().readNBytes(KEPT + 1);
    return text(read, Math.min(read.length, KEPT), entity);
  }

  private static String text(byte[] bytes, int length, HttpEntity entity) {
    ContentType type = ContentType.parseLenient(entity.getContentType());
    Charset charset = type == null ? null : type.getCharset();
    return new String(bytes, 0, length, charset == null ? StandardCharsets.UTF_8 : charset);
  }

  private static URI target(String url) throws URISyntaxException {
    URI given = new URI(url.strip());
    String scheme = given.getScheme();
    if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
      throw new URISyntaxException(url, "neither http nor https");
    }
    String authority = given.getRawAuthority();
    if (authority == null || authority.indexOf('@') >= 0) {
      throw new URISyntaxException(url, "no host, or a user before it");
    }
    String query = given.getRawQuery() == null ? "" : "?" + given.getRawQuery();
    // Hosts and paths may be written in Korean.
    return URI.create(
        URI.create(scheme + "://" + IDN.toASCII(authority) + given.getRawPath() + query)
            .toASCIIString());
  }

  private static String reason(@Nullable Throwable e) {
    if (e == null) {
      return "no answer";
    }
    String message = e.getMessage();
    return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }

  /** The address is not public. */
  private static final class Refused extends UnknownHostException {
    private static final long serialVersionUID = 1;

    Refused(String host) {
      super(host + " is not on the public Internet");
    }
  }

  /** Gives the client only addresses it may connect to; literal addresses come through here too. */
  private record Resolver(boolean live) implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      InetAddress[] all = InetAddress.getAllByName(host);
      if (!live) {
        return all;
      }
      InetAddress[] open = Arrays.stream(all).filter(PublicAddress::is).toArray(InetAddress[]::new);
      if (open.length == 0) {
        throw new Refused(host);
      }
      return open;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
