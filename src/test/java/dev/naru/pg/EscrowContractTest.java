package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.AfterSale.Escrow;
import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Vbank;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.aftercare.Shipment;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.VbankOrder;
import dev.naru.pg.Rig.Lack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@link Escrow}: the delivery is registered, changed, and told again when nobody answered. */
@Execution(ExecutionMode.CONCURRENT)
final class EscrowContractTest {

  private static final World WORLD = World.get();

  static Stream<Rig> shipping() {
    return Rig.having(Escrow.class, Vbank.class);
  }

  static Shipment delivery(Order order, String company, String invoice) {
    return new Shipment(
        new Shipment.Party("나루상점", "0212345678", "서울시 종로구", "04524"),
        new Shipment.Party("임꺽정", "01098765432", "부산시 해운대구", "48058"),
        company,
        invoice,
        order.at(),
        "나루");
  }

  record Paid(Order order, Approval approval) {}

  static Paid paid(Rig rig, boolean deposited) {
    Order order = rig.order(30_000, "vbank");
    Approval approval =
        World.ok(
            rig.connector(Vbank.class)
                .open(
                    order,
                    new VbankOrder(
                        "088", order.at().plus(Duration.ofDays(1)), "나루상점", null, null)));
    if (deposited) {
      WORLD.deposit(rig.pg(), World.present(approval.account()).number());
    }
    return new Paid(order, approval);
  }

  static List<JsonNode> book(Rig rig, Order order) {
    String path = "/_sim/deliveries/" + rig.code() + "?order_id=" + order.id();
    return JsonMapper.shared().readTree(WORLD.browser().get(path)).valueStream().toList();
  }

  @ParameterizedTest
  @MethodSource("shipping")
  void registersAndChanges(Rig rig) {
    Escrow escrow = rig.connector(Escrow.class);
    Paid paid = paid(rig, true);
    String registered = "111122223333";
    for (String invoice : List.of(registered, "444455556666")) {
      Outcome<Instant> told =
          escrow.ship(
              paid.order(), paid.approval().ref(), delivery(paid.order(), "CJGLS", invoice));
      if (rig.lacks(Lack.DELIVERY_CHANGE) && !invoice.equals(registered)) {
        World.declined(told);
      } else {
        World.ok(told);
        registered = invoice;
      }
      String expected = registered;
      assertThat(book(rig, paid.order()))
          .singleElement()
          .satisfies(line -> assertThat(line.path("invoice").asString()).isEqualTo(expected));
    }
    assertThat(WORLD.wire())
        .noneSatisfy(
            entry -> assertThat(entry.request()).containsAnyOf("임꺽정", "01098765432", "해운대"));
  }

  @ParameterizedTest
  @MethodSource("shipping")
  void aLostAnswerIsUnknownAndToldAgain(Rig rig) {
    Escrow escrow = rig.connector(Escrow.class);
    Paid paid = paid(rig, true);
    Shipment delivery = delivery(paid.order(), "HANJIN", "000000009002");
    World.unknown(escrow.ship(paid.order(), paid.approval().ref(), delivery));
    World.ok(escrow.ship(paid.order(), paid.approval().ref(), delivery));
    assertThat(book(rig, paid.order())).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("shipping")
  void isRefusedBeforeItIsPaid(Rig rig) {
    Escrow escrow = rig.connector(Escrow.class);
    Paid waiting = paid(rig, false);
    World.declined(
        escrow.ship(
            waiting.order(),
            waiting.approval().ref(),
            delivery(waiting.order(), "CJGLS", "111122223333")));
    Escrow unplugged = rig.unplugged().as(Escrow.class).orElseThrow();
    assertThat(
            World.declined(
                    unplugged.ship(
                        waiting.order(),
                        waiting.approval().ref(),
                        delivery(waiting.order(), "CJGLS", "1")))
                .reason())
        .isEqualTo(Reason.UNREACHABLE);
  }
}
