package dev.naru.payment;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Money;
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
      throw Failed.wrongState("결제정보 사전등록에 실패하였습니다(이미 등록된 merchant_uid입니다).");
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
              throw Failed.wrongState("사전 등록된 결제 금액과 요청 금액이 일치하지 않습니다.");
            });
  }

  private static boolean fits(Prepared prepared, Money asked) {
    return prepared.currency() == null
        ? prepared.amount().major().compareTo(asked.major()) == 0
        : prepared.amount().equals(asked);
  }

  private static Failed unknown() {
    return Failed.notFound("사전등록된 결제정보가 존재하지 않습니다.");
  }
}
