package dev.naru.simulator.emulated;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The orders of a day, out of another PG's book. */
final class EmulatedOrderLists implements EmulatedDesk {

  private static final int PAGE = 50;

  private final Till till;
  private final Ledger payments;

  /**
   * @param payments the book of the PG that has the orders
   */
  EmulatedOrderLists(Till till, Ledger payments) {
    this.till = till;
    this.payments = payments;
  }

  @Override
  public Till till() {
    return till;
  }

  @Override
  public Answer handle(Asked asked) {
    long page = asked.fields().path("page").asLong(0);
    if (!asked.operation().equals("orders.list") || page < 1) {
      return Emulation.badRequest();
    }
    String day;
    try {
      day = LocalDate.parse(asked.text("day")).format(DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeParseException _) {
      return Emulation.badRequest();
    }
    List<Map<String, Object>> orders =
        payments
            .newest()
            .filter(charge -> charge.order().merchant().equals(asked.text("account")))
            .filter(charge -> Seoul.date(charge.course().opened()).equals(day))
            .skip((page - 1) * PAGE)
            .limit(PAGE)
            .map(EmulatedOrderLists::order)
            .toList();
    return Emulation.ok("", Map.of("orders", orders));
  }

  private static Map<String, Object> order(Charge charge) {
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("tid", charge.tid());
    order.put("order", charge.order().id());
    order.put("name", charge.order().name());
    order.put("status", status(charge.status()));
    order.put("amount", charge.order().amount());
    order.put("balance", charge.balance());
    order.put("opened_at", charge.course().opened().toString());
    if (charge.paid() && charge.course().at() != null) {
      order.put("at", charge.course().at().toString());
    }
    return order;
  }

  private static String status(Status status) {
    return switch (status) {
      case AUTHENTICATED, SILENCED, PENDING, WAITING -> "open";
      case KEY_ISSUED -> "key_issued";
      case PAID -> "paid";
      case PARTLY_CANCELLED -> "partly_cancelled";
      case CANCELLED -> "cancelled";
      case DECLINED, BLOCKED -> "failed";
    };
  }
}
