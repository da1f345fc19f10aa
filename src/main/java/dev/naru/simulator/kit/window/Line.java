package dev.naru.simulator.kit.window;

/**
 * A labelled text input. Its id is its name, with hyphens.
 *
 * @param hint empty for none
 * @param wrong what is wrong with the value, empty for nothing
 */
public record Line(
    String name, String label, String value, int longest, Kind kind, String hint, String wrong) {

  /** What may be typed. */
  public enum Kind {
    WORDS,
    DIGITS,
    /** Shown, but not to be changed. */
    FIXED
  }

  /** For words. */
  public static Line words(String name, String label, String value, int longest) {
    return new Line(name, label, value, longest, Kind.WORDS, "", "");
  }

  /** For digits. */
  public static Line digits(String name, String label, String value, int longest) {
    return new Line(name, label, value, longest, Kind.DIGITS, "", "");
  }

  /** The same, which may not be changed. */
  public Line fixed(boolean fixed) {
    return new Line(name, label, value, longest, fixed ? Kind.FIXED : kind, hint, wrong);
  }

  /** The same, with a hint. */
  public Line hint(String text) {
    return new Line(name, label, value, longest, kind, text, wrong);
  }

  /** The same, and what is wrong with it. */
  public Line wrong(String text) {
    return new Line(name, label, value, longest, kind, hint, text);
  }

  /** As markup. */
  public Html html() {
    String id = id(name);
    String described =
        (hint.isEmpty() ? "" : id + "-hint ") + (wrong.isEmpty() ? "" : id + "-error");
    return Html.of(
        """
        <label for="{}">{}</label>
        <input id="{}" name="{}" value="{}" maxlength="{}"{}{}{}{} autocomplete="off">
        {}{}
        """,
        id,
        label,
        id,
        name,
        value,
        longest,
        Html.when(kind == Kind.DIGITS, " inputmode=\"numeric\""),
        Html.when(kind == Kind.FIXED, " readonly"),
        Html.when(!wrong.isEmpty(), " aria-invalid=\"true\""),
        described.isBlank() ? Html.NOTHING : Html.of(" aria-describedby=\"{}\"", described.strip()),
        wrong.isEmpty()
            ? Html.NOTHING
            : Html.of("<p id=\"{}-error\" class=\"error\" role=\"alert\">{}</p>", id, wrong),
        hint.isEmpty()
            ? Html.NOTHING
            : Html.of("<p id=\"{}-hint\" class=\"hint\">{}</p>", id, hint));
  }

  /** What an input of this name has for an id. */
  public static String id(String name) {
    return name.replace('_', '-');
  }
}
