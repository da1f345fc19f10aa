package dev.naru.simulator.kit.web;

import dev.naru.simulator.kit.facts.Cards;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What a PG's answers and requests are like, as texts of its folder of resources.
 *
 * @param folder below {@code simulator}
 */
public record Templates(String folder) {

  /** The file {@code {name}.json}, with these facts where their names stand in braces. */
  public String write(String name, Map<String, String> facts) {
    String text = Cards.text(folder + "/" + name + ".json");
    for (Map.Entry<String, String> fact : facts.entrySet()) {
      text = text.replace("{" + fact.getKey() + "}", fact.getValue());
    }
    return text;
  }

  /**
   * Which fields of a request are not as {@code fields.txt} has them, with commas between; empty if
   * all are. Its lines are a path, a field as a JSON pointer, and a pattern.
   */
  public String wrong(String path, JsonNode body) {
    return Cards.text(folder + "/fields.txt")
        .lines()
        .map(line -> line.split(" ", 3))
        .filter(row -> row[0].equals(path) && !body.at(row[1]).asString("").matches(row[2]))
        .map(row -> row[1].substring(1))
        .collect(Collectors.joining(", "));
  }
}
