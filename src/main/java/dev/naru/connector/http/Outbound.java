package dev.naru.connector.http;

import java.io.IOException;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
  private final PublicResolver resolver;

  /**
   * @param live whether only public addresses may be reached
   */
  public Outbound(boolean live) {
    this(live, Set.of());
  }

  /**
   * @param also hosts that may be reached in live mode as well, where everything is rehearsed
   */
  public Outbound(boolean live, Set<String> also) {
    resolver = new PublicResolver(live, also);
    client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(resolver)
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

  /** Whether this is a URL that can be called at all; where it leads is seen when it is. */
  public static boolean takes(String url) {
    try {
      return target(url) != null;
    } catch (URISyntaxException | IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Whether this may be called as things are now: in live mode nothing that leads to private
   * addresses alone. A name that is not known yet may; it is looked up again at every call.
   *
   * @param url one that is taken
   */
  public boolean reaches(String url) {
    try {
      resolver.resolve(target(url).getHost());
      return true;
    } catch (PublicResolver.Refused inside) {
      return false;
    } catch (UnknownHostException notYet) {
      return true;
    } catch (URISyntaxException | IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * An answer as it may be kept and shown: without what looks like a card number, and without the
   * one character that no text of a database holds.
   */
  public static String shown(String answer) {
    return Scrub.body(answer.replace("\0", ""), Set.of());
  }

  /** Sends it and waits. Never throws for what the URL, the network or the other side does. */
  public OutboundReply post(OutboundCall call) {
    HttpPost request;
    try {
      request = new HttpPost(target(call.url()));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return new OutboundReply.Blocked("not a URL that can be called: " + e.getMessage());
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
  private OutboundReply within(Duration total, HttpPost request) {
    FutureTask<OutboundReply> exchange = new FutureTask<>(() -> exchange(request));
    Thread.ofVirtual().name("outbound").start(exchange);
    try {
      return exchange.get(total.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      request.cancel();
      return new OutboundReply.Failed("no complete answer within " + total.toMillis() + " ms");
    } catch (InterruptedException stopping) {
      request.cancel();
      Thread.currentThread().interrupt();
      return new OutboundReply.Failed("interrupted");
    } catch (ExecutionException e) {
      return new OutboundReply.Failed(reason(e.getCause()));
    }
  }

  private OutboundReply exchange(HttpPost request) {
    try {
      ClassicHttpResponse response =
          client.executeOpen(
              RoutingSupport.determineHost(request), request, HttpCoreContext.create());
      return new OutboundReply.Answered(response.getCode(), body(response.getEntity()));
    } catch (PublicResolver.Refused refused) {
      return new OutboundReply.Blocked(reason(refused));
    } catch (IOException | HttpException e) {
      return new OutboundReply.Failed(reason(e));
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
}
