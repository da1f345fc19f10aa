package dev.naru.simulator.emulated;

import static dev.naru.simulator.kit.web.Call.text;

import dev.naru.simulator.emulated.EmulatedDesk.Caller;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.people.NoCodes;
import dev.naru.simulator.kit.people.Verification;
import dev.naru.simulator.kit.people.Verification.Somebody;
import dev.naru.simulator.kit.people.Verification.Stage;
import dev.naru.simulator.kit.people.Verifications;
import dev.naru.simulator.kit.people.Verifications.Asked;
import dev.naru.simulator.kit.people.Verifications.No;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Naru's emulation protocol, for PGs whose own is not public: one endpoint per PG, which takes an
 * operation, the id of what it is about, and fields. See {@code docs/emulation.md}.
 */
final class Emulation {

  /**
   * An emulated PG.
   *
   * @param groups the groups of operations it has
   */
  private record Row(String pg, String account, String password, Set<String> groups) {

    boolean has(String operation) {
      int dot = operation.lastIndexOf('.');
      return dot > 0 && groups.contains(operation.substring(0, dot));
    }
  }

  private static final Map<String, Row> ROWS =
      Cards.rows("emulated/pgs.csv")
          .map(r -> new Row(r[0], r[1], r[2], Set.of(r[3].split(" ", -1))))
          .collect(Collectors.toMap(Row::pg, Function.identity()));

