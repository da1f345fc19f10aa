package dev.naru.simulator.emulated;

import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.window.Html;
import dev.naru.simulator.kit.window.Line;
import dev.naru.simulator.kit.window.Sheet;
import dev.naru.simulator.kit.window.Texts;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The till of a convenience store, where a tester pays a barcode: a page, and the same as a call.
 */
final class StoreTill {

  private static final Set<String> PAY_TYPES = Set.of("card", "cash");

  private final Map<String, EmulatedDesk> desks;

  /**
   * @param desks the emulated PGs; those that have barcodes count
   */
  StoreTill(Map<String, EmulatedDesk> desks) {
    this.desks = desks;
  }

  Answer handle(Call call) {
    if (call.is("GET", "/till")) {
      return page(Texts.of(call), "", "");
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
    String barcode = form.getOrDefault("barcode", "").strip();
    String result = pay("", barcode, form.getOrDefault("pay_type", ""));
    return page(Texts.of(call), result, result.equals("paid") ? "" : barcode);
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
      case "", "paid" -> 200;
      case "bad_request" -> 400;
      default -> 409;
    };
  }

  private static Answer page(Texts texts, String result, String barcode) {
    Html said =
        result.isEmpty()
            ? Html.of("<p id=\"result\">{}</p>", texts.get("till"))
            : Html.of(
                "<p id=\"result\" class=\"{}\" role=\"{}\">{}</p>",
                result.equals("paid") ? "done" : "error",
                result.equals("paid") ? "status" : "alert",
                texts.get("till-" + result));
    Html form =
        Html.of(
            """
            <form method="post" action="/emulation/till?lang={}">
            <div class="field">{}</div>
            <div class="buttons">
            <button id="card" class="primary" name="pay_type" value="card">{}</button>
            <button id="cash" name="pay_type" value="cash">{}</button>
            </div></form>
            """,
            texts.lang(),
            Line.digits("barcode", texts.get("barcode"), barcode, 32)
                .hint(texts.get("barcode-hint"))
                .html(),
            texts.get("by-card"),
            texts.get("cash"));
    return new Sheet(texts, "kind-till", "").show(status(result), said, form);
  }
}
