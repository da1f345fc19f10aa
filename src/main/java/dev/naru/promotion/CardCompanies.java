package dev.naru.promotion;

import dev.naru.connector.order.Card;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which card company issued a card, by the first digits of its number (BIN), in V1's codes. The
 * table is the resource {@code promotion/card-companies.csv}; its BINs are [inferred], see there.
 */
public final class CardCompanies {

  private static final int BIN = 6;
  private static final Set<String> CODES = new TreeSet<>();
  private static final Map<String, String> BY_BIN = new HashMap<>();
  private static final Map<String, String> NAMES = new LinkedHashMap<>();

  static {
    for (String line : lines("/promotion/card-companies.csv")) {
      String[] row = line.split(",", -1);
      CODES.add(row[0]);
      for (String bin : row[1].isEmpty() ? new String[0] : row[1].split(" ", -1)) {
        String other = BY_BIN.put(bin, row[0]);
        if (other != null || !bin.matches("[0-9]{" + BIN + "}")) {
          throw new IllegalStateException("BIN " + bin + " of " + row[0]);
        }
      }
    }
    for (String line : lines("/api/cards.csv")) {
      String[] row = line.split(",", 2);
      if (CODES.contains(row[0])) {
        NAMES.put(row[0], row[1]);
      }
    }
  }

  private CardCompanies() {}

  /** What V1 calls those that promotions can be of, by their codes. */
  public static Map<String, String> names() {
    return Collections.unmodifiableMap(NAMES);
  }

  /** V1's code of the company that issued a card; null if the table does not know. */
  public static @Nullable String of(Card card) {
    return BY_BIN.get(card.number().reveal().substring(0, BIN));
  }

  /** Whether there is a company of this code. */
  static boolean isKnown(String code) {
    return CODES.contains(code);
  }

  private static Iterable<String> lines(String name) {
    try (InputStream in = CardCompanies.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
