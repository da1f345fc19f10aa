package dev.naru.simulator.emulated;

import dev.naru.simulator.emulated.EmulatedDesk.Asked;
import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.till.Telling;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What an emulated PG is told, or asked, after a sale. The book keeps it without the address. */
final class EmulatedSales {

  private static final Set<String> DELIVERY_STATUSES =
      Set.of("order_placed", "order_shipped", "delivering", "delivered");
  private static final List<String> ADDRESS =
      List.of("country", "city", "zip", "state", "street", "phone", "firstname", "lastname");

  private static final int REFUSED = 4001;

  private final Till till;
  private final Ledger ledger;

  EmulatedSales(Till till) {
    this.till = till;
    this.ledger = till.ledger();
  }

  Answer handle(Asked asked) {
    return ledger.locked(
        asked.id(),
        () ->
            ledger
                .latest(asked.caller().account(), asked.id(), Charge::paid)
                .map(charge -> told(asked, charge))
                .orElseGet(EmulatedPayments::unknown));
  }

  private Answer told(Asked asked, Charge charge) {
    if (!fits(asked)) {
      return Emulation.badRequest();
    }
    Effect effect = charge.means().effect();
    if (effect == Effect.AFTER_REFUSED) {
      Refusal refusal = EmulatedPayments.CODES.of(Effect.AFTER_REFUSED);
      return asked.operation().equals("delivery.report")
          ? refusedDelivery(charge, refusal)
          : Emulation.declined(refusal.code(), refusal.text());
    }
    return new Telling(asked.operation(), false, kept(asked))
        .take(till, charge, now -> Emulation.ok(charge.tid(), answer(asked, now)));
  }

  /** Plain fields: the address is the only one that is not. */
  private static Map<String, String> kept(Asked asked) {
    Map<String, String> kept = new LinkedHashMap<>();
    asked
        .fields()
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                kept.put(field.getKey(), field.getValue().asString());
              }
            });
    return kept;
  }

  private static boolean fits(Asked asked) {
    return switch (asked.operation()) {
      case "delivery.report" -> isDelivery(asked);
      default -> false;
    };
  }

  private static boolean isDelivery(Asked asked) {
    boolean physical = asked.text("type").equals("physical");
    JsonNode address = asked.fields().path("address");
    Stream<String> ofGoods =
        Stream.concat(
            Stream.of(asked.text("carrier"), asked.text("tracking_id")),
            ADDRESS.stream().map(part -> address.path(part).asString("")));
    return (physical || asked.text("type").equals("digital"))
        && DELIVERY_STATUSES.contains(asked.text("status"))
        && !asked.text("merchant_uid").isBlank()
        && !asked.text("delivery_expected_at").isBlank()
        && !asked.text("update_expected_at").isBlank()
        && asked.fields().path("refundable").isBoolean()
        && !address.path("email").asString("").isBlank()
        && (!physical || ofGoods.noneMatch(String::isBlank));
  }

  private static Map<String, Object> answer(Asked asked, Entry.Told told) {
    return asked.operation().equals("delivery.report")
        ? Map.of("taken", true, "notices", List.of())
        : Map.of("at", told.at().toString());
  }

  private static Answer refusedDelivery(Charge charge, Refusal refusal) {
    return Emulation.ok(
        charge.tid(),
        Map.of(
            "taken",
            false,
            "error_code",
            REFUSED,
            "error",
            refusal.text(),
            "notices",
            List.of("배송 정보를 확인해 주세요.")));
  }
}
