package dev.naru.connector.http;

import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.kernel.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One call in the making. */
public final class PgCall {

  private final PgClient client;
  private final WireLog log;
  private final InstantSource clock;
  private final String orderId;
  private final String method;
  private final URI url;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private Set<String> hidden = Set.of();
  private @Nullable Secret concealed;
  private Charset charset = StandardCharsets.UTF_8;
  private byte[] body = {};

  PgCall(
      PgClient client, WireLog log, InstantSource clock, String orderId, String method, URI url) {
    this.client = client;
    this.log = log;
    this.clock = clock;
    this.orderId = orderId;
    this.method = method;
    this.url = url;
  }

  public PgCall header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Fields of request and answer that the wire log must not show. */
  public PgCall hide(Set<String> fields) {
    hidden = fields;
    return this;
  }

  /** A value that the wire log must not show wherever it stands, the URL included. */
  public PgCall conceal(Secret value) {
    concealed = value;
    return this;
  }

  public PgCall json(String text) {
    headers.put("Content-Type", "application/json; charset=utf-8");
    body = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /** JSON for a PG that wants another charset than UTF-8, named as Java names it. */
  public PgCall json(String text, Charset encoding) {
    headers.put("Content-Type", "application/json;charset=" + encoding.name());
    charset = encoding;
    body = text.getBytes(encoding);
    return this;
  }

  public PgCall form(Map<String, String> fields, Charset encoding) {
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
   * Sends it and waits. Never throws for what the network or the PG does, only {@link Lease.Ended}
   * for what this node is too late to send.
   */
  public PgHttp.Reply send() {
    Instant started = clock.instant();
    long begin = System.nanoTime();
    try {
      PgHttp.Reply reply = client.exchange(new PgClient.Request(method, url, headers, body));
      keep(started, begin, reply);
      return reply;
    } catch (Lease.Ended late) {
      keep(started, begin, new PgHttp.Reply.NotSent("the lease had ended"));
      throw late;
    }
  }

  /**
   * Sends it and has the answer read: the one way from a reply to an outcome. What was not sent is
   * {@link Decline.Reason#UNREACHABLE}; no answer, and one whose reading throws, is unknown.
   *
   * @param read calls nobody
   */
  public <T> Outcome<T> ask(Function<PgHttp.Reply.Answer, Outcome<T>> read) {
    return switch (send()) {
      case PgHttp.Reply.Answer answer -> new Outcome.Ok<>(answer).judge(read);
      case PgHttp.Reply.NotSent(String why) -> Outcome.unreachable(why);
      case PgHttp.Reply.NoAnswer(String why) -> new Outcome.Unknown<>(why);
    };
  }

  private void keep(Instant started, long begin, PgHttp.Reply reply) {
    log.keep(entry(started, (System.nanoTime() - begin) / 1_000_000, reply));
  }

  private WireLog.Entry entry(Instant started, long millis, PgHttp.Reply reply) {
    String sent = scrub(new String(body, charset));
    String target = scrub(url.toString());
    int status = reply instanceof PgHttp.Reply.Answer answer ? answer.status() : 0;
    String came =
        switch (reply) {
          case PgHttp.Reply.Answer answer -> scrub(answer.text(answer.charset().orElse(charset)));
          case PgHttp.Reply.NotSent(String why) -> "not sent: " + why;
          case PgHttp.Reply.NoAnswer(String why) -> "no answer: " + why;
        };
    return new WireLog.Entry(orderId, started, millis, method, target, sent, status, came);
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
