package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.Cvs;
import dev.naru.connector.Capability.Notifies;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Notice;
import dev.naru.connector.PgRecord;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.window.PgReturn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Cvs} at the till: the PG asks, takes the money or not, and tells. */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CvsContractTest {

  private static final World WORLD = World.get();

  /** Which of the connector's two answers the till gets, with what status. */
  enum Mood {
    AGREES,
    REFUSES,
    BREAKS,
    MUMBLES
  }

  private final List<PgReturn> told = new CopyOnWriteArrayList<>();
  private final HttpServer hub;

  /** By order; of all others it agrees. */
  private final Map<String, Mood> moods = new ConcurrentHashMap<>();

  CvsContractTest() throws IOException {
    hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hub.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    hub.createContext("/", this::take);
    hub.start();
  }

  static Stream<Rig> issuing() {
    return Rig.having(Cvs.class, Cancels.class, Notifies.class);
  }

  @BeforeAll
  void listen() {
    issuing()
        .forEach(
            rig ->
                WORLD
                    .browser()
                    .put(
                        "/_sim/notices/" + rig.code() + "/" + rig.pg().mid(rig.pg().demo()),
                        "{\"url\":\"http://127.0.0.1:%d/%s\"}"
                            .formatted(hub.getAddress().getPort(), rig.code())));
  }

  @AfterAll
  void stop() {
    hub.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    Map<String, String> headers =
        exchange.getRequestHeaders().entrySet().stream()
            .collect(
                Collectors.toMap(
                    header -> header.getKey().toLowerCase(Locale.ROOT),
                    header -> header.getValue().getFirst()));
    PgReturn raw = new PgReturn(exchange.getRequestBody().readAllBytes(), "", headers, "127.0.0.1");
    told.add(raw);
    Rig rig = Rig.named(exchange.getRequestURI().getPath().substring(1));
    Notice notice = rig.connector(Notifies.class).read(raw);
    String answer = notice.acknowledgement();
    int status = 200;
    if (notice instanceof Notice.AtTill till) {
      Mood mood = moods.getOrDefault(till.orderId(), Mood.AGREES);
      status = mood == Mood.BREAKS ? 500 : 200;
      answer =
          switch (mood) {
            case AGREES, BREAKS -> till.acknowledgement();
            case REFUSES -> till.refusal();
            case MUMBLES -> "OK";
          };
    }
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static Approval issued(Rig rig, Order order) {
    return World.ok(rig.connector(Cvs.class).issue(order, null, null));
  }

  private static String number(Approval approval) {
    return World.present(approval.account()).number();
  }

  private static String pay(Rig rig, String barcode, String payType) {
    return WORLD
        .browser()
        .till(
            "{\"pg\":\"%s\",\"barcode\":\"%s\",\"pay_type\":\"%s\"}"
                .formatted(rig.code(), barcode, payType));
  }

  private static PgRecord.State state(Rig rig, Order order) {
    return rig.found(order).orElseThrow().state();
  }

  private <N extends Notice> N read(Rig rig, Class<N> kind, Order order) {
    Notifies reader = rig.connector(Notifies.class);
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                told.stream()
                    .map(reader::read)
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .filter(notice -> notice.toString().contains(order.id()))
                    .findFirst(),
            java.util.Optional::isPresent)
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void asksThenTakesTheMoneyThenTells(Rig rig) {
    Order order = rig.order(4_500, "cvs");
    String barcode = number(issued(rig, order));
    assertThat(pay(rig, barcode, "cash")).isEqualTo("paid");
    Notice.AtTill asked = read(rig, Notice.AtTill.class, order);
    assertThat(asked.barcode()).isEqualTo(barcode);
    assertThat(asked.payType()).isEqualTo("cash");
    Notice.Deposited paid = read(rig, Notice.Deposited.class, order);
    assertThat(paid.account()).isEqualTo(barcode);
    assertThat(paid.amount()).isEqualTo(rig.money(4_500));
    assertThat(state(rig, order)).isEqualTo(PgRecord.State.PAID);
    assertThat(rig.left(order)).isEqualTo(4_500);
    assertThat(pay(rig, barcode, "cash")).isEqualTo("not_waiting");
    assertThat(rig.left(order)).isEqualTo(4_500);
  }

  static Stream<Arguments> unwilling() {
    return issuing()
        .flatMap(
            rig ->
                Stream.of(Mood.REFUSES, Mood.BREAKS, Mood.MUMBLES)
                    .map(mood -> Arguments.of(rig, mood)));
  }

  @ParameterizedTest
  @MethodSource("unwilling")
  void takesNothingUnlessToldTo(Rig rig, Mood mood) {
    Order order = rig.order(4_500, "cvs");
    moods.put(order.id(), mood);
    String barcode = number(issued(rig, order));
    assertThat(pay(rig, barcode, "card")).isEqualTo("refused");
    assertThat(state(rig, order)).isEqualTo(PgRecord.State.WAITING);
    moods.remove(order.id());
    assertThat(pay(rig, barcode, "card")).isEqualTo("paid");
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void keepsToTheShopsBarcodeAndTime(Rig rig) {
    Order order = rig.order(4_500, "cvs");
    Instant until = order.at().plus(Duration.ofHours(5)).truncatedTo(ChronoUnit.SECONDS);
    String own = "SHOP" + order.id().substring(4);
    Cvs cvs = rig.connector(Cvs.class);
    Approval.Account account = World.present(World.ok(cvs.issue(order, own, until)).account());
    assertThat(account).isEqualTo(Approval.Account.barcode(own, until));
    Order second = rig.order(4_500, "cvs");
    assertThat(World.declined(cvs.issue(second, own, until)).reason())
        .as("somebody else waits with it")
        .isEqualTo(Reason.BAD_REQUEST);
    Order past = rig.order(4_500, "cvs");
    String over = number(World.ok(cvs.issue(past, null, order.at().minus(Duration.ofSeconds(1)))));
    assertThat(pay(rig, over, "card")).isEqualTo("not_waiting");
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void revokesWhatNobodyPaid(Rig rig) {
    Cvs cvs = rig.connector(Cvs.class);
    Order order = rig.order(4_500, "cvs");
    Approval issued = issued(rig, order);
    World.ok(cvs.revoke(order, issued.ref(), "폐기"));
    World.ok(cvs.revoke(order, issued.ref(), "폐기"));
    assertThat(state(rig, order)).isEqualTo(PgRecord.State.DEAD);
    assertThat(pay(rig, number(issued), "card")).isEqualTo("not_waiting");

    Order second = rig.order(4_500, "cvs");
    Approval paid = issued(rig, second);
    assertThat(pay(rig, number(paid), "card")).isEqualTo("paid");
    assertThat(World.declined(cvs.revoke(second, paid.ref(), "폐기")).reason())
        .isEqualTo(Reason.NOT_CANCELABLE);
    assertThat(rig.left(second)).isEqualTo(4_500);
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void givesBackTheWholeOfWhatWasPaid(Rig rig) {
    Order order = rig.order(4_500, "cvs");
    Approval issued = issued(rig, order);
    Cancels cancels = rig.connector(Cancels.class);
    CancelOrder whole = rig.cancel(order, issued, 4_500, 4_500);
    assertThat(World.declined(cancels.cancel(whole)).reason())
        .as("not paid yet")
        .isEqualTo(Reason.NOT_CANCELABLE);
    assertThat(pay(rig, number(issued), "card")).isEqualTo("paid");
    World.ok(cancels.cancel(whole));
    World.ok(cancels.cancel(whole));
    assertThat(rig.left(order)).isZero();
    assertThat(rig.charges(order).getFirst().path("cancels").size()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void aForgedNoticeIsSeen(Rig rig) {
    Order order = rig.order(4_500, "cvs");
    assertThat(pay(rig, number(issued(rig, order)), "card")).isEqualTo("paid");
    read(rig, Notice.Deposited.class, order);
    PgReturn real =
        told.stream()
            .filter(raw -> new String(raw.body(), StandardCharsets.UTF_8).contains("cvs.paid"))
            .filter(raw -> new String(raw.body(), StandardCharsets.UTF_8).contains(order.id()))
            .findFirst()
            .orElseThrow();
    Notifies reader = rig.connector(Notifies.class);
    String text = new String(real.body(), StandardCharsets.UTF_8);
    for (String forged :
        List.of(
            text.replace("4500", "45"),
            text.replace(order.id(), rig.order(1, "cvs").id()),
            text + " ",
            "{",
            "")) {
      PgReturn raw =
          new PgReturn(
              forged.getBytes(StandardCharsets.UTF_8), "", real.headers(), real.remoteAddress());
      assertThat(reader.read(raw))
          .as(forged)
          .isInstanceOfAny(Notice.Forged.class, Notice.Unreadable.class);
    }
    PgReturn unsigned = new PgReturn(real.body(), "", Map.of(), real.remoteAddress());
    assertThat(reader.read(unsigned)).isInstanceOf(Notice.Forged.class);
  }
}
