package dev.naru.simulator.kit.window;

import dev.naru.simulator.kit.web.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What all pages of the simulators are written on: it says that this is a test, whom it plays, and
 * offers the other language.
 *
 * @param kind a key of the texts: what is played
 * @param pg whose window it is, empty where that does not matter
 */
public record Sheet(Texts texts, String kind, String pg) {

  /**
   * No inline script or style, nothing from elsewhere. form-action is left out on purpose: browsers
   * apply it to every redirect that follows a form, and those lead through the shop.
   */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Type", "text/html;charset=UTF-8",
          "Content-Security-Policy",
              "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:;"
                  + " base-uri 'none'",
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "origin",
          "Cache-Control", "no-store");

  /** A term and what it is, such as the order's name. */
  public record Fact(String term, String value) {}

  /** The page. */
  public Answer.Reply show(int status, Html... parts) {
    String name = pg.isEmpty() ? texts.get(kind) : texts.pg(pg);
    Html html =
        Html.of(
            """
            <!doctype html>
            <html lang="{}">
            <head>
            <meta charset="UTF-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">
            <title>{} · {}</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="/_sim/assets/window.css">
            <script src="/_sim/assets/once.js"></script>
            </head>
            <body>
            <header>
            <p class="test"><strong>{}</strong> <span>{}</span></p>
            <a id="language" lang="{}" hreflang="{}" href="?lang={}">{}</a>
            </header>
            <main>
            <p class="kind">{}</p>
            <h1>{}</h1>
            {}
            </main>
            </body>
            </html>
            """,
            texts.lang(),
            name,
            texts.get("title"),
            texts.get("test"),
            texts.get("no-money", kind),
            texts.get("other"),
            texts.get("other"),
            texts.get("other"),
            texts.get("language"),
            pg.isEmpty() ? texts.get("title") : texts.get(kind),
            name,
            List.of(parts));
    return new Answer.Reply(status, html.markup(), StandardCharsets.UTF_8, HEADERS);
  }

  /** Those without a value are left out. */
  public static Html facts(List<Fact> facts) {
    return Html.of(
        "<dl>{}</dl>",
        facts.stream()
            .filter(fact -> !fact.value().isBlank())
            .map(fact -> Html.of("<dt>{}</dt><dd>{}</dd>", fact.term(), fact.value()))
            .toList());
  }

  /** The part that no buyer would see: how it is to end. */
  public Html tester(List<Choice.Group> outcomes, String chosen) {
    return Html.of(
        """
        <section class="tester" aria-labelledby="tester">
        <h2 id="tester">{}</h2>
        <div class="field">{}</div>
        <p class="hint">{}</p>
        </section>
        """,
        texts.get("tester"),
        Choice.pick(texts, "outcome", outcomes, chosen),
        texts.get("outweighs"));
  }

  /**
   * The two buttons below a form. Enter in a field presses the first one.
   *
   * @param act what the first one's action is, and its id
   */
  public Html buttons(String act, String label) {
    return Html.of(
        """
        <div class="buttons">
        <button id="{}" class="primary" name="action" value="{}">{}</button>
        <button id="close" name="action" value="close" formnovalidate>{}</button>
        </div>
        """,
        act,
        act,
        label,
        texts.get("close"));
  }
}
