package dev.naru.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Apart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Colours are named in one place, and templates have no style of their own. */
@Apart
class TokensTest {

  private static final Path RESOURCES = Path.of("src/main/resources");
  private static final Pattern COLOUR =
      Pattern.compile(
          ":[^;{}]*(#[0-9a-f]{3,8}\\b|\\b(?:rgba?|hsla?|oklch|light-dark)\\()",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern STYLE = Pattern.compile("\\sstyle=|<style");

  private static List<Path> files(String folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(RESOURCES.resolve(folder))) {
      return all.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  private static boolean has(Path file, Pattern pattern) {
    try {
      return pattern.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void onlyTheTokensNameColours() throws IOException {
    List<Path> sheets = files("static", ".css");
    assertThat(sheets).hasSizeGreaterThan(6);
    assertThat(sheets.stream().filter(file -> has(file, COLOUR)).map(Path::getFileName))
        .map(Path::toString)
        .containsExactly("tokens.css");
  }

  @Test
  void templatesHaveNoStyleOfTheirOwn() throws IOException {
    assertThat(files("templates", ".html").stream().filter(file -> has(file, STYLE))).isEmpty();
  }
}
