package dev.naru.simulator.kit.window;

import java.util.List;
import java.util.Locale;

/**
 * Something to choose in a window.
 *
 * @param value what the form sends
 */
public record Choice(String value, String korean, String english) {

  /** Called the same in both languages. */
  public static Choice of(String value, String label) {
    return new Choice(value, label, label);
  }

  String label(Texts texts) {
    return texts.in(korean, english);
  }

  /**
   * Choices under a heading.
   *
   * @param heading a key of the texts, empty for choices that stand alone
   */
  public record Group(String heading, List<Choice> choices) {}

  /** A labelled list to pick one from. */
  public static Html pick(Texts texts, String name, List<Group> groups, String chosen) {
    String id = Line.id(name);
    List<Html> all =
        groups.stream()
            .map(
                group -> {
                  List<Html> options =
                      group.choices().stream().map(c -> option(texts, c, chosen)).toList();
                  return group.heading().isEmpty()
                      ? Html.of("{}", options)
                      : Html.of(
                          "<optgroup label=\"{}\">{}</optgroup>",
                          texts.get(group.heading()),
                          options);
                })
            .toList();
    return Html.of(
        "<label for=\"{}\">{}</label><select id=\"{}\" name=\"{}\">{}</select>",
        id,
        texts.get(name),
        id,
        name,
        all);
  }

  private static Html option(Texts texts, Choice choice, String chosen) {
    return Html.of(
        "<option value=\"{}\"{}>{}</option>",
        choice.value(),
        Html.when(choice.value().equals(chosen) && !chosen.isEmpty(), " selected"),
        choice.label(texts));
  }

  /** Radio buttons; the first one, if none of them is the chosen one. */
  public static Html radios(Texts texts, String name, List<Choice> choices, String chosen) {
    String checked =
        choices.stream().anyMatch(c -> c.value().equals(chosen))
            ? chosen
            : choices.getFirst().value();
    List<Html> all =
        choices.stream()
            .map(
                choice ->
                    Html.of(
                        "<label class=\"chip\"><input type=\"radio\" name=\"{}\" id=\"{}\""
                            + " value=\"{}\"{}><span>{}</span></label>",
                        name,
                        Line.id(name + "-" + choice.value().toLowerCase(Locale.ROOT)),
                        choice.value(),
                        Html.when(choice.value().equals(checked), " checked"),
                        choice.label(texts)))
            .toList();
    return Html.of(
        "<fieldset class=\"chips\"><legend>{}</legend>{}</fieldset>", texts.get(name), all);
  }
}
