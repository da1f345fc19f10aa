package dev.naru.simulator.inicis;

import dev.naru.simulator.kit.book.Book;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * Reads INIAPI version 2, whose hash covers the text of one part of the body exactly as it was
 * sent.
 */
final class IniApiV2 {

  private IniApiV2() {}

  static Map<String, String> fields(JsonNode node) {
    Map<String, String> fields = new LinkedHashMap<>();
    node.properties()
        .forEach(
            p -> {
              if (p.getValue().isValueNode()) {
                fields.put(p.getKey(), p.getValue().asString(""));
              }
            });
    return fields;
  }

  /** The text of the data object, from brace to brace. */
  static String dataText(String body) {
    try (JsonParser parser = Book.JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "";
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean data = parser.currentName().equals("data");
        parser.nextToken();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        if (data) {
          return body.substring(start, (int) parser.currentLocation().getCharOffset());
        }
      }
      return "";
    } catch (JacksonException _) {
      return "";
    }
  }
}
