package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.naru.connector.Approval;
import dev.naru.connector.CancelOrder;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.Cvs;
import dev.naru.connector.Capability.Notifies;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Notice;
import dev.naru.connector.Order;
import dev.naru.connector.Pg;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgReturn;
import dev.naru.kernel.Money;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Cvs} at the till: the PG asks, takes the money or not, and tells. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CvsContractTest {

  private static final World WORLD = World.get();

  /** Which of the connector's two answers the till gets, with what status. */
  private enum Mood {
    AGREES,
    REFUSES,
    BREAKS,
    MUMBLES
  }

  private final List<PgReturn> told = new CopyOnWriteArrayList<>();
  private final HttpServer hub;
  private volatile Mood mood = Mood.AGREES;

  CvsContractTest() throws IOException {
    hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hub.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    hub.createContext("/", this::take);
    hub.start();
  }

  static Stream<Pg<?>> issuing() {
    return World.having(List.of(Cvs.class, Cancels.class, Notifies.class));
  }

  @BeforeAll
  void listen() {
    issuing()
        .forEach(
            pg ->
                WORLD
                    .browser()
                    .put(
                        "/_sim/notices/" + pg.code() + "/" + pg.mid(pg.demo()),
                        "{\"url\":\"http://127.0.0.1:" + hub.getAddress().getPort() + "/\"}"));
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
    Pg<?> pg = issuing().findFirst().orElseThrow();
    Notice notice = WORLD.connector(pg, Notifies.class).read(raw);
    String answer = notice.acknowledgement();
    int status = 200;
    if (notice instanceof Notice.AtTill till) {
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

  private static Approval issued(Pg<?> pg, Order order) {
    return World.ok(WORLD.connector(pg, Cvs.class).issue(order, null, null));
  }

  private static String number(Approval approval) {
    return World.present(approval.account()).number();
  }

  private static String pay(Pg<?> pg, String barcode, String payType) {
    return WORLD
        .browser()
        .till(
            "{\"pg\":\"%s\",\"barcode\":\"%s\",\"pay_type\":\"%s\"}"
                .formatted(pg.code(), barcode, payType));
  }

  private static PgRecord.State state(Pg<?> pg, Order order) {
    return KeyInContractTest.found(pg, order).orElseThrow().state();
  }

  private <N extends Notice> N read(Pg<?> pg, Class<N> kind, Order order) {
    Notifies reader = WORLD.connector(pg, Notifies.class);
    return await()
        .atMost(Duration.ofSeconds(10))
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
  void asksThenTakesTheMoneyThenTells(Pg<?> pg) {
    mood = Mood.AGREES;
    Order order = WORLD.order(4_500, "cvs");
    String barcode = number(issued(pg, order));
    assertThat(pay(pg, barcode, "cash")).isEqualTo("paid");
    Notice.AtTill asked = read(pg, Notice.AtTill.class, order);
    assertThat(asked.barcode()).isEqualTo(barcode);
    assertThat(asked.payType()).isEqualTo("cash");
    Notice.Deposited paid = read(pg, Notice.Deposited.class, order);
    assertThat(paid.account()).isEqualTo(barcode);
    assertThat(paid.amount()).isEqualTo(Money.krw(4_500));
    assertThat(state(pg, order)).isEqualTo(PgRecord.State.PAID);
    assertThat(WORLD.paid(pg, order)).isEqualTo(4_500);
    assertThat(pay(pg, barcode, "cash")).isEqualTo("not_waiting");
    assertThat(WORLD.paid(pg, order)).isEqualTo(4_500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"REFUSES", "BREAKS", "MUMBLES"})
  void takesNothingUnlessToldTo(String answer) {
    mood = Mood.valueOf(answer);
    Pg<?> pg = issuing().findFirst().orElseThrow();
    Order order = WORLD.order(4_500, "cvs");
    String barcode = number(issued(pg, order));
    assertThat(pay(pg, barcode, "card")).isEqualTo("refused");
    assertThat(state(pg, order)).isEqualTo(PgRecord.State.WAITING);
    mood = Mood.AGREES;
    assertThat(pay(pg, barcode, "card")).isEqualTo("paid");
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void keepsToTheShopsBarcodeAndTime(Pg<?> pg) {
    Order order = WORLD.order(4_500, "cvs");
    Instant until = order.at().plus(Duration.ofHours(5)).truncatedTo(ChronoUnit.SECONDS);
    String own = "SHOP" + order.id().substring(4);
    Cvs cvs = WORLD.connector(pg, Cvs.class);
    Approval.Account account = World.present(World.ok(cvs.issue(order, own, until)).account());
    assertThat(account).isEqualTo(Approval.Account.barcode(own, until));
    Order second = WORLD.order(4_500, "cvs");
    assertThat(World.declined(cvs.issue(second, own, until)).reason())
        .as("somebody else waits with it")
        .isEqualTo(Reason.BAD_REQUEST);
    Order past = WORLD.order(4_500, "cvs");
    String over = number(World.ok(cvs.issue(past, null, order.at().minus(Duration.ofSeconds(1)))));
    assertThat(pay(pg, over, "card")).isEqualTo("not_waiting");
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void revokesWhatNobodyPaid(Pg<?> pg) {
    mood = Mood.AGREES;
    Cvs cvs = WORLD.connector(pg, Cvs.class);
    Order order = WORLD.order(4_500, "cvs");
    Approval issued = issued(pg, order);
    World.ok(cvs.revoke(order, issued.ref(), "폐기"));
    World.ok(cvs.revoke(order, issued.ref(), "폐기"));
    assertThat(state(pg, order)).isEqualTo(PgRecord.State.DEAD);
    assertThat(pay(pg, number(issued), "card")).isEqualTo("not_waiting");

    Order second = WORLD.order(4_500, "cvs");
    Approval paid = issued(pg, second);
    assertThat(pay(pg, number(paid), "card")).isEqualTo("paid");
    assertThat(World.declined(cvs.revoke(second, paid.ref(), "폐기")).reason())
        .isEqualTo(Reason.NOT_CANCELABLE);
    assertThat(WORLD.paid(pg, second)).isEqualTo(4_500);
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void givesBackTheWholeOfWhatWasPaid(Pg<?> pg) {
    mood = Mood.AGREES;
    Order order = WORLD.order(4_500, "cvs");
    Approval issued = issued(pg, order);
    Cancels cancels = WORLD.connector(pg, Cancels.class);
    CancelOrder whole = WORLD.cancel(order, issued, 4_500, 4_500);
    assertThat(World.declined(cancels.cancel(whole)).reason())
        .as("not paid yet")
        .isEqualTo(Reason.NOT_CANCELABLE);
    assertThat(pay(pg, number(issued), "card")).isEqualTo("paid");
    World.ok(cancels.cancel(whole));
    World.ok(cancels.cancel(whole));
    assertThat(WORLD.paid(pg, order)).isZero();
    assertThat(WORLD.charges(pg, order).getFirst().path("cancels").size()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void aForgedNoticeIsSeen(Pg<?> pg) {
    mood = Mood.AGREES;
    Order order = WORLD.order(4_500, "cvs");
    assertThat(pay(pg, number(issued(pg, order)), "card")).isEqualTo("paid");
    read(pg, Notice.Deposited.class, order);
    PgReturn real =
        told.stream()
            .filter(raw -> new String(raw.body(), StandardCharsets.UTF_8).contains("cvs.paid"))
            .filter(raw -> new String(raw.body(), StandardCharsets.UTF_8).contains(order.id()))
            .findFirst()
            .orElseThrow();
    Notifies reader = WORLD.connector(pg, Notifies.class);
    String text = new String(real.body(), StandardCharsets.UTF_8);
    for (String forged :
        List.of(
            text.replace("4500", "45"),
            text.replace(order.id(), WORLD.order(1, "cvs").id()),
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
