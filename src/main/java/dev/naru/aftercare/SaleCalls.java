package dev.naru.aftercare;

import dev.naru.aftercare.SaleCallStore.End;
import dev.naru.aftercare.SaleCallStore.Kind;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRef;
import dev.naru.connector.http.Lease;
import dev.naru.connector.order.Order;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Why;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.Payments;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Makes the calls that tell a PG something about a payment: each is a row, one at a time. */
@Component
class SaleCalls {

  private final SaleCallStore store;
  private final Payments payments;
  private final HubClock clock;

  SaleCalls(SaleCallStore store, Payments payments, HubClock clock) {
    this.store = store;
    this.payments = payments;
    this.clock = clock;
  }

  /** A call about one payment that is to be kept. */
  record Call(Payment payment, Kind kind, String detail) {}

  /**
   * Tells it, and keeps what came of it.
   *
   * @param refusal what the PG's no is to the caller
   */
  <T> T tell(Call call, BiFunction<Order, PgRef, Outcome<T>> verb, Function<Why, Failure> refusal) {
    Lease lease = payments.lease();
    int no = begin(call);
    Order order = Sales.order(call.payment());
    PgRef ref = Sales.ref(call.payment());
    return end(call, no, lease.ask(() -> verb.apply(order, ref)), refusal);
  }

  /** While another call runs the answer is no final one: an error, so that it is not kept. */
  int begin(Call call) {
    return store
        .call(call.payment(), call.kind(), call.detail(), clock.instant(), payments.leaseEnd())
        .orElseThrow(() -> Failed.pgError(Refusal.ANOTHER_RUNS));
  }

  /** Keeps what came of a call. */
  <T> T end(Call call, int no, Outcome<T> outcome, Function<Why, Failure> refusal) {
    return switch (outcome) {
      case Outcome.Ok<T>(T value) -> {
        store.end(call.payment(), no, End.DONE, clock.instant(), null);
        yield value;
      }
      case Outcome.Declined<T>(Decline decline) -> {
        store.end(call.payment(), no, End.REFUSED, null, decline.message());
        throw new Failed(refusal.apply(decline.why()));
      }
      case Outcome.Pending<T> pending -> throw unanswered(call, no, "pending");
      case Outcome.Unknown<T>(String why) -> throw unanswered(call, no, why);
    };
  }

  private Failed unanswered(Call call, int no, String why) {
    store.end(call.payment(), no, End.UNKNOWN, null, why);
    return Failed.pgError(Refusal.NOT_DONE_FOR_SURE);
  }
}
