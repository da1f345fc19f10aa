package dev.naru.payment;

import dev.naru.connector.Canceled;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Tax;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Money;
import dev.naru.promotion.Benefit;
import java.math.BigInteger;
import java.util.Map;

/**
 * Who pays for an order: the buyer what the PG charges, and the promotion the rest. V1 counts
 * cancels in order money; where a promotion took something off, what is left of the order is priced
 * anew, and what was paid beyond that price goes back.
 */
public record Bill(Payment payment) {

  private static final String SALES = "sales";
  private static final String REFUNDS = "refunds";

  Money charged() {
    Benefit benefit = payment.purchase().benefit();
    return benefit == null
        ? payment.amount()
        : payment.amount().minus(Money.krw(benefit.discount()));
  }

  /** The tax parts of what is charged: they shrink in proportion. */
  public Tax tax() {
    return share(payment.purchase().tax(), payment.amount().minor(), charged().minor());
  }

  /** The attempt as its PG is told of it. */
  Order order(Attempt attempt) {
    Purchase purchase = payment.purchase();
    return new Order(
        attempt.orderId(),
        purchase.name(),
        purchase.method(),
        charged(),
        tax(),
        purchase.buyer(),
        purchase.quota(),
        purchase.escrow(),
        attempt.startedAt(),
        purchase.wishes());
  }

  private Money discount() {
    return payment.amount().minus(charged());
  }

  /** What was charged and not given back; for a payment that was paid. */
  public Money paid() {
    return charged()
        .minus(payment.sum(Cancellation::money, c -> c.state() == Cancellation.State.DONE));
  }

  /** What of the discount belongs to the rest of the order; for a payment that was paid. */
  public Money discountLeft() {
    return payment.amount().minus(payment.canceled()).minus(paid());
  }

  /**
   * The tax parts of all that can still be cancelled, in order money, as a cancel of it would state
   * them. Of a discounted payment that was cancelled in part it is what there can be at the most.
   */
  public Tax taxLeft() {
    Tax stated = payment.purchase().tax();
    long left = payment.cancelable().minor();
    long free = stated.free();
    Long vat = stated.vat();
    for (Cancellation cancel : payment.cancellations()) {
      Tax gone = cancel.state() == Cancellation.State.REFUSED ? Tax.NONE : cancel.tax();
      free -= gone.free();
      vat = vat == null ? null : Long.valueOf(vat - gone.vatOf(cancel.money().minor()));
    }
    long kept = Math.clamp(free, 0, left);
    return new Tax(kept, vat == null ? null : Long.valueOf(Math.clamp(vat, 0, left - kept)));
  }

  /** The tax parts of a cancel of so much that states none: in proportion to what is left. */
  public Tax taxOf(Money amount) {
    long left = payment.cancelable().minor();
    return left == 0 || amount.minor() > left ? Tax.NONE : share(taxLeft(), left, amount.minor());
  }

  // Double entry: what the PG owes and what the promotion pays are the order

  /** The account of what the promotion pays. */
  public String promotion() {
    return "promotion:" + payment.purchase().promotionId();
  }

  Event sold(Event event) {
    return event
        .moving(payment.receivable(), SALES, charged())
        .moving(promotion(), SALES, discount());
  }

  /** One of any number of deposits came in. */
  Event received(Event event, Money amount) {
    return event.moving(payment.receivable(), SALES, amount);
  }

  Event undone(Event event) {
    return event
        .moving(SALES, payment.receivable(), charged())
        .moving(SALES, promotion(), discount());
  }

  public Event refunded(Cancellation cancel, Canceled canceled) {
    Map<String, String> data = Map.of("tid", canceled.ref().tid());
    return Event.of(Event.Kind.CANCELED, cancel.announce(), data)
        .about(cancel.id())
        .moving(REFUNDS, payment.receivable(), cancel.money())
        .moving(REFUNDS, promotion(), cancel.amount().minus(cancel.money()));
  }

  // Cancels

  /**
   * The money that goes back for a part of the order.
   *
   * @param amount the part, in order money, no more than is left
   * @param retain V1's retain_promotion
   * @throws Failed wrong state if what is left would cost more than is still paid, or an earlier
   *     cancel was made with the other option
   */
  public Money refund(Money amount, boolean retain) {
    Benefit benefit = payment.purchase().benefit();
    if (benefit == null) {
      return amount;
    }
    boolean other =
        payment.cancellations().stream()
            .anyMatch(c -> c.state() != Cancellation.State.REFUSED && c.retain() != retain);
    if (other) {
      throw Failed.wrongState(Refusal.RETAINED_OTHERWISE);
    }
    Money rest = payment.cancelable().minus(amount);
    Money price = Money.krw(benefit.price(payment.amount().minor(), rest.minor(), retain));
    if (price.exceeds(paid())) {
      throw Failed.wrongState(Refusal.REST_COSTS_MORE, price.major(), paid().major());
    }
    return paid().minus(price);
  }

  /**
   * The tax parts of that money. They shrink with it, but take no more of a part than is left in
   * what was charged.
   *
   * @param stated those of {@code amount}
   */
  public Tax refundTax(Tax stated, Money amount, Money money) {
    if (payment.purchase().benefit() == null) {
      return stated;
    }
    long freeLeft = tax().free();
    for (Cancellation cancel : payment.cancellations()) {
      freeLeft -= cancel.state() == Cancellation.State.REFUSED ? 0 : cancel.tax().free();
    }
    Tax shared = share(stated, amount.minor(), money.minor());
    long taxedLeft = paid().minor() - freeLeft;
    long free =
        Math.clamp(
            shared.free(),
            Math.max(0, money.minor() - taxedLeft),
            Math.min(money.minor(), freeLeft));
    return new Tax(
        free, shared.vat() == null ? null : Math.min(shared.vat(), money.minor() - free));
  }

  /**
   * The tax parts of a part of an amount: in proportion, rounded down, and such that no part grows.
   */
  public static Tax share(Tax tax, long whole, long part) {
    if (part == whole) {
      return tax;
    }
    long free = proportion(tax.free(), whole, part);
    Long vat = tax.vat();
    return new Tax(
        free,
        vat == null
            ? null
            : Long.valueOf(
                Math.max(proportion(vat, whole, part), part - free - (whole - tax.free() - vat))));
  }

  private static long proportion(long amount, long whole, long part) {
    return BigInteger.valueOf(amount)
        .multiply(BigInteger.valueOf(part))
        .divide(BigInteger.valueOf(whole))
        .longValueExact();
  }
}
