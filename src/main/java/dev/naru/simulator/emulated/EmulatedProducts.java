package dev.naru.simulator.emulated;

import static dev.naru.simulator.emulated.ProductBook.claims;
import static dev.naru.simulator.emulated.ProductBook.is;
import static dev.naru.simulator.emulated.ProductBook.isOpen;
import static dev.naru.simulator.emulated.ProductBook.with;

import dev.naru.simulator.emulated.EmulatedDesk.Asked;
import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Entry.Registered;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code product} operations of one emulated PG: what its merchants may do about a product
 * order, and when.
 */
final class EmulatedProducts {

  private static final Set<String> REFUNDS = Set.of("cancel", "approve_cancel", "approve_return");

  private final EmulatedPayments payments;
  private final Till till;
  private final Ledger ledger;
  private final ProductBook book;

  EmulatedProducts(EmulatedPayments payments) {
    this.payments = payments;
    till = payments.till();
    ledger = till.ledger();
    book = new ProductBook(till);
  }

  Answer handle(Asked asked) {
    if (asked.operation().equals("product.find")) {
      return book.find(asked.id())
          .filter(one -> one.fact("merchant").equals(asked.account()))
          .<Answer>map(one -> Emulation.ok(one.fact("tid"), book.view(one)))
          .orElseGet(EmulatedPayments::unknown);
    }
    return ledger.locked(
        asked.id(),
        () ->
            ledger
                .latest(asked.account(), asked.id(), Charge::paid)
                .map(charge -> of(asked, charge))
                .orElseGet(EmulatedPayments::unknown));
  }

  private Answer of(Asked asked, Charge charge) {
    if (asked.operation().equals("product.list")) {
      return Emulation.ok(
          charge.tid(),
          Map.of("product_orders", book.of(charge).stream().map(book::view).toList()));
    }
    Registered one =
        book.of(charge).stream()
            .filter(known -> known.id().equals(asked.text("product_order")))
            .findFirst()
            .orElse(null);
    if (one == null) {
      return EmulatedPayments.unknown();
    }
    String verb = asked.operation().substring("product.".length());
    return REFUNDS.contains(verb) ? refund(asked, charge, one) : act(asked, charge, one);
  }

  /** The money goes back as by {@code payment.cancel}; the product order follows it. */
  private Answer refund(Asked asked, Charge charge, Registered one) {
    String id = asked.text("cancel");
    boolean known = charge.course().cancels().stream().anyMatch(c -> c.replay().equals(id));
    if (known) {
      return payments.cancel(asked);
    }
    boolean returned = asked.operation().equals("product.approve_return");
    boolean permitted =
        switch (asked.operation()) {
          case "product.cancel" -> is(one, "paid") && !isOpen(one);
          case "product.approve_cancel" -> claims(one, "cancel", "requested");
          default -> isReturning(one) && one.fact("withheld").isEmpty();
        };
    if (!permitted) {
      return notNow();
    }
    if (id.isEmpty() || asked.fields().path("amount").asLong(-1) != ProductBook.worth(one)) {
      return Emulation.declined("amount_mismatch", "상품 주문의 금액과 다릅니다.");
    }
    book.giving(one, id, returned ? "returned" : "canceled", returned ? "return" : "cancel");
    return payments.cancel(asked);
  }

  private Answer act(Asked asked, Charge charge, Registered one) {
    if (!fits(asked)) {
      return Emulation.badRequest();
    }
    Effect effect = charge.means().effect();
    if (effect == Effect.AFTER_REFUSED) {
      Refusal refusal = EmulatedPayments.CODES.of(effect);
      return Emulation.declined(refusal.code(), refusal.text());
    }
    String same = asked.operation() + kept(asked);
    boolean again = one.fact("last").equals(same) && !is(one, "canceled") && !is(one, "returned");
    Registered after = again ? one : after(asked, one);
    if (after == null) {
      return notNow();
    }
    Entry.Told before = ledger.told(charge.tid(), asked.operation(), one.id());
    boolean swallowed = effect == Effect.AFTER_TIMEOUT && before == null;
    ledger.save(told(asked, charge, swallowed));
    if (swallowed) {
      return new Answer.Silence();
    }
    Registered now = with(after, "last", same);
    book.save(now);
    Answer.Reply reply = Emulation.ok(charge.tid(), book.view(now));
    return effect == Effect.AFTER_ANSWER_LOST && before == null ? new Answer.Lost(reply) : reply;
  }

