package dev.naru.simulator.kit;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What the books of all PGs say, as whoever tests with them asks for it. */
final class Books {

  private Books() {}

  static Answer books(Control.Desk desk, Map<String, String> filter) {
    return Answer.Reply.json(
        200,
        found(desk.till().ledger(), filter)
            .filter(c -> c.charged() || c.status() == Status.DECLINED)
            .filter(c -> Call.fits(filter, "order_id", c.order().id()))
            .filter(c -> Call.fits(filter, "merchant", c.order().merchant()))
            .filter(c -> Call.fits(filter, "tid", c.tid()))
            .map(c -> line(desk.till().ledger().pg(), c))
            .toList());
  }

  /** The book is read whole only when nothing narrower is asked for. */
  private static Stream<Charge> found(Ledger ledger, Map<String, String> filter) {
    if (filter.containsKey("tid")) {
      return Stream.ofNullable(ledger.byTid(filter.get("tid")));
    }
    String order = filter.get("order_id");
    return order == null ? ledger.all() : ledger.ofOrder(order);
  }

  static Answer receipts(Ledger ledger, Map<String, String> filter) {
    return Answer.Reply.json(
        200,
        ledger
            .receipts()
            .filter(r -> r.stage() != Entry.ReceiptStage.SILENCED)
            .filter(r -> Call.fits(filter, "order_id", r.order()))
            .filter(r -> Call.fits(filter, "merchant", r.merchant()))
            .filter(r -> Call.fits(filter, "tid", r.id()))
            .sorted(Comparator.comparing(Entry.Receipt::at))
            .map(
                r ->
                    Map.of(
                        "merchant", r.merchant(),
                        "order_id", r.order(),
                        "tid", r.id(),
                        "amount", r.amounts().total(),
                        "tax_free", r.amounts().taxFree(),
                        "use", r.use(),
                        "apply_num", r.applNum(),
                        "cancelled", r.stage() == Entry.ReceiptStage.CANCELLED,
                        "at", r.at()))
            .toList());
  }

  static Answer told(Ledger ledger, Map<String, String> filter) {
    return Answer.Reply.json(
        200,
        (filter.containsKey("tid") ? ledger.told(filter.get("tid")) : ledger.told())
            .filter(t -> !t.swallowed())
            .filter(t -> Call.fits(filter, "order_id", t.order()))
            .filter(t -> Call.fits(filter, "tid", t.tid()))
            .sorted(Comparator.comparing(Entry.Told::at))
            .map(
                t ->
                    Map.of(
                        "merchant", t.merchant(),
                        "order_id", t.order(),
                        "tid", t.tid(),
                        "operation", t.operation(),
                        "about", t.about(),
                        "fields", t.fields(),
                        "at", t.at()))
            .toList());
  }

  /** What is on people's lists, as it came there. */
  static Answer wishes(Ledger ledger, Map<String, String> filter) {
    return Answer.Reply.json(
        200,
        ledger.registered(Entry.Registered.WISH).stream()
            .filter(one -> Call.fits(filter, "merchant", one.fact("merchant")))
            .filter(one -> Call.fits(filter, "product", one.fact("product")))
            .sorted(
                Comparator.comparing((Entry.Registered one) -> one.fact("at"))
                    .thenComparing(Entry.Registered::id))
            .map(Entry.Registered::facts)
            .toList());
  }

  static Map<String, Object> line(String pg, Charge charge) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("pg", pg);
    line.put("merchant", charge.order().merchant());
    line.put("order_id", charge.order().id());
    line.put("tid", charge.tid());
    line.put("method", charge.means().method());
    line.put("effect", charge.means().effect());
    line.put("amount", charge.order().amount());
    line.put("balance", charge.balance());
    if (!charge.order().more("currency").isEmpty()) {
      line.put("currency", charge.order().more("currency"));
    }
    line.put("status", charge.status());
    line.put("paid", charge.paid());
    line.put("declined", charge.status() == Status.DECLINED);
    line.put("opened_at", charge.course().opened());
    if (charge.course().at() != null) {
      line.put("at", charge.course().at());
    }
    if (charge.course().refusal() != null) {
      line.put("refusal", charge.course().refusal().code());
    }
    if (charge.means().card() != null) {
      line.put("card", charge.means().card().masked());
    }
    if (charge.means().key() != null) {
      line.put("billing_key", charge.means().key());
    }
    if (charge.means().account() != null) {
      line.put("bank", charge.means().account().bank());
      line.put("account", charge.means().account().number());
    }
    line.put("cancels", charge.cancels().stream().map(Books::line).toList());
    return line;
  }

  private static Map<String, Object> line(Charge.Cancel cancel) {
    return Map.of(
        "id", cancel.id(), "amount", cancel.amount(), "reason", cancel.reason(), "at", cancel.at());
  }
}
