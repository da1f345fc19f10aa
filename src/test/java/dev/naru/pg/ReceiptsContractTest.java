package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.AfterSale.Receipts;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Order;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.ReceiptOrder;
import dev.naru.connector.ReceiptOrder.Use;
import dev.naru.connector.Receipted;
import dev.naru.connector.Tax;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@link Receipts}: cash receipts issued once, taken back, and never in anybody's log. */
final class ReceiptsContractTest {

  private static final World WORLD = World.get();
  private static final String PHONE = "01024681357";

  static Stream<Pg<?>> issuing() {
    return World.having(List.of(Receipts.class));
  }

  private static ReceiptOrder order(String identifier, Use use, Tax tax) {
    Order about = WORLD.order(11_000, "vbank");
    return new ReceiptOrder(
        about.id(),
        "나무 의자",
        Money.krw(11_000),
        tax,
        use,
        new Secret(identifier),
        World.BUYER,
        about.at());
  }

  private static ReceiptOrder.Cancel cancel(ReceiptOrder order, Receipted issued) {
    return new ReceiptOrder.Cancel("revoke-" + order.id(), order.id(), issued.ref(), "단순 변심");
  }

  /** The simulator's book about one receipt. */
  private static List<JsonNode> book(Pg<?> pg, String tid) {
    String path = "/_sim/receipts/" + pg.code() + "?tid=" + tid;
    return JsonMapper.shared().readTree(WORLD.browser().get(path)).valueStream().toList();
  }

  private static long booked(Pg<?> pg) {
    return JsonMapper.shared()
        .readTree(WORLD.browser().get("/_sim/receipts/" + pg.code()))
        .valueStream()
        .count();
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void issuesAndTakesBack(Pg<?> pg) {
    Receipts connector = WORLD.connector(pg, Receipts.class);
    for (Use use : Use.values()) {
      String identifier = use == Use.PERSON ? PHONE : "1234567890";
      ReceiptOrder order = order(identifier, use, Tax.NONE);
      Receipted issued = World.ok(connector.issue(order));
      assertThat(issued.applyNum()).matches("[0-9]{9}");
      assertThat(book(pg, issued.ref().tid()))
          .singleElement()
          .satisfies(
              line -> {
                assertThat(line.path("amount").asLong()).isEqualTo(11_000);
                assertThat(line.path("cancelled").asBoolean()).isFalse();
              });
      World.ok(connector.revoke(cancel(order, issued)));
      World.ok(connector.revoke(cancel(order, issued)));
      assertThat(book(pg, issued.ref().tid()))
          .singleElement()
          .satisfies(line -> assertThat(line.path("cancelled").asBoolean()).isTrue());
    }
    assertThat(WORLD.wire())
        .noneSatisfy(
            entry -> assertThat(entry.url() + entry.request() + entry.answer()).contains(PHONE));
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void statesTheTaxOfAMixedSale(Pg<?> pg) {
    ReceiptOrder order = order(PHONE, Use.PERSON, new Tax(5_500, 500L));
    World.ok(WORLD.connector(pg, Receipts.class).issue(order));
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void passesARefusalOn(Pg<?> pg) {
    Receipts connector = WORLD.connector(pg, Receipts.class);
    long before = booked(pg);
    World.declined(connector.issue(order("01000000002", Use.PERSON, Tax.NONE)));
    World.declined(connector.issue(order("123", Use.PERSON, Tax.NONE)));
    assertThat(booked(pg)).isEqualTo(before);
    ReceiptOrder order = order("01000009015", Use.PERSON, Tax.NONE);
    Receipted issued = World.ok(connector.issue(order));
    World.declined(connector.revoke(cancel(order, issued)));
    assertThat(book(pg, issued.ref().tid()))
        .singleElement()
        .satisfies(line -> assertThat(line.path("cancelled").asBoolean()).isFalse());
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void aLostAnswerIsUnknownAndEndsAsDeclared(Pg<?> pg) {
    Receipts connector = WORLD.connector(pg, Receipts.class);
    for (String magic : List.of("01000009002", "01000009004")) {
      long before = booked(pg);
      ReceiptOrder order = order(magic, Use.PERSON, Tax.NONE);
      World.unknown(connector.issue(order));
      if (connector.receiptEnds() == Ends.IDEMPOTENT_RETRY) {
        Outcome<Receipted> again = connector.issue(order);
        while (again instanceof Outcome.Unknown<Receipted>) {
          again = connector.issue(order);
        }
        assertThat(book(pg, World.ok(again).ref().tid())).hasSize(1);
      } else {
        assertThat(connector.receiptEnds()).isEqualTo(Ends.NONE);
      }
      assertThat(booked(pg)).isEqualTo(before + 1);
    }
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void aCancelWhoseAnswerIsLostIsRepeated(Pg<?> pg) {
    Receipts connector = WORLD.connector(pg, Receipts.class);
    ReceiptOrder order = order("01000009012", Use.PERSON, Tax.NONE);
    Receipted issued = World.ok(connector.issue(order));
    World.unknown(connector.revoke(cancel(order, issued)));
    World.ok(connector.revoke(cancel(order, issued)));
    assertThat(book(pg, issued.ref().tid()).getFirst().path("cancelled").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("issuing")
  void whatIsNotSentDidNotHappen(Pg<?> pg) {
    Receipts unplugged = WORLD.unplugged(pg).as(Receipts.class).orElseThrow();
    assertThat(World.declined(unplugged.issue(order(PHONE, Use.PERSON, Tax.NONE))).reason())
        .isEqualTo(Reason.UNREACHABLE);
  }
}
