package dev.naru.look;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.naru.testing.Browsers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One browser that looks at pages in both languages, in the light and in the dark, on a desk and on
 * a phone, and says what is wrong with them.
 */
public final class Onlooker implements AutoCloseable {

  private static final String VIOLATIONS =
      """
      async () => (await axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
        resultTypes: ['violations']
      })).violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' '
        + n.any.map(a => a.message).join(' ')).join(' | '))
      """;

  /** What draws itself anew when the window changes may take a moment for it. */
  private static final String SIDEWAYS =
      """
      async () => {
        const root = document.documentElement;
        const late = performance.now() + 3000;
        while (root.scrollWidth > root.clientWidth && performance.now() < late) {
          await new Promise(requestAnimationFrame);
        }
        return root.scrollWidth > root.clientWidth
          ? [...document.querySelectorAll('body *')]
              .filter(e => e.getBoundingClientRect().right > root.clientWidth + 0.5)
              .slice(0, 3).map(e => 'wider than the phone: ' + e.outerHTML.slice(0, 120))
          : [];
      }
      """;

  private static final int DESK = 1440;
  private static final int PHONE = 390;

  private final Playwright playwright = Playwright.create();
  private final Browser browser;

  /** By language: a browser has its files and fonts from the first page on. */
  private final Map<String, BrowserContext> contexts = new HashMap<>();

  private final String axe = axe();
  private final @Nullable String shots = System.getProperty("pages.shots");

  public Onlooker() {
    browser = Browsers.launch(playwright);
  }

  private static String axe() {
    try (InputStream in =
        Objects.requireNonNull(Onlooker.class.getResourceAsStream("/axe.min.js"), "axe-core")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Opens a page in all ways there are.
   *
   * @param prepare what is done in a new window first, such as signing in
   * @return what is wrong, in lines; none if nothing is
   */
  public List<String> look(String name, String url, int status, Consumer<Page> prepare) {
    return inBothLanguages(
        name,
        url,
        (page, found) -> {
          prepare.accept(page);
          Response answer = page.navigate(url);
          if (answer.status() != status) {
            found.accept("answers " + answer.status());
          }
        });
  }

  /**
   * Looks at what is there after something was done: what a form answers has no address.
   *
   * @param url of the hub, whose failures do not count if they are the page itself
   * @param arrive signs in, and does what leads there
   */
  public List<String> lookAfter(String name, String url, Consumer<Page> arrive) {
    return inBothLanguages(name, url, (page, found) -> arrive.accept(page));
  }

  private List<String> inBothLanguages(
      String name, String url, BiConsumer<Page, Consumer<String>> arrive) {
    List<String> wrong = new ArrayList<>();
    for (String lang : List.of("ko", "en")) {
      Consumer<String> found = what -> wrong.add(name + " " + lang + ": " + what);
      try (Page page = watched(lang, url, found)) {
        arrive.accept(page, found);
        if (!lang.equals(page.evaluate("document.documentElement.lang"))) {
          found.accept("is not in this language");
        }
        page.evaluate(axe);
        inAllWays(page, name + "-" + lang, found);
      }
    }
    return wrong;
  }

  /**
   * What shuts people out is looked for in Korean by day at a desk, and in English by night on a
   * phone: contrast is a matter of light, size one of width, and neither of words. What is too wide
   * is a matter of words. With {@code pages.shots} all ways there are.
   */
  private void inAllWays(Page page, String name, Consumer<String> found) {
    boolean korean = name.endsWith("-ko");
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : new int[] {DESK, PHONE}) {
        boolean axe = (scheme == ColorScheme.LIGHT) == korean && (width == DESK) == korean;
        if (shots != null || axe || width == PHONE) {
          in(page, scheme, width, shots != null || axe, found);
          shoot(page, name + "-" + width + "-" + scheme);
        }
      }
    }
  }

  private void in(Page page, ColorScheme scheme, int width, boolean rules, Consumer<String> found) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    page.setViewportSize(width, width == DESK ? 900 : 844);
    String where = scheme.name().toLowerCase(Locale.ROOT) + " " + width + " ";
    if (width == PHONE) {
      each(page, SIDEWAYS, what -> found.accept(where + what));
    }
    if (rules) {
      each(page, VIOLATIONS, what -> found.accept(where + what));
    }
  }

  private BrowserContext context(String lang) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setLocale(lang.equals("ko") ? "ko-KR" : "en-US")
                .setReducedMotion(ReducedMotion.REDUCE));
    context.setDefaultTimeout(30_000);
    return context;
  }

  /** A window in which nothing goes wrong unseen: scripts, policies, files that are not there. */
  private Page watched(String lang, String url, Consumer<String> found) {
    BrowserContext context = contexts.computeIfAbsent(lang, this::context);
    context.clearCookies();
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          // That a page is not there its status says.
          boolean itself = message.text().startsWith("Failed to load resource");
          if (message.type().equals("error") && !itself) {
            found.accept("console: " + message.text());
          }
        });
    page.onPageError(error -> found.accept("script: " + error));
    page.onResponse(
        response -> {
          if (response.status() >= 400 && !response.url().equals(url)) {
            found.accept(response.status() + " for " + response.url());
          }
        });
    return page;
  }

  private static void each(Page page, String script, Consumer<String> found) {
    for (Object one : (List<?>) Objects.requireNonNull(page.evaluate(script))) {
      found.accept(String.valueOf(one));
    }
  }

  /** For whoever wants to see for themselves: {@code -Dpages.shots=folder}. */
  private void shoot(Page page, String name) {
    if (shots != null) {
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(Path.of(shots, name.toLowerCase(Locale.ROOT) + ".png")));
    }
  }

  @Override
  public void close() {
    playwright.close();
  }
}
