package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.V1Parameters;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Secret;
import dev.naru.pg.emulated.EmulatedCheckout;
import dev.naru.pg.emulated.EmulatedPaymentwall;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the contract tests do not know of emulated windows: their signature, and who pays how. */
@Execution(ExecutionMode.CONCURRENT)
final class EmulatedCheckoutTest {

  private static final World WORLD = World.get();

  static Stream<Pg<?>> emulated() {
    return Rig.some(Rig.having(Checkout.class).map(Rig::pg).filter(Pg::emulated));
  }

  private static Checkout checkout(Pg<?> pg) {
    return WORLD.connector(pg, Checkout.class);
  }

  private static PgReturn back(Pg<?> pg, Order order) {
    return WORLD.browser().pay(World.ok(checkout(pg).open(order, WORLD.visit(false))), World.GOOD);
  }

  @ParameterizedTest
  @MethodSource("emulated")
  void hasThisAndItsOwn(Pg<?> pg) {
    assertThat(pg.capabilities()).contains("Cancels", "Checkout", "Lookup", "PartialCancels");
    assertThat(Capability.of(EmulatedCheckout.class))
        .containsExactly("Cancels", "Checkout", "Lookup", "PartialCancels");
  }

  /** One that says yes where the window said no, or another amount, or comes from somebody else. */
  @ParameterizedTest
  @MethodSource("emulated")
  void anythingChangedInAReturnIsForged(Pg<?> pg) {
    Order order = WORLD.order(15_000);
    Map<String, String> fields = back(pg, order).fields(StandardCharsets.UTF_8);
    assertThat(checkout(pg).authenticate(order, Browser.posted(fields, StandardCharsets.UTF_8)))
        .isInstanceOf(Returned.Authenticated.class);
    assertThat(fields.keySet()).contains("id", "result", "token", "amount", "signature");
    fields.forEach(
        (name, value) -> {
          for (String other : List.of("", value + "1", "declined")) {
            Map<String, String> changed = new LinkedHashMap<>(fields);
            changed.put(name, other);
            if (!other.equals(value)) {
              assertThat(
                      checkout(pg)
                          .authenticate(order, Browser.posted(changed, StandardCharsets.UTF_8)))
                  .as(name + "=" + other)
                  .isInstanceOf(Returned.Forged.class);
            }
          }
        });
    Checkout ofAnother =
        pg.connect(
                new EmulatedCheckout.Config("naru-other", new Secret("another secret")),
                WORLD.http(pg, WORLD.browser().simulator()))
            .as(Checkout.class)
            .orElseThrow();
    assertThat(ofAnother.authenticate(order, Browser.posted(fields, StandardCharsets.UTF_8)))
        .isInstanceOf(Returned.Forged.class);
  }

  @ParameterizedTest
  @MethodSource("emulated")
  void anotherAccountSeesNothing(Pg<?> pg) {
    Order order = WORLD.order(15_000);
    WORLD.paid(pg, order, World.GOOD);
    Lookup ofAnother =
        pg.connect(
                new EmulatedCheckout.Config("naru-other", new Secret("another secret")),
                WORLD.http(pg, WORLD.browser().simulator()))
            .as(Lookup.class)
            .orElseThrow();
    assertThat(World.ok(ofAnother.find(order, null, Map.of()))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("emulated")
  void aWindowOpensOnceForAnOrder(Pg<?> pg) {
    Order order = WORLD.order(15_000);
    Window first = World.ok(checkout(pg).open(order, WORLD.visit(false)));
    assertThat(World.ok(checkout(pg).open(order, WORLD.visit(false)))).isEqualTo(first);
    assertThat(
            World.declined(checkout(pg).open(World.expecting(9_000, order), WORLD.visit(false)))
                .reason())
        .isEqualTo(Reason.DUPLICATE_ORDER);
  }

  @ParameterizedTest
  @MethodSource("emulated")
  void noAccountIsOpened(Pg<?> pg) {
    assertThat(
            World.declined(checkout(pg).open(WORLD.order(15_000, "vbank"), WORLD.visit(false)))
                .text())
        .contains("pay_method");
  }

  @ParameterizedTest
  @MethodSource("emulated")
  void nobodyListens(Pg<?> pg) {
    Checkout unplugged = WORLD.unplugged(pg).as(Checkout.class).orElseThrow();
    Order order = WORLD.order(15_000);
    assertThat(World.declined(unplugged.open(order, WORLD.visit(false))).reason())
        .isEqualTo(Reason.UNREACHABLE);
    assertThat(World.declined(unplugged.approve(order, Map.of("token", "t"))).reason())
        .isEqualTo(Reason.UNREACHABLE);
  }

  @ParameterizedTest
  @MethodSource("emulated")
  void theWireLogOpensNoWindowAndTellsNoSecret(Pg<?> pg) {
    int before = WORLD.wire().size();
    Order order = WORLD.order(15_000);
    Approval paid = WORLD.paid(pg, order, "5409260000004321");
    World.ok(WORLD.connector(pg, Cancels.class).cancel(WORLD.cancel(order, paid, 1_000, 15_000)));
    World.ok(WORLD.connector(pg, Lookup.class).find(order, null, Map.of()));
    List<String> kept =
        WORLD.wire().subList(before, WORLD.wire().size()).stream()
            .filter(entry -> entry.orderId().equals(order.id()))
            .map(Object::toString)
            .toList();
    assertThat(kept).hasSize(4);
    String password = ((EmulatedCheckout.Config) pg.demo()).password().reveal();
    for (String entry : kept) {
      assertThat(entry).doesNotContain(password, "5409260000004321", "/back/5f2c", "/windows/");
    }
  }

  @Test
  void paymentwallWantsToKnowTheBuyer() {
    Order nobodys = changed(WORLD.order(15_000), Buyer.NONE, Map.of());
    assertThat(
            World.declined(checkout(EmulatedPaymentwall.PG).open(nobodys, WORLD.visit(true)))
                .text())
        .contains("buyer_email");
  }

  private static Order changed(Order order, Buyer buyer, Map<String, String> options) {
    return new Order(
        order.id(),
        order.name(),
        order.method(),
        order.amount(),
        order.tax(),
        buyer,
        0,
        false,
        order.at(),
        new V1Parameters(options).wishes());
  }

  /** The PG answers the second request as the first, whether it was a yes or a no. */
  @ParameterizedTest
  @MethodSource("emulated")
  void repeatsItsAnswer(Pg<?> pg) {
    for (String number : List.of(World.GOOD, "4000000000000010")) {
      Order order = WORLD.order(15_000);
      PgReturn back =
          WORLD.browser().pay(World.ok(checkout(pg).open(order, WORLD.visit(false))), number);
      Returned.Authenticated auth = (Returned.Authenticated) checkout(pg).authenticate(order, back);
      Outcome<Approval> first = checkout(pg).approve(order, auth.intent());
      assertThat(checkout(pg).approve(order, auth.intent())).isEqualTo(first);
      assertThat(WORLD.paid(pg, order)).isEqualTo(number.equals(World.GOOD) ? 15_000 : 0);
    }
  }
}
