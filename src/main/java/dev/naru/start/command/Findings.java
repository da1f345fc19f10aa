package dev.naru.start.command;

import java.io.PrintStream;

/** What {@code doctor} finds, told line by line as it is found. */
final class Findings {

  private final PrintStream out;
  private int faults;
  private int warnings;

  Findings(PrintStream out) {
    this.out = out;
  }

  /** All is well. */
  void good(String about, String text) {
    tell("ok", about, text);
  }

  /** Works, but somebody should know. */
  void warn(String about, String text) {
    warnings++;
    tell("WARN", about, text);
  }

  /** Does not work. */
  void bad(String about, String text) {
    faults++;
    tell("FAULT", about, text);
  }

  /** The last line; the exit status is 1 if anything does not work. */
  int end() {
    out.printf("%d faults, %d warnings%n", faults, warnings);
    return faults == 0 ? 0 : 1;
  }

  /** What others wrote may have lines and control characters of its own. */
  private void tell(String verdict, String about, String text) {
    out.printf("%-6s%-10s%s%n", verdict, about, text.replaceAll("\\p{Cntrl}+", " ").strip());
  }
}
