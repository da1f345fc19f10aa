package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.AfterSale.Receipts;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Outcome;
import dev.naru.connector.aftercare.ReceiptOrder;
import dev.naru.connector.aftercare.ReceiptOrder.Use;
import dev.naru.connector.aftercare.Receipted;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Tax;
import dev.naru.kernel.Secret;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@link Receipts}: cash receipts issued once, taken back, and never in anybody's log. */
@Execution(ExecutionMode.CONCURRENT)
final class ReceiptsContractTest {

  private static final World WORLD = World.get();
  private static final String PHONE = "01024681357";
  private static final AtomicLong AMOUNTS = new AtomicLong(11_000);

  static Stream<Rig> issuing() {
    return Rig.having(Receipts.class);
  }

  /** Over an amount that no other receipt is over, so that it can be found by that. */
  private static ReceiptOrder order(Rig rig, String identifier, Use use, Tax tax) {
    Order about = rig.order(AMOUNTS.addAndGet(11), "vbank");
    return new ReceiptOrder(
        about.id(),
        "나무 의자",
        about.amount(),
        tax,
        use,
        new Secret(identifier),
        World.BUYER,
        about.at());
  }

  private static ReceiptOrder.Cancel cancel(ReceiptOrder order, Receipted issued) {
    return new ReceiptOrder.Cancel(
        "revoke-" + order.id(), order.id(), issued.ref(), order.amount(), "단순 변심");
  }

  /** The simulator's book about one receipt. */
  private static List<JsonNode> book(Rig rig, String tid) {
    String path = "/_sim/receipts/" + rig.code() + "?tid=" + tid;
    return JsonMapper.shared().readTree(WORLD.browser().get(path)).valueStream().toList();
  }

  /** How many there are over an amount. */
  private static long booked(Rig rig, ReceiptOrder order) {
    return JsonMapper.shared()
        .readTree(WORLD.browser().get("/_sim/receipts/" + rig.code()))
        .valueStream()
        .filter(line -> line.path("amount").asLong() == order.amount().minor())
        .count();
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void issuesAndTakesBack(Rig rig) {
    Receipts connector = rig.connector(Receipts.class);
    for (Use use : Use.values()) {
      String identifier = use == Use.PERSON ? PHONE : "1234567890";
      ReceiptOrder order = order(rig, identifier, use, Tax.NONE);
      Receipted issued = World.ok(connector.issue(order));
      assertThat(issued.applyNum()).matches("[0-9]{9}");
      assertThat(book(rig, issued.ref().tid()))
          .singleElement()
          .satisfies(
              line -> {
                assertThat(line.path("amount").asLong()).isEqualTo(order.amount().minor());
                assertThat(line.path("cancelled").asBoolean()).isFalse();
              });
      World.ok(connector.revoke(cancel(order, issued)));
      World.ok(connector.revoke(cancel(order, issued)));
      assertThat(book(rig, issued.ref().tid()))
          .singleElement()
          .satisfies(line -> assertThat(line.path("cancelled").asBoolean()).isTrue());
    }
    assertThat(WORLD.wire())
        .noneSatisfy(
            entry -> assertThat(entry.url() + entry.request() + entry.answer()).contains(PHONE));
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void statesTheTaxOfAMixedSale(Rig rig) {
    ReceiptOrder order = order(rig, PHONE, Use.PERSON, new Tax(5_500, 500L));
    World.ok(rig.connector(Receipts.class).issue(order));
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void passesARefusalOn(Rig rig) {
    Receipts connector = rig.connector(Receipts.class);
    for (String refused : List.of("01000000002", "123")) {
      ReceiptOrder order = order(rig, refused, Use.PERSON, Tax.NONE);
      World.declined(connector.issue(order));
      assertThat(booked(rig, order)).isZero();
    }
    ReceiptOrder order = order(rig, "01000009015", Use.PERSON, Tax.NONE);
    Receipted issued = World.ok(connector.issue(order));
    World.declined(connector.revoke(cancel(order, issued)));
    assertThat(book(rig, issued.ref().tid()))
        .singleElement()
        .satisfies(line -> assertThat(line.path("cancelled").asBoolean()).isFalse());
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void aLostAnswerIsUnknownAndEndsAsDeclared(Rig rig) {
    Receipts connector = rig.connector(Receipts.class);
    for (String magic : List.of("01000009002", "01000009004")) {
      ReceiptOrder order = order(rig, magic, Use.PERSON, Tax.NONE);
      World.unknown(connector.issue(order));
      if (connector.receiptEnds() == Ends.IDEMPOTENT_RETRY) {
        Outcome<Receipted> again = connector.issue(order);
        while (again instanceof Outcome.Unknown<Receipted>) {
          again = connector.issue(order);
        }
        assertThat(book(rig, World.ok(again).ref().tid())).hasSize(1);
      } else {
        assertThat(connector.receiptEnds()).isEqualTo(Ends.NONE);
      }
      assertThat(booked(rig, order)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void aCancelWhoseAnswerIsLostIsRepeated(Rig rig) {
    Receipts connector = rig.connector(Receipts.class);
    ReceiptOrder order = order(rig, "01000009012", Use.PERSON, Tax.NONE);
    Receipted issued = World.ok(connector.issue(order));
    World.unknown(connector.revoke(cancel(order, issued)));
    World.ok(connector.revoke(cancel(order, issued)));
    assertThat(book(rig, issued.ref().tid()).getFirst().path("cancelled").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void whatIsNotSentDidNotHappen(Rig rig) {
    Receipts unplugged = rig.unplugged().as(Receipts.class).orElseThrow();
    assertThat(World.declined(unplugged.issue(order(rig, PHONE, Use.PERSON, Tax.NONE))).reason())
        .isEqualTo(Reason.UNREACHABLE);
  }
}
