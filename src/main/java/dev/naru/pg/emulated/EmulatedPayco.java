package dev.naru.pg.emulated;

import dev.naru.connector.AfterSale.OrderProgress;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.PgRef;
import dev.naru.connector.aftercare.OrderStatus;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.order.Order;
import dev.naru.kernel.Secret;
import java.time.Instant;
import java.util.Optional;

/** PAYCO by direct contract, emulated. */
public final class EmulatedPayco extends EmulatedCheckout implements OrderProgress {

  public static final Pg<Config> PG =
      Emulation.of("payco", EmulatedPayco.class, Config.class, EmulatedPayco::new)
          .named("payco", "페이코", "PAYCO")
          .demo(new Config("naru-payco", new Secret("payco-test-password")));

  EmulatedPayco(Config config, PgHttp http) {
    super(config, http);
  }

  @Override
  Optional<String> wrong(Order order) {
    return super.wrong(order)
        .or(
            () ->
                order.buyer().tel() == null
                    ? Optional.of("구매자 전화번호는 필수입니다. (buyer_tel)")
                    : Optional.empty());
  }

  @Override
  public Outcome<Instant> progress(Order order, PgRef ref, OrderStatus status) {
    return told("order.status", order, Emulation.fields().put("status", lower(status)));
  }
}
