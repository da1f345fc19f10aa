package dev.naru.shape;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packages that hold a folder per PG: a folder knows their kit and nothing of its sisters. */
class FoldersTest {

  private static final String KIT = "kit";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.naru");

  static List<String> houses() {
    return List.of("dev.naru.pg");
  }

  @ParameterizedTest
  @MethodSource("houses")
  void aFolderKnowsNothingOfItsSisters(String house) {
    assertThat(sisters(house, KIT)).isEmpty();
  }

  @Test
  void aSisterIsFound() {
    assertThat(sisters("dev.naru.pg", "toss"))
        .anyMatch(line -> line.contains("Kakaopay sees dev.naru.pg.kit."));
  }

  /**
   * Who knows a class of another folder, or of the list of all; {@code kit} may be known by all.
   */
  private static Set<String> sisters(String house, String kit) {
    Set<String> lines = new TreeSet<>();
    for (JavaClass from : MAIN) {
      String folder = folder(house, from);
      if (folder.isEmpty()) {
        continue;
      }
      from.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass())
          .filter(to -> (to.getPackageName() + ".").startsWith(house + "."))
          .filter(to -> !folder(house, to).equals(folder) && !folder(house, to).equals(kit))
          .forEach(to -> lines.add(from.getName() + " sees " + to.getName()));
    }
    return lines;
  }

  /** The folder below {@code house}, empty for what is in no folder of it. */
  private static String folder(String house, JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(house + ".") ? name.substring(house.length() + 1).split("\\.")[0] : "";
  }
}
