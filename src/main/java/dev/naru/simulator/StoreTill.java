package dev.naru.simulator;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The till of a convenience store, where a tester pays a barcode: a page, and the same as a call.
 */
final class StoreTill {

  private static final Set<String> PAY_TYPES = Set.of("card", "cash");

  private static final Map<String, String> TEXTS =
      Map.of(
          "", "바코드를 입력하고 결제 수단을 고르세요. 실제로 결제되지 않습니다.",
          "paid", "결제되었습니다.",
          "refused", "가맹점이 결제를 거절했거나 응답하지 않았습니다.",
          "not_waiting", "결제를 기다리는 바코드가 아닙니다.",
          "bad_request", "바코드와 결제 수단(card, cash)을 확인하세요.");

  private final Map<String, EmulatedDesk> desks;

  /**
   * @param desks the emulated PGs; those that have barcodes count
   */
  StoreTill(Map<String, EmulatedDesk> desks) {
    this.desks = desks;
  }

  Answer handle(Call call) {
    if (call.is("GET", "/till")) {
      return page(200, "");
    }
    if (!call.is("POST", "/till")) {
      return Answer.Reply.json(404, Map.of("error", "not found"));
    }
    String type = call.header("Content-Type");
    if (type != null && type.contains("json")) {
      JsonNode asked = call.json();
      String result =
          pay(
              asked.path("pg").asString(""),
              asked.path("barcode").asString(""),
              asked.path("pay_type").asString(""));
      return Answer.Reply.json(status(result), Map.of("result", result));
    }
    Map<String, String> form = call.form();
    String result =
        pay("", form.getOrDefault("barcode", "").strip(), form.getOrDefault("pay_type", ""));
    return page(status(result), result);
  }

  /**
   * @param pg empty for the first that has barcodes
   */
  private String pay(String pg, String barcode, String payType) {
    EmulatedCvs store =
        desks.entrySet().stream()
            .filter(desk -> pg.isEmpty() || desk.getKey().equals(pg))
            .map(Map.Entry::getValue)
            .filter(EmulatedCvs.class::isInstance)
            .map(EmulatedCvs.class::cast)
            .findFirst()
            .orElse(null);
    if (store == null || barcode.isEmpty() || !PAY_TYPES.contains(payType)) {
      return "bad_request";
    }
    return switch (store.pay(barcode, payType)) {
      case PAID -> "paid";
      case NOT_WAITING -> "not_waiting";
      case REFUSED -> "refused";
    };
  }

  private static int status(String result) {
    return switch (result) {
      case "paid" -> 200;
      case "bad_request" -> 400;
      default -> 409;
    };
  }

  private static Answer page(int status, String result) {
    String html =
        """
        <!doctype html>
        <html lang="ko"><head><meta charset="utf-8"><title>편의점 (테스트)</title>
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <link rel="stylesheet" href="/_sim/assets/window.css"></head>
        <body><main><h1>편의점 계산대 (테스트)</h1><p id="result">%s</p>
        <form method="post" action="/emulation/till">
        <div class="field"><label for="barcode">바코드</label>
        <input id="barcode" name="barcode" maxlength="32" autocomplete="off" required></div>
        <div class="buttons"><button id="card" name="pay_type" value="card">카드</button>
        <button id="cash" name="pay_type" value="cash">현금</button></div>
        </form></main></body></html>
        """
            .formatted(TEXTS.getOrDefault(result, ""));
    return Answer.Reply.text(status, "text/html;charset=UTF-8", html);
  }
}
