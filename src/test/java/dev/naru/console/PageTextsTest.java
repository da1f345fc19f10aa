package dev.naru.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Apart;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The texts of the console's pages: in both languages, and in no template. */
@Apart
class PageTextsTest {

  private static final Path TEXTS = Path.of("src/main/resources/console");
  private static final Path TEMPLATES = Path.of("src/main/resources/templates/console");
  private static final Pattern HANGUL = Pattern.compile("\\p{IsHangul}");
  private static final Pattern USE = Pattern.compile("#\\{([a-z][A-Za-z0-9._-]*)[(}]");

  private static List<Path> files(Path folder, String end) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(end)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> texts(String language) {
    Map<String, String> texts = new TreeMap<>();
    for (Path file : files(TEXTS, "_" + language + ".properties")) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      for (String key : properties.stringPropertyNames()) {
        assertThat(texts.put(key, properties.getProperty(key))).as("twice: " + key).isNull();
      }
    }
    return texts;
  }

  @Test
  void everyTextIsThereInBothLanguages() {
    Map<String, String> korean = texts("ko");
    Map<String, String> english = texts("en");
    assertThat(korean).hasSizeGreaterThan(50);
    assertThat(english.keySet()).isEqualTo(korean.keySet());
    assertThat(korean)
        .allSatisfy(
            (key, text) ->
                assertThat(places(english.getOrDefault(key, ""))).as(key).isEqualTo(places(text)));
    english.remove("frame.other");
    assertThat(english)
        .allSatisfy((key, text) -> assertThat(HANGUL.matcher(text).find()).as(key).isFalse());
  }

  private static int places(String text) {
    return new MessageFormat(text, Locale.ROOT).getFormatsByArgumentIndex().length;
  }

  @Test
  void templatesHaveNoWordsAndNameTextsThatAreThere() throws IOException {
    List<Path> templates = files(TEMPLATES, ".html");
    assertThat(templates).hasSizeGreaterThan(10);
    TreeSet<String> missing = new TreeSet<>();
    for (Path template : templates) {
      String html = Files.readString(template);
      assertThat(HANGUL.matcher(html).find()).as(template.toString()).isFalse();
      USE.matcher(html)
          .results()
          .map(use -> use.group(1))
          .filter(key -> !texts("ko").containsKey(key))
          .forEach(missing::add);
    }
    assertThat(missing).isEmpty();
  }
}
