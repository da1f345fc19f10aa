package dev.naru.simulator.settle;

import dev.naru.simulator.kit.facts.Digests;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.web.Answer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A request to Hecto's API. */
record SettleAsked(
    SettleMerchant merchant, Map<String, String> params, Map<String, String> data, Instant now) {

  static Map<String, String> fields(JsonNode part) {
    Map<String, String> fields = new LinkedHashMap<>();
    part.properties().forEach(field -> fields.put(field.getKey(), field.getValue().asString("")));
    return fields;
  }

  String param(String name) {
    return params.getOrDefault(name, "");
  }

  String get(String name) {
    return data.getOrDefault(name, "");
  }

  /** An encrypted field; empty when it is missing or in clear. */
  String open(String name) {
    return merchant.decrypt(get(name));
  }

  /** mchtTrdNo. */
  String tradeNo() {
    return param("mchtTrdNo");
  }

  String operation() {
    return param("method") + "/" + param("bizType");
  }

  /** An encrypted amount; -1 when it is none. */
  long amount(String name) {
    return Numbers.amount(open(name));
  }

  boolean hashed(String amount) {
    return Digests.same(hash("", amount), get("pktHash"));
  }

  private String hash(String status, String amount) {
    return merchant.hash(status, param("trdDt"), param("trdTm"), merchant.mid(), tradeNo(), amount);
  }

  /** Forty characters, as all its transactions have. */
  String tid(String method) {
    return tid(method, merchant.mid(), now);
  }

  static String tid(String method, String mid, Instant now) {
    String head = "STFP_PG" + method + mid + Seoul.compact(now).substring(2);
    return head + Numbers.serial(40 - head.length());
  }

  /** Approvals are hashed anew; other answers repeat the hash of the request. */
  Answer.Reply answer(String tid, SettleAnswers.Result result, Map<String, String> data) {
    Map<String, String> head = new LinkedHashMap<>(params);
    head.put("trdNo", tid);
    head.put("outStatCd", result.status());
    head.put("outRsltCd", result.code());
    head.put("outRsltMsg", result.text());
    String own = hash(result.status(), open("trdAmt"));
    data.put("pktHash", operation().equals("CA/B0") ? own : get("pktHash"));
    return Answer.Reply.json(200, Map.of("params", head, "data", data));
  }
}
