package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Outcome;
import dev.naru.connector.order.Order;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Money;
import java.util.Currency;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A window never asks for the number of one currency in another. */
@Execution(ExecutionMode.CONCURRENT)
final class CurrencyContractTest {

  private static final World WORLD = World.get();

  static Stream<Rig> windows() {
    return Rig.having(Checkout.class);
  }

  @ParameterizedTest
  @MethodSource("windows")
  void anothersMoneyIsNamedOrRefused(Rig rig) {
    Currency own = rig.money(0).currency();
    Currency other = own.equals(Money.KRW) ? Currency.getInstance("USD") : Money.KRW;
    Order order = WORLD.order(new Money(1_400, other), rig.methods().getFirst());
    for (boolean mobile : new boolean[] {false, true}) {
      Outcome<Window> window = rig.connector(Checkout.class).open(order, WORLD.visit(mobile));
      if (window instanceof Outcome.Ok<Window>(Window opened)) {
        assertThat(opened.toString())
            .contains(other.getCurrencyCode())
            .doesNotContain("WON", own.getCurrencyCode());
      } else {
        assertThat(window).isInstanceOf(Outcome.Declined.class);
      }
    }
  }
}
