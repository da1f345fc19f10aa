package dev.naru.pg;

import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Declined;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.PgHttp;
import dev.naru.connector.PgHttp.Reply;
import dev.naru.kernel.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
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

  /** The fields of a window's return that are signed, in the order in which they are. */
  private static final List<String> SIGNED =
      List.of("id", "result", "token", "amount", "code", "message");

  private static final CodeTable REASONS = CodeTable.load("emulated-declines");
  private static final JsonMapper JSON = JsonMapper.shared();

  /** The endpoint of an emulated PG. There is none but the simulators'. */
  static Map<String, URI> at(String pgCode) {
    return Map.of(HOST, URI.create("http://simulator.invalid/emulation/v1/" + pgCode));
  }

  static ObjectNode fields() {
    return JSON.createObjectNode();
  }

  /** Has an operation done; {@link Ok} holds the whole answer. */
  Outcome<JsonNode> call(String operation, String id, ObjectNode fields) {
    ObjectNode envelope = JSON.createObjectNode().put("operation", operation).put("id", id);
    envelope.set("fields", fields);
    String pair = account + ":" + secret.reveal();
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    Reply reply =
        http.call(id, "POST", http.at(HOST, ""))
            .header("Authorization", "Basic " + basic)
            .hide(hidden)
            .json(envelope.toString())
            .send();
    return switch (reply) {
      case Reply.Answer answer -> read(answer);
      case Reply.NotSent(String why) ->
          new Declined<>(Decline.of(Reason.UNREACHABLE, "PG에 연결하지 못했습니다: " + why));
      case Reply.NoAnswer(String why) -> new Unknown<>(why);
    };
  }

  private static Outcome<JsonNode> read(Reply.Answer answer) {
    JsonNode json;
    try {
      json = JSON.readTree(answer.body());
    } catch (JacksonException unreadable) {
      return new Unknown<>("unreadable answer, HTTP " + answer.status());
    }
    return switch (json.path("result").asString("")) {
      case "ok" -> new Ok<>(json);
      case "declined" ->
          new Declined<>(
              decline(json.path("code").asString(""), json.path("message").asString("")));
      case "running" -> new Unknown<>("the same request is still under way");
      default -> new Unknown<>("HTTP " + answer.status() + " without a result");
    };
  }

  /** A refusal by its code, from an answer or from a window. */
  static Decline decline(String code, String text) {
    return new Decline(Reason.valueOf(REASONS.get(code, "UNLISTED")), code, text);
  }

  /** Whether what the browser brought back from a window comes from the PG. */
  boolean isSigned(Map<String, String> back) {
    String text =
        SIGNED.stream().map(name -> back.getOrDefault(name, "")).collect(Collectors.joining("\n"));
    byte[] key = hmac(bytes(secret.reveal()), back.getOrDefault("id", ""));
    String expected = HexFormat.of().formatHex(hmac(key, text));
    return MessageDigest.isEqual(bytes(expected), bytes(back.getOrDefault("signature", "")));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
