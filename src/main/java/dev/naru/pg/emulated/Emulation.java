package dev.naru.pg.emulated;

import dev.naru.connector.Connector;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Declined;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.Pg;
import dev.naru.connector.PgBuilder;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.http.PgHttp.Reply;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Digests;
import dev.naru.pg.kit.Reasons;
import dev.naru.pg.kit.Tree;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Naru's emulation protocol ({@code docs/emulation.md}) as one account of one emulated PG speaks
 * it: an operation, the id of what it is about, and fields.
 *
 * @param hidden fields that the wire log must not show
 */
record Emulation(PgHttp http, String account, Secret secret, Set<String> hidden) {

  /** The name of the one endpoint an emulated PG has. */
  static final String HOST = "emulation";

  /** The code of a no about something that the PG does not know. */
  static final String UNKNOWN_TRANSACTION = "unknown_transaction";

  /** The fields of a window's return that are signed, in the order in which they are. */
  private static final List<String> SIGNED =
      List.of("id", "result", "token", "amount", "code", "message");

  private static final Reasons REASONS = Reasons.load("emulated");

  /** An emulated PG, which has no endpoint but the simulators'. */
  static <C extends Record> PgBuilder<C> of(
      String code, Class<? extends Connector> type, Class<C> config, Pg.Connects<C> connects) {
    return Pg.of(type, config, connects).sandbox(HOST, "/emulation/v1/" + code);
  }

  static ObjectNode fields() {
    return Tree.object();
  }

  /** Has an operation done; {@link Ok} holds the whole answer. */
  Outcome<JsonNode> call(String operation, String id, ObjectNode fields) {
    ObjectNode envelope = Tree.object().put("operation", operation).put("id", id);
    envelope.set("fields", fields);
    return http.call(id, "POST", http.at(HOST, ""))
        .header("Authorization", Digests.basic(account, secret))
        .hide(hidden)
        .json(envelope.toString())
        .ask(Emulation::read);
  }

  private static Outcome<JsonNode> read(Reply.Answer answer) {
    JsonNode json = Tree.of(answer);
    return switch (Tree.said(json, "result")) {
      case "ok" -> new Ok<>(json);
      case "declined" ->
          new Declined<>(decline(Tree.said(json, "code"), Tree.said(json, "message")));
      case "running" -> new Unknown<>("the same request is still under way");
      default -> new Unknown<>("HTTP " + answer.status() + " without a result");
    };
  }

  /** A refusal by its code, from an answer or from a window. */
  static Decline decline(String code, String text) {
    return REASONS.ofCode(code, text);
  }

  /** Whether what the browser brought back from a window comes from the PG. */
  boolean isSigned(Map<String, String> back) {
    String text =
        SIGNED.stream().map(name -> back.getOrDefault(name, "")).collect(Collectors.joining("\n"));
    return Digests.isSame(
        signature(back.getOrDefault("id", ""), Digests.bytes(text)),
        back.getOrDefault("signature", ""));
  }

  /** By a key of what it is about, which is made of the account's. */
  String signature(String id, byte[] text) {
    byte[] key = Digests.hmac(Digests.bytes(secret.reveal()), Digests.bytes(id));
    return HexFormat.of().formatHex(Digests.hmac(key, text));
  }

  /** Where a window is that the PG has made: a path of its own, so that nobody is led elsewhere. */
  Outcome<URI> window(JsonNode answer) {
    return Outcome.reading(
        () -> {
          URI window = URI.create(Tree.text(answer.path("fields"), "window"));
          if (window.isAbsolute() || window.getRawAuthority() != null) {
            throw new IllegalArgumentException("a window that is elsewhere");
          }
          return http.at(HOST, "").resolve(window);
        });
  }
}
