package dev.naru.shape;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import dev.naru.testing.Apart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Everything is written as google-java-format writes it. {@code mvn test -Dtest=FormatTest
 * -Dformat.fix=true} rewrites what is not.
 */
@Apart
class FormatTest {

  private final Formatter formatter = new Formatter();

  @Test
  void everythingIsFormatted() throws Exception {
    List<Path> unformatted = new ArrayList<>();
    for (Path file :
        Stream.of(Sources.MAIN, Sources.TEST)
            .flatMap(root -> Sources.below(root, ".java").stream())
            .toList()) {
      String source = Sources.read(file);
      String formatted = format(source);
      if (!formatted.equals(source)) {
        unformatted.add(file);
        fix(file, formatted);
      }
    }
    assertThat(unformatted).as("not formatted; -Dformat.fix=true rewrites them").isEmpty();
  }

  @Test
  void aBadFileIsFound() throws Exception {
    String bad = "import java.util.List;\nclass  A { }\n";
    assertThat(format(bad)).isEqualTo("class A {}\n");
  }

  private String format(String source) throws FormatterException {
    String imported = ImportOrderer.reorderImports(source, Style.GOOGLE);
    return formatter.formatSource(RemoveUnusedImports.removeUnusedImports(imported));
  }

  private static void fix(Path file, String formatted) throws IOException {
    if (Boolean.getBoolean("format.fix")) {
      Files.writeString(file, formatted);
    }
  }
}
