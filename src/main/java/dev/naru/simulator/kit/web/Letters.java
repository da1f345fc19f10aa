package dev.naru.simulator.kit.web;

import dev.naru.simulator.kit.facts.Cards;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What a PG writes, and what must be written to it: texts in its folder of resources.
 *
 * @param folder such as {@code tosspay}
 */
public record Letters(String folder) {

  /** The text of this name with its facts, each of which stands there as {@code {name}}. */
  public String write(String name, Map<String, String> facts) {
    String text = Cards.text(folder + "/" + name + ".json");
    for (Map.Entry<String, String> fact : facts.entrySet()) {
      text = text.replace("{" + fact.getKey() + "}", fact.getValue());
    }
    return text;
  }

  /** The same as an answer of status 200. */
  public Answer.Reply say(String name, Map<String, String> facts) {
    return Answer.Reply.jsonText(200, write(name, facts));
  }

  /** What it says to a code: a line of {@code errors.csv}, empty if there is none. */
  public String error(String code) {
    return Cards.codes(folder + "/errors.csv").getOrDefault(code, "");
  }

  /**
   * Which fields of a request are wrong, with commas between; empty if none is. {@code fields.txt}
   * has a line for each: a path, the field, and a pattern.
   *
   * @param value of a field, by its name
   */
  public String wrong(String path, UnaryOperator<String> value) {
    return Cards.text(folder + "/fields.txt")
        .lines()
        .map(line -> line.split(" ", 3))
        .filter(row -> row[0].equals(path) && !value.apply(row[1]).matches(row[2]))
        .map(row -> row[1].replaceFirst("^/", ""))
        .collect(Collectors.joining(", "));
  }
}
