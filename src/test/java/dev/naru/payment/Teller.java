package dev.naru.payment;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.ChargeKey;
import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Capability.IssueKey;
import dev.naru.connector.Capability.KeyIn;
import dev.naru.connector.Capability.Notifies;
import dev.naru.connector.Capability.OneStepCheckout;
import dev.naru.connector.Capability.PartialCancels;
import dev.naru.connector.Connector;
import dev.naru.connector.Decline;
import dev.naru.connector.Ends;
import dev.naru.connector.Notice;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.PgBuilder;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.Recovers.CancelByRef;
import dev.naru.connector.Recovers.Confirms;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Card;
import dev.naru.connector.order.KeyOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Visit;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * PGs that exist for tests alone, behind one small server: each verb answers what the test has told
 * it to, or not at all. They have no books.
 */
final class Teller implements AutoCloseable {

  /** The connection ends without an answer. */
  static final String SILENCE = "";

  static final String YES = "YES";
  static final String NOTHING = "NOTHING";

  /** It does not take the channel's credentials. */
  static final String KEYS = "KEYS:wrong";

  /** It has charged, and does not say what it calls that. */
  static final String NAMELESS = "NAMELESS";

  /** A call that came in. */
  record Asked(String verb, String orderId, Instant at) {}

  /** All that is configured. */
  record Config(String mid) {}

  private final HttpServer server;
  private final Map<String, Deque<String>> answers = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Map<String, Runnable> meanwhile = new ConcurrentHashMap<>();

  Teller() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /** From now on this verb answers so: one after the other, the last for ever. */
  void says(String verb, String... itsAnswers) {
    answers.put(verb, new ConcurrentLinkedDeque<>(List.of(itsAnswers)));
  }

  /** What happens once, before the next call of this verb is answered. */
  void meanwhile(String verb, Runnable what) {
    meanwhile.put(verb, what);
  }

  /** What has come in for a verb. */
  List<Asked> asked(String verb) {
    return asked.stream().filter(one -> one.verb().equals(verb)).toList();
  }

