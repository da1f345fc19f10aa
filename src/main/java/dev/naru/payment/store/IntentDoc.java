package dev.naru.payment.store;

import dev.naru.payment.Attempt;
import dev.naru.payment.Noted;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an attempt keeps, as it is sealed. A document that an earlier version wrote is read for
 * ever: one flat object, in which the hub's notes stand among the connector's values.
 *
 * @param kept the connector's values
 * @param noted null if nothing is noted
 */
public record IntentDoc(Map<String, String> kept, @Nullable Noted noted) {

  static IntentDoc of(Attempt attempt) {
    Noted noted = attempt.noted();
    return new IntentDoc(attempt.intent(), noted.equals(Noted.NOTHING) ? null : noted);
  }

  boolean isEmpty() {
    return kept.isEmpty() && noted == null;
  }

  static IntentDoc read(JsonMapper json, JsonNode clear) {
    if (clear.path("kept").isObject()) {
      return json.treeToValue(clear, IntentDoc.class);
    }
    Map<String, String> all = new LinkedHashMap<>();
    clear.properties().forEach(each -> all.put(each.getKey(), each.getValue().asString("")));
    Noted noted = Noted.takenOutOf(all);
    return new IntentDoc(all, noted);
  }

  public Noted notes() {
    return noted == null ? Noted.NOTHING : noted;
  }
}
