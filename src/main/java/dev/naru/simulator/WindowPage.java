package dev.naru.simulator;

import dev.naru.simulator.Charge.Method;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The HTML of the windows. */
final class WindowPage {

  /** Approved by every simulator. */
  private static final String HARMLESS = "5310000000000000";

  /**
   * No inline script or style, nothing from elsewhere. form-action is left out on purpose: browsers
   * apply it to every redirect that follows a form, and those lead through the shop.
   */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Type", "text/html;charset=UTF-8",
          "Content-Security-Policy",
              "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'",
          "Cache-Control", "no-store");

  private WindowPage() {}

  /** Asks the buyer; with what they typed, when that was wrong. */
  static Answer ask(Texts texts, String pg, Entry.Window window, Map<String, String> typed) {
    StringBuilder body = new StringBuilder();
    body.append(summary(texts, window));
    body.append("<form method=\"post\" id=\"window\" autocomplete=\"off\" action=\"?lang=")
        .append(texts.lang())
        .append("\">");
    body.append(methods(texts, window));
    if (window.accepts().contains(Method.CARD)) {
      body.append(card(texts, window, typed));
    }
    if (window.accepts().contains(Method.VBANK)) {
      body.append("<div class=\"field for-vbank\"><label for=\"bank\">")
          .append(texts.get("bank"))
          .append("</label><select id=\"bank\" name=\"bank\">")
          .append(
              Cards.BANKS.stream()
                  .filter(b -> !b.code().equals("06"))
                  .map(b -> option(b.code(), texts.english() ? b.english() : b.name()))
                  .collect(Collectors.joining()))
          .append("</select></div>");
    }
    if (!window.field(Windows.POINTS).isEmpty()) {
      body.append("<div class=\"field\"><label for=\"points\">")
          .append(texts.get(Windows.POINTS))
          .append(
              "</label><input id=\"points\" name=\"points\" inputmode=\"numeric\" maxlength=\"12\""
                  + " value=\"0\"></div>");
    }
    body.append(outcomes(texts));
    body.append("<div class=\"buttons\">")
        .append("<button id=\"pay\" name=\"action\" value=\"pay\">")
        .append(texts.get("paying"))
        .append("</button>")
        .append("<button id=\"close\" name=\"action\" value=\"close\" formnovalidate>")
        .append(texts.get("close"))
        .append("</button></div></form>");
    return page(texts, 200, pg, body.toString());
  }

  private static String summary(Texts texts, Entry.Window window) {
    boolean key = window.order().amount() == 0;
    String amount =
        key
            ? texts.get("key")
            : String.format(Locale.ROOT, "%,d", window.order().amount()) + texts.get("won");
    return "<dl><dt>"
        + texts.get("order")
        + "</dt><dd>"
        + escape(window.order().name())
        + "</dd><dt>"
        + texts.get("amount")
        + "</dt><dd class=\"amount\">"
        + amount
        + "</dd></dl>";
  }

  private static String methods(Texts texts, Entry.Window window) {
    Method first = window.accepts().getFirst();
    return window.accepts().stream()
        .map(
            m -> {
              String name = m.name().toLowerCase(Locale.ROOT);
              return "<label class=\"method\"><input type=\"radio\" name=\"method\" id=\"method-%s\" value=\"%s\"%s>%s</label>"
                  .formatted(name, name, m == first ? " checked" : "", label(texts, window, m));
            })
        .collect(
            Collectors.joining(
                "",
                "<fieldset class=\"methods\"><legend>" + texts.get("method") + "</legend>",
                "</fieldset>"));
  }

  /** What the PG calls a method of its own, else what everybody does. */
  private static String label(Texts texts, Entry.Window window, Method method) {
    String own = window.field(Windows.LABEL + method);
    return texts.get(own.isEmpty() ? method.name() : own);
  }

  private static String card(Texts texts, Entry.Window window, Map<String, String> typed) {
    String number = typed.getOrDefault("card_number", HARMLESS);
    String error =
        typed.isEmpty()
            ? ""
            : "<p id=\"card-error\" class=\"error\" role=\"alert\">" + texts.get("wrong") + "</p>";
    StringBuilder card =
        new StringBuilder("<div class=\"field for-card\"><label for=\"card-number\">")
            .append(texts.get("number"))
            .append(
                "</label><input id=\"card-number\" name=\"card_number\" inputmode=\"numeric\""
                    + " maxlength=\"23\" aria-describedby=\"card-hint\" value=\"")
            .append(escape(number))
            .append("\"><p id=\"card-hint\" class=\"hint\">")
            .append(texts.get("hint"))
            .append("</p>")
            .append(error)
            .append("</div>");
    if (window.order().amount() >= 50_000) {
      card.append("<div class=\"field for-card\"><label for=\"months\">")
          .append(texts.get("months"))
          .append("</label><select id=\"months\" name=\"months\">")
          .append(option("0", texts.get("once")));
      for (int months = 2; months <= 12; months++) {
        card.append(option(Integer.toString(months), months + texts.get("month")));
      }
      card.append("</select></div>");
    }
    return card.toString();
  }

  private static String outcomes(Texts texts) {
    return Cards.MAGIC.stream()
        .map(m -> option(m.effect().name(), texts.english() ? m.english() : m.korean()))
        .collect(
            Collectors.joining(
                "",
                "<div class=\"field\"><label for=\"outcome\">%s</label><select id=\"outcome\" name=\"outcome\">%s"
                    .formatted(texts.get("outcome"), option("", texts.get("natural"))),
                "</select></div>"));
  }

  private static String option(String value, String label) {
    return "<option value=\"" + value + "\">" + label + "</option>";
  }

  /** Sends the browser on: a redirect, or a form that a small script submits. */
  static Answer leave(Texts texts, Entry.Next next) {
    if (next.fields().isEmpty()) {
      return Answer.Reply.redirect(next.url());
    }
    String fields =
        next.fields().entrySet().stream()
            .map(
                f ->
                    "<input type=\"hidden\" name=\"%s\" value=\"%s\">"
                        .formatted(escape(f.getKey()), escape(f.getValue())))
            .collect(Collectors.joining());
    String form =
        "<p>%s</p><form id=\"next\" method=\"post\" action=\"%s\" accept-charset=\"%s\" data-relay=\"%s\">%s<div class=\"buttons\"><button id=\"continue\">%s</button></div></form><script src=\"/_sim/assets/next.js\"></script>"
            .formatted(
                texts.get("leaving"),
                escape(next.url()),
                escape(next.charset()),
                escape(next.relayTo()),
                fields,
                texts.get("continue"));
    return page(texts, 200, "", form);
  }

  static Answer problem(Texts texts, String code, String text) {
    return page(
        texts,
        400,
        "",
        "<p role=\"alert\" class=\"error\">%s<br><code>%s</code> %s</p>"
            .formatted(texts.get("problem"), escape(code), escape(text)));
  }

  private static Answer page(Texts texts, int status, String pg, String body) {
    String html =
        """
        <!doctype html>
        <html lang="%s">
        <head>
        <meta charset="UTF-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%s</title>
        <link rel="stylesheet" href="/_sim/assets/window.css">
        </head>
        <body>
        <main>
        <header><h1>%s <small>%s</small></h1><a id="language" lang="%s" href="?lang=%s">%s</a></header>
        <p class="test">%s</p>
        %s
        </main>
        </body>
        </html>
        """
            .formatted(
                texts.lang(),
                texts.get("title"),
                texts.get("title"),
                pg,
                texts.get("other"),
                texts.get("other"),
                texts.get("language"),
                texts.get("test"),
                body);
    return new Answer.Reply(status, html, StandardCharsets.UTF_8, HEADERS);
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
