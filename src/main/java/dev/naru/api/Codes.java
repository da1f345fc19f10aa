package dev.naru.api;

import dev.naru.connector.facts.Banks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The standard codes V1 serves: card companies and banks (KFTC institution codes). */
public final class Codes {

  static final Map<String, String> CARDS = read("/api/cards.csv");
  static final Map<String, String> BANKS = Banks.ALL;

  private Codes() {}

  /** The standard three digits of a bank that somebody writes with two; other codes are PGs'. */
  public static @Nullable String bank(@Nullable String given) {
    return given != null && given.matches("[0-9]{2}") ? "0" + given : given;
  }

  public static @Nullable String bankName(String code) {
    return BANKS.get(code);
  }

  private static Map<String, String> read(String resource) {
    Map<String, String> names = new LinkedHashMap<>();
    try (InputStream in = Codes.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing " + resource);
      }
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(",", 2))
          .forEach(row -> names.put(row[0], row[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }
}
