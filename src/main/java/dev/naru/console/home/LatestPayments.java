package dev.naru.console.home;

import dev.naru.console.frame.Viewer;
import dev.naru.console.part.Amounts;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.payment.Payment;
import dev.naru.payment.list.PaymentFilter;
import dev.naru.payment.list.PaymentFilter.Mode;
import dev.naru.payment.list.PaymentListing;
import dev.naru.payment.list.PaymentListing.Sort;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The payments that changed last, of the shops that a viewer looks at. */
@Component
class LatestPayments {

  private static final int MOST = 8;

  private final PaymentListing listing;
  private final PgDirectory pgs;
  private final HubClock clock;

  LatestPayments(PaymentListing listing, PgDirectory pgs, HubClock clock) {
    this.listing = listing;
    this.pgs = pgs;
    this.clock = clock;
  }

  /**
   * A payment in the list.
   *
   * @param state as {@code home.state.} names it, which is the look's word for its badge, too
   * @param canceled what of it was given back; null if nothing was
   * @param at when it got this state
   */
  public record Row(
      String impUid,
      String state,
      String amount,
      @Nullable String canceled,
      String title,
      String merchantUid,
      String pg,
      Instant at) {}

  List<Row> of(Viewer viewer, Mode mode) {
    PaymentFilter all = PaymentFilter.standard(clock.instant(), mode);
    Merchant shop = viewer.shop();
    boolean alone = viewer.selected().equals(Viewer.OWN) && shop.parentId() == null;
    PaymentFilter filter = alone ? all.edit().shop(PaymentFilter.REPRESENTATIVE).filter() : all;
    return listing.page(shop, filter, null, MOST, Sort.NEWEST).payments().stream()
        .map(payment -> row(payment, viewer.korean()))
        .toList();
  }

  private Row row(Payment payment, boolean korean) {
    String provider = payment.via().provider();
    return new Row(
        payment.impUid().value(),
        state(payment),
        Amounts.of(payment.amount(), korean),
        payment.canceled().isZero() ? null : Amounts.of(payment.canceled(), korean),
        payment.purchase().name(),
        payment.purchase().merchantUid(),
        pgs.find(provider).map(pg -> korean ? pg.nameKo() : pg.nameEn()).orElse(provider),
        at(payment));
  }

  private static String state(Payment payment) {
    return switch (payment.state()) {
      case Payment.State.Ready _ -> payment.isUndecided() ? "unknown" : "ready";
      case Payment.State.Waiting _ -> "wait";
      case Payment.State.Failed _ -> "failed";
      case Payment.State.Paid _ ->
          payment.canceled().isZero()
              ? "paid"
              : payment.canceled().equals(payment.amount()) ? "over" : "part";
    };
  }

  private static Instant at(Payment payment) {
    if (!payment.canceled().isZero()) {
      return payment.cancellations().stream()
          .filter(one -> one.isDone() && one.doneAt() != null)
          .map(one -> Objects.requireNonNull(one.doneAt()))
          .max(Instant::compareTo)
          .orElse(payment.startedAt());
    }
    return switch (payment.state()) {
      case Payment.State.Paid(var _, Instant at) -> at;
      case Payment.State.Failed(var _, Instant at) -> at;
      case Payment.State.Ready _, Payment.State.Waiting _ -> payment.startedAt();
    };
  }
}
