package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.naru.connector.Approval;
import dev.naru.connector.Capability;
import dev.naru.connector.Connector;
import dev.naru.connector.Notice;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.http.WireLog;
import dev.naru.connector.identity.IdentityOrder;
import dev.naru.connector.identity.OtpOrder;
import dev.naru.connector.identity.Person;
import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Card;
import dev.naru.connector.order.KeyOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Tax;
import dev.naru.connector.order.V1Parameters;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Visit;
import dev.naru.connector.window.Window;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.simulator.Simulators;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The simulators, started once for all contract tests, and what speaks to them. */
final class World {

  /** A card that every simulator approves. */
  static final String GOOD = "5310000000000000";

  static final String BIRTH = "880314";
  static final String REFUND_ACCOUNT = "11012345678901";
  static final String REFUND_HOLDER = "홍길동";
  static final Buyer BUYER = new Buyer("홍길동", "hong@example.com", "010-1234-5678", null, null);

  /** What no wire log may hold, in any of the ways in which it is written. */
  private static final List<String> NOBODY =
      List.of(
          "홍길동",
          URLEncoder.encode("홍길동", StandardCharsets.UTF_8),
          URLEncoder.encode("홍길동", Charset.forName("EUC-KR")),
          "hong@example.com",
          "hong%40example.com",
          "010-1234-5678",
          "01012345678");

  /** What both types of Naver Pay want to know of what is bought; the others do not read it. */
  private static final String PRODUCTS =
      """
      [{"categoryType":"FOOD","categoryId":"DELIVERY","uid":"tea","name":"녹차","count":1,"id":"tea",
        "basePrice":100,"infoUrl":"https://shop.example/tea","imageUrl":"https://shop.example/tea.png",
        "shipping":{"baseFee":0,"feePayType":"PREPAYED"}}]
      """;

  /** So long that an answer comes in time although many are asked at once. */
  private static final Duration READ = Duration.ofSeconds(3);

  private static final Duration LATE = Duration.ofSeconds(5);

  private static final World ONE = new World();

  private final HubClock clock = new HubClock();
  private final Ids ids = new Ids(clock);
  private final Queue<WireLog.Entry> wire = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<List<WireLog.Entry>> ours = ThreadLocal.withInitial(ArrayList::new);
  private final List<WireLog.Entry> naming = new CopyOnWriteArrayList<>();
  private final Mailbox notices = new Mailbox();
  private final Map<String, Map<String, String>> kept = new ConcurrentHashMap<>();
  private final PgHttp http = PgHttp.create(new PgHttp.Timeouts(READ, READ), entry -> {}, clock);
  private final Simulators simulators;
  private final HttpServer receiver;
  private final Browser browser;