  /** Forgets what came in, and says yes to all. */
  void reset() {
    asked.clear();
    answers.clear();
    meanwhile.clear();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String verb = exchange.getRequestURI().getPath().substring(1);
    if (verb.equals("window")) {
      exchange.getResponseHeaders().add("Location", "/opened");
      exchange.sendResponseHeaders(302, -1);
      exchange.close();
      return;
    }
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(new Asked(verb, body, Instant.now()));
    Runnable before = meanwhile.remove(verb);
    if (before != null) {
      before.run();
    }
    Deque<String> left = answers.getOrDefault(verb, new ConcurrentLinkedDeque<>(List.of(YES)));
    String text = left.size() > 1 ? left.pollFirst() : left.peekFirst();
    if (text != null && !text.equals(SILENCE)) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** A PG whose charges are cancelled by our reference. */
  Pg<Config> byRef() {
    return pg("byref", ByRef.class, (config, http) -> new ByRef(http));
  }

  /** A PG without any means, whose whole cancels may be repeated. */
  Pg<Config> blind() {
    return pg("blind", Blind.class, (config, http) -> new Blind(http));
  }

  /** The same, and it lists from where its notices come. */
  Pg<Config> listed() {
    return builder("listed", ByRef.class, (config, http) -> new ByRef(http))
        .noticeAddresses("127.0.0.1")
        .demo(new Config("listed-demo"));
  }

  /** One-step windows of a PG that signs, and cannot be asked. */
  Pg<Config> signing() {
    return pg("signing", Signing.class, (config, http) -> new Signing(http));
  }

  /** One-step windows of a PG that signs nothing, and confirms when it is asked. */
  Pg<Config> confirming() {
    return pg("confirming", Confirming.class, (config, http) -> new Confirming(http));
  }

  /** The same as the first, but its addresses may be no longer than this. */
  Pg<Config> brief(int longest) {
    return builder("brief", ByRef.class, (config, http) -> new ByRef(http))
        .longestAddress(longest)
        .demo(new Config("brief-demo"));
  }

  private Pg<Config> pg(
      String code, Class<? extends Connector> type, Pg.Connects<Config> connects) {
    return builder(code, type, connects).demo(new Config(code + "-demo"));
  }

  private PgBuilder<Config> builder(
      String code, Class<? extends Connector> type, Pg.Connects<Config> connects) {
    return Pg.of(type, Config.class, connects)
        .named(code, "시험" + code, "Test " + code)
        .real("api", url().toString());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** One call of a verb, and what all of these PGs can do. */
  private abstract static class Common implements Connector, Cancels, PartialCancels {

    private final PgHttp http;

    Common(PgHttp http) {
      this.http = http;
    }

    Outcome<String> call(String verb, String orderId) {
      return http.call(orderId, "POST", http.at("api", "/" + verb))
          .json(orderId)
          .<String>ask(answer -> said(answer.text()));
    }

    private static Outcome<String> said(String text) {
      if (text.equals(NAMELESS)) {
        return new Outcome.Unknown<>(PgRecord.NAMELESS);
      }
      if (text.equals(KEYS)) {
        return Outcome.declined(Decline.Reason.BAD_CREDENTIALS, text);
      }
      return text.startsWith("NO:")
          ? Outcome.declined(Decline.Reason.REFUSED, text.substring(3))
          : new Outcome.Ok<>(text);
    }

    Outcome<Approval> charged(Order order) {
      return call("charge", order.id()).map(yes -> approval(order.id(), order.amount()));
    }

    Approval approval(String orderId, Money amount) {
      return Approval.of(new PgRef("tid-" + orderId), amount, http.now(), "card").build();
    }

    Instant now() {
      return http.now();
    }

    Window window() {
      return new Window.Redirect(http.at("api", "/window"));
    }

    @Override
    public Outcome<Canceled> cancel(CancelOrder cancel) {
      return call("cancel", cancel.order().id())
          .map(yes -> new Canceled(cancel.ref(), http.now(), null));
    }

    @Override
    public Ends.OfCancels cancelEnds() {
      return new Ends.OfCancels(Ends.IDEMPOTENT_RETRY, Ends.NONE);
    }
  }

  private static final class ByRef extends Common
      implements KeyIn, Checkout, CancelByRef, Notifies {

    ByRef(PgHttp http) {
      super(http);
    }

    @Override
    public Outcome<Approval> charge(Order order, Card card) {
      return charged(order);
    }

    @Override
    public Ends keyInEnds() {
      return Ends.CANCEL_BY_REF;
    }

    @Override
    public Outcome<Window> open(Order order, Visit visit) {
      return new Outcome.Ok<>(window());
    }

    @Override
    public Returned authenticate(Order order, PgReturn back) {
      return new Returned.Authenticated(null, Map.of());
    }

    @Override
    public Outcome<Approval> approve(Order order, Map<String, String> intent) {
      return charged(order);
    }

    @Override
    public Ends approveEnds() {
      return Ends.CANCEL_BY_REF;
    }

    /** Every notice is signed. */
    @Override
    public Notice read(PgReturn raw) {
      String orderId = raw.fields(StandardCharsets.UTF_8).getOrDefault("order", "");
      if (orderId.isEmpty()) {
        return new Notice.Unreadable("no order");
      }
      return new Notice.Approved(orderId, approval(orderId, Money.krw(10_000)), "OK");
    }

    @Override
    public Outcome<Optional<Instant>> cancelByRef(Order order, Map<String, String> intent) {
      return call("undo", order.id())
          .map(said -> said.equals(NOTHING) ? Optional.empty() : Optional.of(now()));
    }
  }

  private static final class Blind extends Common implements KeyIn, IssueKey, ChargeKey {

    Blind(PgHttp http) {
      super(http);
    }

    @Override
    public Outcome<Approval> charge(Order order, Card card) {
      return charged(order);
    }

    @Override
    public Ends keyInEnds() {
      return Ends.NONE;
    }

    @Override
    public Outcome<PgKey> issue(KeyOrder order, Card card) {
      return new Outcome.Ok<>(new PgKey(new Secret("key-" + order.id()), null, null));
    }

    @Override
    public Outcome<Approval> charge(Order order, PgKey key) {
      return charged(order);
    }

    @Override
    public Ends chargeKeyEnds() {
      return Ends.NONE;
    }

    @Override
    public boolean chargesOrderOnce() {
      return false;
    }
  }

  /** A window that charges by itself. What it says is signed if it bears the word. */
  private static class Signing extends Common implements OneStepCheckout, Notifies {

    Signing(PgHttp http) {
      super(http);
    }

    @Override
    public Outcome<Window> open(Order order, Visit visit) {
      return new Outcome.Ok<>(window());
    }

    @Override
    public Returned authenticate(Order order, PgReturn back) {
      Map<String, String> told = back.fields(StandardCharsets.UTF_8);
      return isSigned(told)
          ? new Returned.Approved(approval(order.id(), order.amount()))
          : new Returned.Authenticated(null, told);
    }

    private static boolean isSigned(Map<String, String> told) {
      return "signed".equals(told.get("signature"));
    }

    @Override
    public Notice read(PgReturn raw) {
      Map<String, String> told = raw.fields(StandardCharsets.UTF_8);
      String orderId = told.get("order");
      if (orderId == null) {
        return new Notice.Forged("no order");
      }
      return isSigned(told)
          ? new Notice.Approved(
              orderId,
              approval(orderId, Money.krw(Long.parseLong(told.getOrDefault("amount", "10000")))),
              "<b>받음</b>")
          : new Notice.Charged(orderId, told, "<b>들음</b>");
    }

    @Override
    public Notice.Manner manner() {
      return new Notice.Manner("text/html;charset=EUC-KR", "<b>다시</b>");
    }
  }

  private static final class Confirming extends Signing implements Confirms {

    Confirming(PgHttp http) {
      super(http);
    }

    @Override
    public Outcome<Optional<Approval>> confirm(Order order, Map<String, String> claim) {
      return claim.containsKey("claim")
          ? call("confirm", order.id())
              .map(
                  said ->
                      said.equals(YES)
                          ? Optional.of(approval(order.id(), order.amount()))
                          : Optional.empty())
          : new Outcome.Ok<>(Optional.empty());
    }

    @Override
    public Notice.Manner manner() {
      return new Notice.Manner("application/json", "{\"result\":\"FAIL\"}");
    }
  }
}
