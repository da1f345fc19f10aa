package dev.naru.pg.settle;

import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Sealing;
import dev.naru.pg.kit.Seoul;
import dev.naru.pg.kit.Tree;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What Hecto's API answers: its two parts as text fields, of which some are encrypted. Whatever is
 * missing or strange throws {@link IllegalArgumentException}.
 */
record SettleReply(Map<String, String> params, Map<String, String> data, Secret key) {

  static SettleReply read(String json, Secret key) {
    JsonNode body = Tree.of(json);
    if (!body.path("params").isObject() || !body.path("data").isObject()) {
      throw new IllegalArgumentException("no params or no data");
    }
    return new SettleReply(Tree.flat(body.path("params")), Tree.flat(body.path("data")), key);
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
    return Form.need(params, "trdNo");
  }

  Instant at() {
    return Seoul.at(Form.need(params, "trdDt") + params.getOrDefault("trdTm", ""));
  }

  String need(String field) {
    return Form.need(data, field);
  }

  @Nullable String get(String field) {
    return Form.get(data, field);
  }

  /** An encrypted field. */
  String open(String field) {
    return Sealing.ecb(key).open(Form.need(data, field));
  }

  /** An amount of won, which some answers encrypt and some do not; null if it is missing. */
  @Nullable Money money(String field) {
    String value = get(field);
    if (value == null) {
      return null;
    }
    String digits = value.matches("[0-9]+") ? value : Sealing.ecb(key).open(value);
    return Money.krw(Long.parseLong(digits));
  }
}
