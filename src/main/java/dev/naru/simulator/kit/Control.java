package dev.naru.simulator.kit;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.facts.Contracts;
import dev.naru.simulator.kit.people.Verifications;
import dev.naru.simulator.kit.till.Deposits;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * The simulators' own surface, which no PG has: their books, where notices go, and the buyer's
 * bank.
 */
final class Control {

  /**
   * @param deposited sends the PG's notice about an account; false when nobody wants it
   */
  record Desk(Till till, Function<Charge, Boolean> deposited) {}

  private final Map<String, Desk> desks;
  private final Map<String, Verifications> identity;
  private final Map<String, Contracts> contracts;

  private final Function<Call, Answer> clock;

  /**
   * @param identity the PGs that verify identities
   * @param contracts of the PGs that do not take just anybody
   * @param clock moves the time all of them live in
   */
  Control(
      Map<String, Desk> desks,
      Map<String, Verifications> identity,
      Map<String, Contracts> contracts,
      Function<Call, Answer> clock) {
    this.desks = desks;
    this.identity = identity;
    this.contracts = contracts;
    this.clock = clock;
  }

  Answer handle(Call call) {
    List<String> path = List.of(call.path().substring(1).split("/", -1));
    if (path.equals(List.of("health"))) {
      Set<String> pgs = new TreeSet<>(desks.keySet());
      pgs.addAll(identity.keySet());
      return Answer.Reply.json(200, Map.of("status", "UP", "pgs", pgs));
    }
    Verifications verifications = path.size() < 2 ? null : identity.get(path.get(1));
    if (verifications != null && call.method().equals("GET") && path.getFirst().equals("books")) {
      return verifications.books(call.params());
    }
    if (path.equals(List.of("clock"))) {
      return clock.apply(call);
    }
    if (path.size() == 2 && path.getFirst().equals("contracts")) {
      return contract(call, path.get(1));
    }
    Desk desk = path.size() < 2 ? null : desks.get(path.get(1));
    if (desk == null) {
      return error(404, "not found");
    }
    return switch (call.method() + " " + path.getFirst() + " " + path.size()) {
      case "GET books 2" -> Books.books(desk, call.params());
      case "GET receipts 2" -> Books.receipts(desk.till().ledger(), call.params());
      case "GET told 2" -> Books.told(desk.till().ledger(), call.params());
      case "GET wishes 2" -> Books.wishes(desk.till().ledger(), call.params());
      case "GET deliveries 2" ->
          Answer.Reply.json(
              200,
              desk.till()
                  .ledger()
                  .deliveries()
                  .filter(d -> Call.fits(call.params(), "order_id", d.order()))
                  .sorted(Comparator.comparing(Entry.Delivery::at))
                  .toList());
      case "PUT notices 3" -> {
        String url = call.json().path("url").asString("");
        desk.till().ledger().save(new Entry.NoticeUrl(path.get(2), url));
        yield Answer.Reply.json(200, Map.of("merchant", path.get(2), "url", url));
      }
      case "POST vbanks 4" -> vbank(desk, path.get(2), path.get(3), call.json());
      default -> error(404, "not found");
    };
  }

  /** With what a channel of the sandbox is described: fields by their names. */
  private Answer contract(Call call, String pg) {
    Contracts known = contracts.get(pg);
    JsonNode body = call.json();
    if (known == null || !call.method().equals("PUT") || !body.isObject()) {
      return error(404, "not found");
    }
    Map<String, String> fields = new HashMap<>();
    body.properties().forEach(field -> fields.put(field.getKey(), field.getValue().asString("")));
    known.tell(fields);
    return Answer.Reply.json(200, Map.of("pg", pg));
  }

  private static Answer error(int status, String message) {
    return Answer.Reply.json(status, Map.of("error", message));
  }

  private static Answer vbank(Desk desk, String number, String verb, JsonNode body) {
    Charge known = desk.till().ledger().byAccount(number);
    if (known == null) {
      return error(404, "no such account");
    }
    return desk.till()
        .ledger()
        .locked(
            known.order().id(),
            () -> {
              Charge charge = desk.till().ledger().byAccount(number);
              boolean barcode = charge != null && !charge.order().more("kind").isEmpty();
              if (charge == null || charge.means().account() == null || barcode) {
                return error(404, "no such account");
              }
              return switch (verb) {
                case "deposit" -> deposit(desk, charge, charge.means().account(), body);
                case "reverse" ->
                    charge.status() == Status.PAID
                        ? told(desk, desk.till().ledger().save(charge.as(Status.WAITING, null)))
                        : error(409, "there is no deposit to withdraw");
                default -> error(404, "not found");
              };
            });
  }

  private static Answer deposit(Desk desk, Charge charge, Charge.Account account, JsonNode body) {
    long amount = body.path("amount").asLong(charge.order().amount());
    String problem = Deposits.problem(desk.till(), charge, account, amount);
    // Banks tell their PG of a deposit of the last minute after the account's end.
    boolean late = body.path("late").asBoolean(false) && Deposits.isOver(desk.till(), account);
    if (problem != null && !late) {
      return error(409, problem);
    }
    String depositor = body.path("depositor").asString(account.holder());
    return told(desk, Deposits.made(desk.till(), charge, account, amount, depositor));
  }

  private static Answer told(Desk desk, Charge charge) {
    Map<String, Object> line = Books.line(desk.till().ledger().pg(), charge);
    line.put("notice", desk.deposited().apply(charge));
    return Answer.Reply.json(200, line);
  }
}
