package dev.naru.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation, whose snippets tests play word for word. */
public record Doc(String text) {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

  /** One below {@code docs}. */
  public static Doc of(String name) {
    try {
      return new Doc(Files.readString(Path.of("docs", name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The blocks in this language, in their order; those without one by an empty text. */
  public List<String> blocks(String language) {
    return BLOCK
        .matcher(text)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  /** The first group of what is found first. */
  public String first(String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    if (!found.find()) {
      throw new AssertionError("nothing like " + pattern + " in the document");
    }
    return found.group(1);
  }
}
