package dev.naru.payment.flow;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Money;
import dev.naru.payment.Purchase;
import dev.naru.payment.Refusal;
import dev.naru.payment.store.PrepareStore;
import java.util.Currency;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Amounts registered before a window opens (V1 {@code /payments/prepare}). */
@Component
public class Prepares {

  private final PrepareStore store;
  private final HubClock clock;

  Prepares(PrepareStore store, HubClock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * @param currency null if it is not to be checked
   */
  public record Prepared(String merchantUid, Money amount, @Nullable Currency currency) {}

  /** Throws {@link Failed} wrong state if the merchant_uid is registered already. */
  public Prepared register(long merchantId, Prepared prepared) {
    if (!store.insert(merchantId, prepared, clock.instant())) {
      throw Failed.wrongState(Refusal.PREPARED_ALREADY);
    }
    return prepared;
  }

  /** Throws {@link Failed} not found if it was never registered. */
  public Prepared change(long merchantId, Prepared prepared) {
    if (!store.update(merchantId, prepared, clock.instant())) {
      throw unknown();
    }
    return prepared;
  }

  public Prepared get(long merchantId, String merchantUid) {
    return store.find(merchantId, merchantUid).orElseThrow(Prepares::unknown);
  }

  /** Throws {@link Failed} wrong state if another amount or currency was registered. */
  void check(long merchantId, Purchase purchase) {
    store
        .find(merchantId, purchase.merchantUid())
        .filter(prepared -> !fits(prepared, purchase.amount()))
        .ifPresent(
            prepared -> {
              throw Failed.wrongState(Refusal.PREPARED_OTHERWISE);
            });
  }

  private static boolean fits(Prepared prepared, Money asked) {
    return prepared.currency() == null
        ? prepared.amount().major().compareTo(asked.major()) == 0
        : prepared.amount().equals(asked);
  }

  private static Failed unknown() {
    return Failed.notFound(Refusal.NOT_PREPARED);
  }
}
