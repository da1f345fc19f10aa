package dev.naru.connector.facts;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Korea's banks and brokers as V1 lists them: KFTC institution codes with names. */
public final class Banks {

  /** In V1's order. */
  public static final Map<String, String> ALL = read();

  private Banks() {}

  private static Map<String, String> read() {
    Map<String, String> names = new LinkedHashMap<>();
    for (List<String> row : Tables.rows("banks")) {
      names.put(row.get(0), row.get(1));
    }
    return Collections.unmodifiableMap(names);
  }
}
