package dev.naru.shape;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A fake PG is a folder that knows the kit and none of its sisters, and costs what it may cost. */
class SimulatorFoldersTest {

  private static final String ROOT = "dev.naru.simulator";
  private static final String KIT = "kit";

  /** What each part of the kit may see beside itself. The kit itself sees them all. */
  private static final Map<String, Set<String>> PARTS =
      Map.of(
          "facts", Set.of(),
          "book", Set.of("facts"),
          "web", Set.of("facts", "book"),
          "till", Set.of("facts", "book", "web"),
          "window", Set.of("facts", "book", "web"),
          "people", Set.of("facts", "book", "web", "window"));

  /**
   * How large a folder is.
   *
   * @param lines of all its files but package-info
   */
  private record Size(long lines, int files) {

    boolean fits(Size most) {
      return lines <= most.lines && files <= most.files;
    }
  }

  private static final Size CARD = new Size(750, 4);
  private static final Size WALLET = new Size(400, 3);

  /**
   * Those that may cost as much as a card PG; a folder that is not here is as large as a wallet.
   */
  private static final Map<String, Size> BUDGETS =
      Map.of("toss", CARD, "inicis", CARD, "settle", CARD, "nice", CARD, "emulated", CARD);

  /** Those over their budget, as they are. Lower the numbers, remove a line, never add one. */
  private static final Map<String, Size> OVER =
      Map.of(
          "emulated", new Size(3239, 19),
          "inicis", new Size(2090, 11),
          "kakaopay", new Size(759, 4),
          "kcp", new Size(498, 4),
          "paypal", new Size(1965, 12),
          "settle", new Size(1204, 9),
          "toss", new Size(1200, 7));

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void aFolderKnowsTheKitAndNoSister() {
    assertThat(strangers(MAIN)).isEmpty();
  }

  @Test
  void eachPartOfTheKitKnowsThoseBelowIt() {
    Set<String> parts = new TreeSet<>();
    MAIN.forEach(type -> parts.addAll(below(type, KIT)));
    assertThat(parts).isEqualTo(new TreeSet<>(PARTS.keySet()));
  }

  @Test
  void aSisterIsFound() {
    assertThat(mayKnow("toss", "inicis")).isFalse();
    assertThat(mayKnow("toss", "kit.book")).isTrue();
    assertThat(mayKnow("toss", "")).isFalse();
    assertThat(mayKnow("kit", "toss")).isFalse();
    assertThat(mayKnow("kit.book", "kit.till")).isFalse();
    assertThat(mayKnow("kit.book", "kit")).isFalse();
    assertThat(mayKnow("kit.till", "kit.book")).isTrue();
    assertThat(mayKnow("", "toss")).isTrue();
  }

  private static Set<String> strangers(JavaClasses classes) {
    Set<String> lines = new TreeSet<>();
    for (JavaClass from : classes) {
      from.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(to -> to.getPackageName().startsWith(ROOT))
          .filter(to -> !mayKnow(folder(from), folder(to)))
          .forEach(to -> lines.add(from.getName() + " sees " + to.getName()));
    }
    return lines;
  }

  private static boolean mayKnow(String from, String to) {
    if (from.isEmpty() || from.equals(to)) {
      return true;
    }
    boolean toKit = to.equals(KIT) || to.startsWith(KIT + ".");
    if (!from.startsWith(KIT + ".")) {
      return toKit;
    }
    String part = from.substring(KIT.length() + 1);
    return PARTS.getOrDefault(part, Set.of()).stream().anyMatch(p -> to.equals(KIT + "." + p));
  }

  /** Below the simulators, such as {@code toss} or {@code kit.book}; empty for what starts them. */
  private static String folder(JavaClass type) {
    String name = type.getPackageName().substring(ROOT.length());
    return name.isEmpty() ? "" : name.substring(1);
  }

  private static List<String> below(JavaClass type, String folder) {
    String name = folder(type);
    return name.startsWith(folder + ".") ? List.of(name.substring(folder.length() + 1)) : List.of();
  }

  @Test
  void eachFolderKeepsToItsBudget() {
    Map<String, Size> sizes = sizes();
    assertThat(sizes.keySet()).containsAll(BUDGETS.keySet()).containsAll(OVER.keySet());
    sizes.forEach(
        (folder, size) -> {
          Size budget = BUDGETS.getOrDefault(folder, WALLET);
          Size over = OVER.get(folder);
          assertThat(size.fits(over == null ? budget : over)).as(folder + " " + size).isTrue();
          assertThat(over != null && size.fits(budget)).as(folder + " fits by now").isFalse();
        });
  }

  private static Map<String, Size> sizes() {
    Path main = Sources.MAIN.resolve("dev/naru/simulator");
    Map<String, Size> sizes = new TreeMap<>();
    for (Path file : Sources.below(main, ".java")) {
      Path within = main.relativize(file);
      String folder = within.getName(0).toString();
      boolean counts = within.getNameCount() > 1 && !file.endsWith("package-info.java");
      if (counts && !folder.equals(KIT)) {
        long lines = Sources.read(file).lines().count();
        sizes.merge(
            folder,
            new Size(lines, 1),
            (a, b) -> new Size(a.lines() + b.lines(), a.files() + b.files()));
      }
    }
    return sizes;
  }
}