  private World() {
    try {
      simulators =
          Simulators.start(
              new Simulators.Settings(
                  0,
                  "127.0.0.1",
                  Files.createTempDirectory("naru-contract"),
                  LATE,
                  Duration.ofMillis(200),
                  clock));
      receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    browser = new Browser(simulators.url());
    receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    receiver.createContext("/", this::receive);
    receiver.start();
    for (Pg<?> pg : Gateways.ALL) {
      if (!Capability.Notifies.class.isAssignableFrom(pg.type())) {
        continue;
      }
      browser.put(
          "/_sim/notices/" + pg.code() + "/" + pg.mid(pg.demo()),
          "{\"url\":\"" + noticeUrl() + "\"}");
    }
  }

  static World get() {
    return ONE;
  }

  Browser browser() {
    return browser;
  }

  URI simulators() {
    return simulators.url();
  }

  /** What this thread has said to PGs: other tests talk to them meanwhile. */
  List<WireLog.Entry> wire() {
    return ours.get();
  }

  /** The body of the last call to this operation about the order. */
  JsonNode said(Order order, String operation) {
    List<WireLog.Entry> entries =
        wire.stream()
            .filter(one -> one.orderId().equals(order.id()) && one.url().endsWith(operation))
            .toList();
    return JsonMapper.shared().readTree(entries.getLast().request());
  }

  Connector connector(Pg<?> pg) {
    return pg.connect(pg.demo(), http(pg, simulators.url()));
  }

  /** Speaks to a port on which nobody listens. */
  Connector unplugged(Pg<?> pg) {
    return pg.connect(pg.demo(), http(pg, URI.create("http://127.0.0.1:1")));
  }

  <C extends Capability> C connector(Pg<?> pg, Class<C> as) {
    return connector(pg).as(as).orElseThrow();
  }

  PgHttp http(Pg<?> pg, URI simulator) {
    Map<String, URI> hosts = new HashMap<>();
    sandbox(pg)
        .forEach(
            (name, host) ->
                hosts.put(
                    name,
                    URI.create(
                        host.toString()
                            .replace("http://simulator.invalid", simulator.toString()))));
    return http.to(hosts, this::keep);
  }

  private void keep(WireLog.Entry entry) {
    wire.add(entry);
    ours.get().add(entry);
    String said = entry.toString();
    if (NOBODY.stream().anyMatch(said::contains)) {
      naming.add(entry);
    }
  }

  private static Map<String, URI> sandbox(Pg<?> pg) {
    return present(pg.hosts().get(Pg.Mode.SANDBOX));
  }

  Order order(long won) {
    return order(won, "card");
  }

  /** The same order, as one who expected another amount has it. */
  static Order expecting(long minor, Order order) {
    return order.with(new Money(minor, order.amount().currency()));
  }

  Order order(long won, String method) {
    return order(Money.krw(won), method);
  }

  Order order(Money amount, String method) {
    return new Order(
        ids.orderId(7),
        "한글 상품 & 뷁",
        method,
        amount,
        Tax.NONE,
        BUYER,
        0,
        false,
        clock.instant(),
        new V1Parameters(Map.of("naverProducts", PRODUCTS, "company", "나루상점", "company_en", "Naru"))
            .wishes());
  }

  /** An amount as a window shows it. */
  static String written(Money amount) {
    return "%,.{}f"
        .replace("{}", String.valueOf(amount.currency().getDefaultFractionDigits()))
        .formatted(amount.major());
  }

  KeyOrder keyOrder() {
    String id = ids.orderId(7);
    return new KeyOrder(id, "customer-" + id, BUYER, clock.instant(), "카드 등록");
  }

  /** Somebody whose phone no other test has. */
  static Person somebody() {
    return person("김나루", "010%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000)));
  }

  static Person person(String name, String phone) {
    return new Person(
        name,
        LocalDate.of(1988, 3, 14),
        Person.Gender.FEMALE,
        false,
        new Person.Line(phone, Person.Carrier.SKT, false));
  }

  OtpOrder otp(Person person, OtpOrder.Means means) {
    return new OtpOrder(
        ids.orderId(7), person, means, "나루상점", clock.instant(), "127.0.0.1", Map.of());
  }

  /** A verification in a window, of somebody who is at least so old. */
  IdentityOrder window(int minAge, Map<String, String> bypass) {
    return new IdentityOrder(
        ids.orderId(7),
        new IdentityOrder.Expected("홍길동", "01012345678", null),
        minAge,
        "나루상점 한글",
        clock.instant(),
        bypass);
  }

  /** The same order under another id. */
  static IdentityOrder under(String id, IdentityOrder order) {
    return new IdentityOrder(
        id, order.person(), order.minAge(), order.company(), order.at(), order.bypass());
  }

  /** The lines of a PG's book about a window. */
  List<JsonNode> verifications(Pg<?> pg, IdentityOrder order) {
    String path = "/_sim/books/" + pg.code() + "?order_id=" + order.id();
    return JsonMapper.shared().readTree(browser.get(path)).valueStream().toList();
  }

  /** What a PG's simulator sent to a phone, newest first. */
  List<JsonNode> messages(Pg<?> pg, Person person) {
    String path = "/_sim/outbox/messages?phone=" + person.line().phone();
    return JsonMapper.shared()
        .readTree(browser.get(path))
        .valueStream()
        .filter(message -> message.path("pg").asString().equals(pg.code()))
        .toList();
  }

  /** The code in the newest of them. */
  Secret code(Pg<?> pg, Person person) {
    return new Secret(messages(pg, person).getFirst().path("code").asString());
  }

  /** The lines of a PG's book about a verification. */
  List<JsonNode> verifications(Pg<?> pg, OtpOrder order) {
    String path = "/_sim/books/" + pg.code() + "?order_id=" + order.id();
    return JsonMapper.shared().readTree(browser.get(path)).valueStream().toList();
  }

  static Card card(String number) {
    return card(number, YearMonth.of(2030, 12));
  }

  static Card card(String number, YearMonth expiry) {
    return new Card(new Secret(number), expiry, new Secret(BIRTH), new Secret("12"), null);
  }

  Visit visit(boolean mobile) {
    return new Visit(
        mobile,
        URI.create("http://127.0.0.1:1/back/5f2c"),
        URI.create("http://127.0.0.1:1/close"),
        URI.create(noticeUrl()),
        "ko",
        null);
  }

  /** Of the first cancel of an order. */
  CancelOrder cancel(Order order, Approval paid, long minor, long before) {
    return cancel(1, order, paid, minor, before);
  }

  /**
   * @param no which cancel of the order it would be
   */
  CancelOrder cancel(int no, Order order, Approval paid, long minor, long before) {
    Currency currency = order.amount().currency();
    return new CancelOrder(
        "cancel-" + ids.row(),
        no,
        order,
        paid.ref(),
        paid.memo(),
        new Money(minor, currency),
        Tax.NONE,
        new Money(before, currency),
        new Money(before - minor, currency),
        "단순 변심",
        null,
        null,
        null,
        false);
  }

  static CancelOrder refundedTo(CancelOrder cancel) {
    return new CancelOrder(
        cancel.id(),
        cancel.no(),
        cancel.order(),
        cancel.ref(),
        cancel.memo(),
        cancel.amount(),
        cancel.tax(),
        cancel.before(),
        cancel.left(),
        cancel.reason(),
        new CancelOrder.RefundAccount("088", new Secret(REFUND_ACCOUNT), REFUND_HOLDER, null),
        cancel.requester(),
        cancel.goods(),
        false);
  }

  /** A window that opened; what its PG gave with it is remembered as the hub does. */
  Window opened(Order order, Outcome<Window> outcome) {
    Window window = ok(outcome);
    kept.put(order.id(), window.kept());
    return window;
  }

  /** What the hub knows of an order whose window is open. */
  Map<String, String> intent(Order order) {
    return kept.getOrDefault(order.id(), Map.of());
  }

  /** The same once the buyer is back. */
  Map<String, String> intent(Order order, Returned back) {
    assertThat(back).isInstanceOf(Returned.Authenticated.class);
    Map<String, String> all = new HashMap<>(intent(order));
    all.putAll(((Returned.Authenticated) back).intent());
    return all;
  }

  /** Pays by card, by key-in where the PG has it, else in its window. */
  Approval paid(Pg<?> pg, Order order, String number) {
    Connector connector = connector(pg);
    return connector
        .as(Capability.KeyIn.class)
        .map(keyIn -> ok(keyIn.charge(order, card(number))))
        .orElseGet(
            () -> {
              Capability.Checkout checkout = connector.as(Capability.Checkout.class).orElseThrow();
              PgReturn back =
                  browser.pay(opened(order, checkout.open(order, visit(false))), number);
              return ok(checkout.approve(order, intent(order, checkout.authenticate(order, back))));
            });
  }

  /** What the simulator's book says was charged for an order: declined attempts left out. */
  List<JsonNode> charges(Pg<?> pg, Order order) {
    JsonNode book =
        JsonMapper.shared()
            .readTree(browser.get("/_sim/books/" + pg.code() + "?order_id=" + order.id()));
    return book.valueStream().filter(line -> !line.path("declined").asBoolean()).toList();
  }

  /** What is still paid for an order, over all its charges in the book. */
  long paid(Pg<?> pg, Order order) {
    return charges(pg, order).stream()
        .filter(line -> line.path("paid").asBoolean())
        .mapToLong(line -> line.path("balance").asLong())
        .sum();
  }

  void deposit(Pg<?> pg, String account) {
    browser.post(
        "/_sim/vbanks/" + pg.code() + "/" + account + "/deposit", "{\"depositor\":\"임꺽정\"}");
  }

  void reverse(Pg<?> pg, String account) {
    browser.post("/_sim/vbanks/" + pg.code() + "/" + account + "/reverse", "{}");
  }

  /** Waits for a notice that fits, as the connector reads it, and takes it out. */
  Notice notice(Pg<?> pg, Predicate<Notice> fits) {
    Capability.Notifies reader = connector(pg, Capability.Notifies.class);
    return reader.read(notices.take(raw -> fits.test(reader.read(raw))));
  }

  /** The same, as it came. */
  PgReturn heard(Pg<?> pg, Predicate<Notice> fits) {
    Capability.Notifies reader = connector(pg, Capability.Notifies.class);
    return notices.take(raw -> fits.test(reader.read(raw)));
  }

  /** What a buyer is called, in any of the ways in which it is written. */
  static List<String> everybody() {
    return NOBODY;
  }

  /** The next notice about an approved order, as it came. */
  PgReturn raw(Pg<?> pg, Order order) {
    Capability.Notifies reader = connector(pg, Capability.Notifies.class);
    return notices.take(
        raw -> reader.read(raw) instanceof Notice.Approved one && one.orderId().equals(order.id()));
  }

  private String noticeUrl() {
    return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/notice";
  }

  private void receive(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
    Map<String, String> headers =
        exchange.getRequestHeaders().entrySet().stream()
            .collect(
                Collectors.toMap(
                    header -> header.getKey().toLowerCase(Locale.ROOT),
                    header -> header.getValue().getFirst()));
    notices.put(new PgReturn(exchange.getRequestBody().readAllBytes(), "", headers, "127.0.0.1"));
    exchange.sendResponseHeaders(200, 2);
    exchange.getResponseBody().write("OK".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    exchange.close();
  }

  static <T> T present(@Nullable T value) {
    assertThat(value).isNotNull();
    return Objects.requireNonNull(value);
  }

  static <T> T ok(Outcome<T> outcome) {
    assertThat(ONE.naming).as("wire log that names the buyer").isEmpty();
    assertThat(outcome).isInstanceOf(Outcome.Ok.class);
    return ((Outcome.Ok<T>) outcome).value();
  }

  static void unknown(Outcome<?> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
  }

  static dev.naru.connector.Decline declined(Outcome<?> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Declined.class);
    return ((Outcome.Declined<?>) outcome).decline();
  }
}
