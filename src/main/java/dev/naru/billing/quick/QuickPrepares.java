package dev.naru.billing.quick;

import dev.naru.billing.Refusal;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.payment.Purchase;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a shop registers before its buyer comes to the window of its easy pay (V1 {@code
 * /kcpquick/prepare}).
 */
@Component
public class QuickPrepares {

  private final QuickPrepareStore store;
  private final HubClock clock;

  QuickPrepares(QuickPrepareStore store, HubClock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * A registration, by V1's names of its parts.
   *
   * @param codeVerifier by which whoever ends what was begun proves to have begun it
   * @param prepaid what prepaid money it is for, null if it is for none
   */
  public record Registration(
      String btid,
      String custIp,
      Secret codeVerifier,
      @Nullable Money prepaid,
      @Nullable String venderType,
      @Nullable String rewardId) {}

  /** Throws {@link Failed} conflict if the merchant_uid has one already. */
  public void register(long merchantId, String merchantUid, Registration registration) {
    if (!store.insert(merchantId, merchantUid, registration, clock.instant())) {
      throw Failed.conflict(Refusal.QUICK_PREPARED_ALREADY);
    }
  }

  /** Throws {@link Failed} not found if the merchant_uid has none. */
  public void change(long merchantId, String merchantUid, Registration registration) {
    if (!store.update(merchantId, merchantUid, registration, clock.instant())) {
      throw Failed.notFound(Refusal.QUICK_NOT_PREPARED);
    }
  }

  Optional<Registration> find(long merchantId, String merchantUid) {
    return store.find(merchantId, merchantUid);
  }

  /** Throws {@link Failed} wrong state if other prepaid money was registered than is charged. */
  void check(long merchantId, Purchase purchase) {
    boolean differs =
        find(merchantId, purchase.merchantUid())
            .map(Registration::prepaid)
            .filter(prepaid -> !prepaid.equals(purchase.amount()))
            .isPresent();
    if (differs) {
      throw Failed.wrongState(Refusal.QUICK_PREPARED_OTHERWISE);
    }
  }
}
