package dev.naru.testing;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.PlaywrightException;

/** Presses that a browser's page does not outlive. */
public final class Press {

  private Press() {}

  /**
   * Presses the button after which a popup closes itself, and waits until it has. It may be gone
   * before the browser has told that the press is over: that is no fault, for it was pressed.
   */
  public static void last(Locator button) {
    button.page().waitForClose(() -> press(button));
  }

  private static void press(Locator button) {
    try {
      button.click();
    } catch (PlaywrightException gone) {
      if (!String.valueOf(gone.getMessage()).contains("closed")) {
        throw gone;
      }
    }
  }
}
