package dev.naru.simulator;

import dev.naru.simulator.Verification.Somebody;
import dev.naru.simulator.Verification.Stage;
import dev.naru.simulator.Verifications.Asked;
import dev.naru.simulator.Verifications.No;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Naru's emulation protocol, for PGs whose own is not public: one endpoint per PG, which takes an
 * operation, the id of what it is about, and fields. See {@code docs/emulation.md}.
 */
final class Emulation implements Verifications.Voice {

  private record Row(String pg, String account, String password) {}

  private static final Map<String, Row> ROWS =
      Cards.rows("emulated.csv")
          .map(r -> new Row(r[0], r[1], r[2]))
          .collect(Collectors.toMap(Row::pg, Function.identity()));

  /** The emulated PGs. */
  static final Set<String> PGS = ROWS.keySet();

  private static final Map<No, String[]> CODES =
      Cards.rows("identity-codes.csv").collect(Collectors.toMap(r -> No.valueOf(r[0]), r -> r));

  private final Map<String, Verifications> identity;

  Emulation(Map<String, Verifications> identity) {
    this.identity = identity;
  }

  Answer handle(Call call) {
    Row row = ROWS.get(call.path().substring(1));
    if (row == null || !call.method().equals("POST")) {
      return Answer.Reply.json(404, Map.of("error", "no such emulated PG"));
    }
    String account = account(call, row);
    if (account == null) {
      return no(No.BAD_CREDENTIALS);
    }
    JsonNode body = call.json();
    String id = body.path("id").asString("");
    JsonNode fields = body.path("fields");
    if (!id.matches("[0-9A-Za-z]{1,20}") || !fields.isObject()) {
      return no(No.BAD_REQUEST);
    }
    Verifications verifications = verifications(row.pg());
    return switch (body.path("operation").asString("")) {
      case "identity.otp.request" -> request(verifications, account, id, fields);
      case "identity.otp.confirm" ->
          verifications
              .ofOrder(account, id)
              .map(known -> verifications.confirm(known.tid(), text(fields, "otp"), this))
              .orElseGet(() -> no(No.UNKNOWN));
      default -> no(No.BAD_REQUEST);
    };
  }

  /** Who calls: the test account by its password, any other account by any password. */
  private static @Nullable String account(Call call, Row row) {
    String header = call.header("Authorization");
    if (header == null || !header.startsWith("Basic ")) {
      return null;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(header.substring("Basic ".length()).strip());
      String[] pair = new String(bytes, StandardCharsets.UTF_8).split(":", 2);
      boolean known =
          pair.length == 2
              && !pair[0].isEmpty()
              && !pair[1].isEmpty()
              && (!pair[0].equals(row.account()) || pair[1].equals(row.password()));
      return known ? pair[0] : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
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
    Answer checked = verifications.check(new Asked(account, id, text(fields, "phone"), who), this);
    return verifications
        .ofOrder(account, id)
        .filter(known -> known.stage() == Stage.CHECKED)
        .map(
            known ->
                verifications.send(
                    known.tid(), "[" + text(fields, "company") + "] 인증번호 [000000]", this))
        .orElse(checked);
  }

  private Verifications verifications(String pg) {
    Verifications found = identity.get(pg);
    if (found == null) {
      throw new IllegalStateException("no book of " + pg);
    }
    return found;
  }

  @Override
  public Answer.Reply no(No why) {
    String[] row = CODES.get(why);
    if (row == null) {
      throw new IllegalArgumentException("no code for " + why);
    }
    return Answer.Reply.json(200, Map.of("result", "declined", "code", row[2], "message", row[3]));
  }

  @Override
  public Answer.Reply asked(Verification verification) {
    return Answer.Reply.json(200, ok(verification, Map.of()));
  }

  @Override
  public Answer.Reply certified(Verification verification) {
    Verification.Keys keys = verification.keys();
    return Answer.Reply.json(200, ok(verification, Map.of("ci", keys.ci(), "di", keys.di())));
  }

  private static Map<String, Object> ok(Verification verification, Map<String, String> fields) {
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("result", "ok");
    reply.put("tid", verification.tid());
    reply.put("fields", fields);
    return reply;
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }
}
