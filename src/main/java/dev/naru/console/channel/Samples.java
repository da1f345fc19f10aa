package dev.naru.console.channel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Code to paste: files with places for what is the shop's own. */
final class Samples {

  /** How a page or a server may call; the first is for pages. */
  static final List<String> LANGUAGES = List.of("sdk", "java", "node", "python", "php", "curl");

  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
  private static final Map<String, String> FILES = new ConcurrentHashMap<>();

  private Samples() {}

  /**
   * @param name of the file
   * @param values of all places it may have
   */
  static String of(String name, Map<String, String> values) {
    return PLACE
        .matcher(FILES.computeIfAbsent(name, Samples::read))
        .replaceAll(
            place -> {
              String value = values.get(place.group(1));
              if (value == null) {
                throw new IllegalStateException("no value for " + place.group() + " of " + name);
              }
              return Matcher.quoteReplacement(value);
            });
  }

  private static String read(String name) {
    try (InputStream in = Samples.class.getResourceAsStream("/console/code/" + name + ".txt")) {
      if (in == null) {
        throw new IllegalStateException("no sample " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
