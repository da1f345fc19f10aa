package dev.naru.checkout;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.naru.client.NodeClients;
import dev.naru.testing.Browsers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at pages in a browser as people do: on a desk and on phones, in the light and in the dark,
 * with the keyboard alone and with a screen reader. What it finds amiss it remembers.
 */
final class Eye implements AutoCloseable {

  private static final String AXE = NodeClients.file("axe-core/axe.min.js");

  private static final List<String> ALL =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

  private static final List<String> COLOURS = List.of("color-contrast");

  /** What axe finds, in one line per rule. */
  private static final String VIOLATIONS =
      """
      async rules => (await axe.run(document, {
        runOnly: rules,
        resultTypes: ['violations']
      })).violations.map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' +
        n.any.map(a => a.message).join(' ')).join(' | '))
      """;

  /** What is wider than the page, or too small for a finger. */
  private static final String MISFITS =
      """
      () => {
        const found = [];
        const root = document.documentElement;
        if (root.scrollWidth > root.clientWidth) {
          const wide = [...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > root.clientWidth + 0.5)
            .map(e => e.tagName + '.' + e.className);
          found.push('scrolls sideways: ' + root.scrollWidth + ' ' + wide.slice(0, 4));
        }
        for (const one of document.querySelectorAll('button, .button, select, input, #language')) {
          const target = one.type === 'radio' || one.type === 'checkbox' ? one.closest('label') : one;
          const box = target.getBoundingClientRect();
          if (box.width && (box.height < 43.5 || box.width < 43.5)) {
            found.push('too small: ' + target.outerHTML + ' ' + box.width + 'x' + box.height);
          }
        }
        return found;
      }
      """;

  /** What the keyboard has reached: where it is, and whether one sees that. */
  private static final String FOCUSED =
      """
      () => {
        const one = document.activeElement;
        if (!one || one === document.body) return null;
        const box = (one.type === 'radio' ? one.closest('label') : one).getBoundingClientRect();
        const style = getComputedStyle(one.type === 'radio' ? one.closest('label') : one);
        const all = [...document.querySelectorAll('*')];
        return [all.indexOf(one), style.outlineStyle, box.width > 0 && box.height > 0,
          one.tagName + '#' + one.id].join(' ');
      }
      """;

  /** How many stops there should be; radio buttons of one name are one. */
  private static final String STOPS =
      """
      () => new Set([...document.querySelectorAll(
          'a[href], button, input:not([type=hidden]), select, [tabindex="0"]')]
        .filter(e => e.getClientRects().length && !e.disabled)
        .map((e, i) => e.type === 'radio' ? e.name : i)).size
      """;

  private final Playwright playwright = Playwright.create();
  private final BrowserContext context;
  private final List<String> problems = new ArrayList<>();
  private final @Nullable String shots = System.getProperty("pages.shots");

  Eye(String language) {
    Browser browser = Browsers.launch(playwright);
    context = browser.newContext(new Browser.NewContextOptions().setLocale(language));
    context.setDefaultTimeout(20_000);
    context.addInitScript(
        "document.addEventListener('securitypolicyviolation', e =>"
            + " console.error('CSP: ' + e.violatedDirective + ' ' + e.blockedURI));");
  }

  /** A tab, in which nothing may go wrong unseen. */
  Page tab() {
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          // A page of status 404 says so here too, and one test takes a PG's script away.
          boolean meant =
              message.text().startsWith("Failed to load")
                  && !message.location().contains("/assets/");
          if (message.type().equals("error") && !meant) {
            problems.add(page.url() + " console: " + message.text());
          }
        });
    page.onPageError(error -> problems.add(page.url() + " error: " + error));
    return page;
  }

  /** Looks at what a tab shows. */
  void see(String name, Page page) {
    String language = name.substring(name.lastIndexOf('-') + 1);
    Consumer<String> found = what -> problems.add(name + ": " + what);
    page.setViewportSize(1280, 800);
    if (!language.equals(page.evaluate("document.documentElement.lang"))) {
      found.accept("is not in " + language);
    }
    walk(page, found);
    page.evaluate(AXE);
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(
          new Page.EmulateMediaOptions()
              .setColorScheme(scheme)
              .setReducedMotion(ReducedMotion.REDUCE));
      for (int width : new int[] {1280, 390, 320}) {
        page.setViewportSize(width, 800);
        if (scheme == ColorScheme.LIGHT) {
          each(page, MISFITS, List.of(), what -> found.accept(width + " wide: " + what));
        }
        if (width == 390 && scheme == ColorScheme.LIGHT) {
          each(page, VIOLATIONS, ALL, what -> found.accept("light: " + what));
        }
        if (width == 1280 && scheme == ColorScheme.DARK) {
          // The dark changes nothing but the colours.
          each(page, VIOLATIONS, COLOURS, what -> found.accept("dark: " + what));
        }
        shoot(page, name + "-" + width + "-" + scheme);
      }
    }
  }

  private void shoot(Page page, String file) {
    if (shots != null) {
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(Path.of(shots, file.toLowerCase(Locale.ROOT) + ".png")));
    }
  }

  /** The tab key goes through everything once, in the order of the page, and one sees where. */
  private static void walk(Page page, Consumer<String> found) {
    int stops = ((Number) page.evaluate(STOPS)).intValue();
    page.evaluate(
        "() => { const all = document.body; all.tabIndex = -1; all.focus(); all.blur();"
            + " all.removeAttribute('tabindex'); }");
    int before = -1;
    for (int stop = 0; stop < stops; stop++) {
      page.keyboard().press("Tab");
      String focused = (String) page.evaluate(FOCUSED);
      if (focused == null) {
        found.accept("the tab key ends at " + stop + " of " + stops);
        return;
      }
      String[] at = focused.split(" ", -1);
      if (Integer.parseInt(at[0]) <= before || at[1].equals("none") || at[2].equals("false")) {
        found.accept("focus: " + at[3] + " at " + focused + " after " + before);
      }
      before = Integer.parseInt(at[0]);
    }
  }

  private static void each(Page page, String script, List<String> given, Consumer<String> found) {
    for (Object one : (List<?>) Objects.requireNonNull(page.evaluate(script, given))) {
      found.accept(String.valueOf(one));
    }
  }

  List<String> problems() {
    return problems;
  }

  @Override
  public void close() {
    playwright.close();
  }
}
