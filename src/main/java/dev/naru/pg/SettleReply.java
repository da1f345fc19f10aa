package dev.naru.pg;

import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Hecto's API answers: its two parts as text fields, of which some are encrypted. Whatever is
 * missing or strange throws {@link IllegalArgumentException}.
 */
record SettleReply(Map<String, String> params, Map<String, String> data, Secret key) {

  static SettleReply read(String json, Secret key) {
    JsonNode body = JsonMapper.shared().readTree(json);
    return new SettleReply(fields(body.path("params")), fields(body.path("data")), key);
  }

  private static Map<String, String> fields(JsonNode part) {
    if (!part.isObject()) {
      throw new IllegalArgumentException("no params or no data");
    }
    Map<String, String> fields = new LinkedHashMap<>();
    part.properties().forEach(field -> fields.put(field.getKey(), field.getValue().asString("")));
    return fields;
  }

  /** 0021 done, 0031 refused, 0051 a virtual account waits. */
  String status() {
    return params.getOrDefault("outStatCd", "");
  }

  String code() {
    return params.getOrDefault("outRsltCd", "");
  }

  String text() {
    return params.getOrDefault("outRsltMsg", "");
  }

  String tid() {
    return need(params, "trdNo");
  }

  Instant at() {
    return Seoul.at(need(params, "trdDt") + params.getOrDefault("trdTm", ""));
  }

  String need(String field) {
    return need(data, field);
  }

  @Nullable String get(String field) {
    String value = data.getOrDefault(field, "").strip();
    return value.isEmpty() ? null : value;
  }

  /** An encrypted field. */
  String open(String field) {
    return SettleCrypto.decrypt(key, need(data, field));
  }

  /** An amount of won, which some answers encrypt and some do not; null if it is missing. */
  @Nullable Money money(String field) {
    String value = get(field);
    if (value == null) {
      return null;
    }
    String digits = value.matches("[0-9]+") ? value : SettleCrypto.decrypt(key, value);
    return Money.krw(Long.parseLong(digits));
  }

  static String need(Map<String, String> fields, String name) {
    String value = fields.getOrDefault(name, "").strip();
    if (value.isEmpty()) {
      throw new IllegalArgumentException("no " + name);
    }
    return value;
  }
}