  /** What becomes of a product order; null if its state does not permit it. */
  private static @Nullable Registered after(Asked asked, Registered one) {
    return switch (asked.operation()) {
      case "product.place" ->
          is(one, "paid") && !isOpen(one) && one.fact("placed").isEmpty()
              ? with(one, "placed", "true")
              : null;
      case "product.ship" -> shipped(one);
      case "product.request_return" ->
          (is(one, "delivering") || is(one, "delivered")) && !isOpen(one)
              ? with(one, "kind", "return", "stage", stage(asked), "withheld", "")
              : null;
      case "product.reject_return" ->
          isReturning(one) ? with(one, "stage", "rejected", "withheld", "") : null;
      case "product.withhold_return" ->
          isReturning(one) && one.fact("withheld").isEmpty()
              ? with(one, "withheld", asked.text("reason"))
              : null;
      case "product.resolve_return" ->
          isReturning(one) && !one.fact("withheld").isEmpty() ? with(one, "withheld", "") : null;
      case "product.collect_exchanged" ->
          claims(one, "exchange", "requested", "collecting")
              ? with(one, "stage", "collected")
              : null;
      case "product.ship_exchanged" ->
          claims(one, "exchange", "collected") ? with(one, "stage", "redelivering") : null;
      default -> null;
    };
  }

  /** What is on its way cannot be cancelled any more: a buyer who asked for it has a no. */
  private static @Nullable Registered shipped(Registered one) {
    if (!is(one, "paid") || (isOpen(one) && !claims(one, "cancel", "requested"))) {
      return null;
    }
    Registered sent = with(one, "status", "delivering", "placed", "true");
    return isOpen(one) ? with(sent, "stage", "rejected") : sent;
  }

  private static String stage(Asked asked) {
    return asked.text("method").equals("RETURN_INDIVIDUAL") ? "requested" : "collecting";
  }

  private static boolean isReturning(Registered one) {
    return claims(one, "return", "requested", "collecting", "collected");
  }

  private static Answer notNow() {
    return Emulation.declined("not_permitted", "상품 주문의 현재 상태에서는 할 수 없는 요청입니다.");
  }

  private static boolean fits(Asked asked) {
    boolean parcel = asked.text("method").matches("DELIVERY|RETURN_DELIVERY");
    boolean tracked =
        !parcel || (!asked.text("courier").isBlank() && !asked.text("tracking").isBlank());
    return switch (asked.operation()) {
      case "product.ship" -> tracked && !asked.text("method").isBlank() && isTime(asked);
      case "product.ship_exchanged" -> tracked && !asked.text("method").isBlank();
      case "product.request_return" ->
          tracked && !asked.text("method").isBlank() && !asked.text("reason").isBlank();
      case "product.reject_return" -> !asked.text("memo").isBlank();
      case "product.withhold_return" ->
          !asked.text("memo").isBlank() && !asked.text("reason").isBlank();
      case "product.place", "product.resolve_return", "product.collect_exchanged" -> true;
      default -> false;
    };
  }

  private static boolean isTime(Asked asked) {
    try {
      return Instant.parse(asked.text("sent_at")).isAfter(Instant.EPOCH);
    } catch (DateTimeParseException malformed) {
      return false;
    }
  }

  private Entry.Told told(Asked asked, Charge charge, boolean swallowed) {
    return new Entry.Told(
        charge.order().merchant(),
        charge.order().id(),
        charge.tid(),
        asked.operation(),
        asked.text("product_order"),
        kept(asked),
        swallowed,
        till.now());
  }

  private static Map<String, String> kept(Asked asked) {
    Map<String, String> kept = new TreeMap<>();
    asked.fields().properties().forEach(f -> kept.put(f.getKey(), f.getValue().asString("")));
    return kept;
  }
}
