package dev.naru.console.attention;

import dev.naru.attention.Matter;
import dev.naru.attention.MatterListStore;
import dev.naru.attention.What;
import dev.naru.console.frame.Viewer;
import dev.naru.console.part.Amounts;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Money;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.payment.Payment;
import dev.naru.payment.store.PaymentListStore;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Matters as pages show them. */
@Component
public class MatterRows {

  /**
   * Those behind which there may be money whose whereabouts nobody knows, or that is not theirs.
   */
  static final Set<What> MONEY =
      EnumSet.of(
          What.OUTCOME_UNKNOWN,
          What.CANCEL_UNDECIDED,
          What.CANCEL_REFUSED,
          What.REVERSAL_REFUSED,
          What.PAID_OTHERWISE,
          What.LOOKUP_FAILS,
          What.BALANCE_UNEXPLAINED,
          What.BOOKS_DIFFER,
          What.TEST_CHARGE_STANDS,
          What.CHARGE_WITHOUT_REFERENCE);

  private static final int HOURS = 24;
  private static final int MINUTES = 60;

  private final MatterListStore list;
  private final PaymentListStore payments;
  private final PgDirectory pgs;
  private final HubClock clock;

  MatterRows(MatterListStore list, PaymentListStore payments, PgDirectory pgs, HubClock clock) {
    this.list = list;
    this.payments = payments;
    this.pgs = pgs;
    this.clock = clock;
  }

  /**
   * A matter in a list.
   *
   * @param amount what its payment charged; null where it is about none
   * @param pg the name of the payment's PG; null where it is about none
   * @param shop whose it is; null for the hub's own
   * @param money whether money is at stake
   */
  public record Row(
      Matter matter,
      String title,
      @Nullable Payment payment,
      @Nullable String amount,
      @Nullable String pg,
      @Nullable String shop,
      Since since,
      boolean money) {

    public String path() {
      return "/console/attention/" + matter.merchantId() + "/" + matter.id();
    }
  }

  /**
   * For how long it has been so.
   *
   * @param unit {@code minutes}, {@code hours} or {@code days}
   */
  public record Since(String unit, long count) {}

  /** The newest that are open. */
  public List<Row> newest(Viewer viewer, int most) {
    return rows(viewer, list.list(MatterListStore.Query.open(viewer.watched(), most)));
  }

  List<Row> rows(Viewer viewer, List<Matter> matters) {
    Map<ImpUid, Payment> found = new HashMap<>();
    matters.stream()
        .filter(matter -> matter.impUid().isPresent())
        .collect(Collectors.groupingBy(Matter::merchantId))
        .forEach(
            (merchant, its) ->
                payments
                    .bulk(
                        merchant,
                        its.stream()
                            .flatMap(one -> one.impUid().stream())
                            .map(ImpUid::value)
                            .toList(),
                        List.of())
                    .forEach(payment -> found.put(payment.impUid(), payment)));
    return matters.stream()
        .map(matter -> row(viewer, matter, matter.impUid().map(found::get)))
        .toList();
  }

  private Row row(Viewer viewer, Matter matter, Optional<Payment> payment) {
    boolean korean = viewer.korean();
    return new Row(
        matter,
        viewer.words().of(matter.what()),
        payment.orElse(null),
        payment.map(one -> Amounts.of(one.charged(), korean)).orElse(null),
        payment.map(one -> pgName(one.via().provider(), korean)).orElse(null),
        viewer.everyShop().stream()
            .filter(one -> one.id() == matter.merchantId())
            .map(Merchant::name)
            .findFirst()
            .orElse(null),
        since(matter.since()),
        MONEY.contains(matter.what()));
  }

  @Nullable String amount(@Nullable Money money, boolean korean) {
    return money == null ? null : Amounts.of(money, korean);
  }

  private String pgName(String provider, boolean korean) {
    return pgs.find(provider).map(pg -> korean ? pg.nameKo() : pg.nameEn()).orElse(provider);
  }

  private Since since(Instant at) {
    Duration time = Duration.between(at, clock.instant());
    if (time.toMinutes() < MINUTES) {
      return new Since("minutes", Math.max(1, time.toMinutes()));
    }
    return time.toHours() < HOURS
        ? new Since("hours", time.toHours())
        : new Since("days", time.toDays());
  }
}
