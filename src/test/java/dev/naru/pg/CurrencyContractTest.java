package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Order;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.Window;
import dev.naru.kernel.Money;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A window never asks for the number of one currency in another. */
final class CurrencyContractTest {

  private static final World WORLD = World.get();

  static Stream<Pg<?>> windows() {
    return World.having(List.of(Checkout.class));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void dollarsAreDollarsOrRefused(Pg<?> pg) {
    Order won = WORLD.order(1_400);
    Order dollars =
        new Order(
            won.id(),
            won.name(),
            won.method(),
            new Money(1_400, Currency.getInstance("USD")),
            won.tax(),
            won.buyer(),
            won.quota(),
            won.at(),
            won.options());
    for (boolean mobile : new boolean[] {false, true}) {
      Outcome<Window> window =
          WORLD.connector(pg, Checkout.class).open(dollars, WORLD.visit(mobile));
      if (window instanceof Outcome.Ok<Window>(Window opened)) {
        assertThat(opened.toString()).contains("USD").doesNotContain("WON", "KRW");
      } else {
        assertThat(window).isInstanceOf(Outcome.Declined.class);
      }
    }
  }
}
