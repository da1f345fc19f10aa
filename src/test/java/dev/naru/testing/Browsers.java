package dev.naru.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The way a test starts a browser. */
public final class Browsers {

  private static final List<String> ARGUMENTS =
      List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking");

  private Browsers() {}

  /**
   * The system's Chromium, without a window.
   *
   * @param more arguments beside those that each test wants
   */
  public static Browser launch(Playwright playwright, String... more) {
    return launch(playwright, Tools.chromium(), more);
  }

  /** The same, of the build that people use: what leaves for an app is handed on by it alone. */
  public static Browser launchOfPeople(Playwright playwright, String... more) {
    return launch(playwright, Tools.chromiumOfPeople(), more);
  }

  private static Browser launch(Playwright playwright, Path program, String... more) {
    List<String> arguments = new ArrayList<>(ARGUMENTS);
    arguments.addAll(List.of(more));
    return playwright
        .chromium()
        .launch(new BrowserType.LaunchOptions().setExecutablePath(program).setArgs(arguments));
  }
}