  /** The emulated PGs that have this group of operations. */
  static Set<String> having(String group) {
    return ROWS.values().stream()
        .filter(row -> row.groups().contains(group))
        .map(Row::pg)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static final NoCodes CODES = NoCodes.of("emulated/identity-codes.csv");
  private static final Verifications.Wording WORDING =
      new Verifications.Wording(Emulation::no, Emulation::asked, Emulation::certified);

  private final Map<String, Verifications> identity;
  private final Map<String, EmulatedIdentity> windows;
  private final Map<String, EmulatedPayments> payments;
  private final Map<String, EmulatedDesk> desks;

  /**
   * @param identity the PGs that verify identities by a code
   * @param windows those that do so in a window
   * @param payments the PGs that take payments by a window
   * @param desks those that take them without
   */
  Emulation(
      Map<String, Verifications> identity,
      Map<String, EmulatedIdentity> windows,
      Map<String, EmulatedPayments> payments,
      Map<String, EmulatedDesk> desks) {
    this.identity = identity;
    this.windows = windows;
    this.payments = payments;
    this.desks = desks;
  }

  Answer handle(Call call) {
    String[] path = call.path().substring(1).split("/", -1);
    EmulatedPayments entered = payments.get(path[0]);
    if (path.length == 3 && path[1].equals("windows") && entered != null) {
      return entered.enter(call, path[2]);
    }
    if (path.length == 3 && path[1].equals("wishes") && entered != null) {
      return new EmulatedWishes(entered.till()).show(call, path[2]);
    }
    EmulatedDesk shown = desks.get(path[0]);
    if (path.length == 3 && path[1].equals("receipts") && shown != null) {
      return call.method().equals("GET")
          ? shown.show(path[2]).orElseGet(Emulation::nothing)
          : nothing();
    }
    Row row = path.length == 1 ? ROWS.get(path[0]) : null;
    if (row == null || !call.method().equals("POST")) {
      return nothing();
    }
    Caller caller = caller(call, row);
    if (caller == null) {
      return no(No.BAD_CREDENTIALS);
    }
    JsonNode body = call.json();
    String id = body.path("id").asString("");
    JsonNode fields = body.path("fields");
    if (!id.matches("[0-9A-Za-z]{1,20}") || !fields.isObject()) {
      return no(No.BAD_REQUEST);
    }
    EmulatedDesk.Asked asked =
        new EmulatedDesk.Asked(caller, body.path("operation").asString(""), id, fields);
    EmulatedDesk desk = desks.get(row.pg());
    if (desk != null) {
      return desk.handle(asked);
    }
    if (!row.has(asked.operation())) {
      return no(No.BAD_REQUEST);
    }
    if (windows.containsKey(row.pg())) {
      return of(windows, row.pg()).handle(asked);
    }
    return asked.operation().startsWith("identity.")
        ? identity(of(identity, row.pg()), asked)
        : sale(of(payments, row.pg()), asked);
  }

  private static Answer sale(EmulatedPayments of, EmulatedDesk.Asked asked) {
    return switch (asked.operation().substring(0, asked.operation().lastIndexOf('.'))) {
      case "payment" -> of.handle(asked);
      case "product" -> new EmulatedProducts(of).handle(asked);
      case "wish" -> new EmulatedWishes(of.till()).handle(asked);
      case "review" -> EmulatedBuyer.list(of.till(), asked);
      default -> new EmulatedSales(of.till()).handle(asked);
    };
  }

  private Answer identity(Verifications verifications, EmulatedDesk.Asked asked) {
    String account = asked.account();
    return switch (asked.operation()) {
      case "identity.otp.request" -> request(verifications, account, asked.id(), asked.fields());
      case "identity.otp.confirm" ->
          verifications
              .ofOrder(account, asked.id())
              .map(known -> verifications.confirm(known.tid(), asked.text("otp"), WORDING))
              .orElseGet(() -> no(No.UNKNOWN));
      default -> no(No.BAD_REQUEST);
    };
  }

  /** Who calls: the test account by its password, any other account by any password. */
  private static @Nullable Caller caller(Call call, Row row) {
    String[] pair = call.basic().split(":", 2);
    boolean known =
        pair.length == 2
            && !pair[0].isEmpty()
            && !pair[1].isEmpty()
            && (!pair[0].equals(row.account()) || pair[1].equals(row.password()));
    return known ? new Caller(pair[0], pair[1]) : null;
  }

  private Answer request(Verifications verifications, String account, String id, JsonNode fields) {
    Optional<Verification> before = verifications.ofOrder(account, id);
    if (before.isPresent() && before.get().stage() != Stage.REFUSED) {
      return asked(before.get());
    }
    Somebody who =
        new Somebody(
            text(fields, "name"),
            text(fields, "birth").replace("-", ""),
            text(fields, "gender"),
            fields.path("foreigner").asBoolean(false) ? "foreign" : "domestic");
    boolean complete =
        !who.name().isBlank()
            && text(fields, "birth").matches("\\d{4}-\\d{2}-\\d{2}")
            && who.sex().matches("male|female")
            && text(fields, "phone").matches("01\\d{8,9}")
            && text(fields, "carrier").matches("SKT|KT|LGT")
            && !text(fields, "company").isBlank();
    if (!complete) {
      return no(No.BAD_REQUEST);
    }
    Answer checked =
        verifications.check(new Asked(account, id, text(fields, "phone"), who), WORDING);
    return verifications
        .ofOrder(account, id)
        .filter(known -> known.stage() == Stage.CHECKED)
        .map(
            known ->
                verifications.send(
                    known.tid(), "[" + text(fields, "company") + "] 인증번호 [000000]", WORDING))
        .orElse(checked);
  }

  private static <T> T of(Map<String, T> all, String pg) {
    T found = all.get(pg);
    if (found == null) {
      throw new IllegalStateException("no book of " + pg);
    }
    return found;
  }

  private static Answer.Reply nothing() {
    return Answer.Reply.json(404, Map.of("error", "no such emulated PG, or page"));
  }

  static Answer.Reply declined(String code, String text) {
    return Answer.Reply.json(200, Map.of("result", "declined", "code", code, "message", text));
  }

  static Answer.Reply badRequest() {
    return declined("bad_request", "요청 값이 올바르지 않습니다.");
  }

  /** The same request came before, and has yet to end. */
  static Answer.Reply running() {
    return Answer.Reply.json(200, Map.of("result", "running"));
  }

  static Answer.Reply ok(String tid, Map<String, ?> fields) {
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("result", "ok");
    reply.put("tid", tid);
    reply.put("fields", fields);
    return Answer.Reply.json(200, reply);
  }

  private static Answer.Reply no(No why) {
    return declined(CODES.of(why).code(), CODES.of(why).text());
  }

  private static Answer.Reply asked(Verification verification) {
    return ok(verification.tid(), Map.of());
  }

  private static Answer.Reply certified(Verification verification) {
    Verification.Keys keys = verification.keys();
    return ok(verification.tid(), Map.of("ci", keys.ci(), "di", keys.di()));
  }
}
