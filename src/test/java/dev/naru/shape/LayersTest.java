package dev.naru.shape;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.naru.kernel.work.Pulse;
import dev.naru.kernel.work.WorkLoop;
import dev.naru.testing.Apart;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Controller;

/** Who may know whom. */
@Apart
class LayersTest {

  /** What the outside may use. */
  private static final Set<String> ALL_USES =
      below("payment", "promotion", "billing", "certification", "aftercare", "webhook", "look");

  /** What each package may see, written out. A package that is not here fails the test. */
  private static final Map<String, Set<String>> SEES =
      Map.ofEntries(
          Map.entry("kernel", Set.of()),
          Map.entry("connector", Set.of("kernel")),
          Map.entry("pg", Set.of("connector", "kernel")),
          Map.entry("merchant", Set.of("connector", "kernel")),
          Map.entry("attention", Set.of("merchant", "connector", "kernel")),
          Map.entry("promotion", below()),
          Map.entry("payment", below("promotion")),
          Map.entry("billing", below("payment", "promotion")),
          Map.entry("certification", below("payment")),
          Map.entry("aftercare", below("payment")),
          Map.entry("webhook", below("payment")),
          Map.entry("retention", below()),
          Map.entry("api", with(ALL_USES, "contract")),
          Map.entry("account", below()),
          Map.entry("console", with(with(ALL_USES, "account"), "checkout")),
          Map.entry("checkout", ALL_USES),
          Map.entry("shops", below("payment", "promotion", "billing", "webhook")),
          Map.entry("sandbox", with(with(ALL_USES, "account"), "shops")),
          Map.entry("contract", Set.of("kernel", "look")),
          Map.entry("look", Set.of("kernel")),
          Map.entry("simulator", Set.of()));

  /** Ties it all together: sees everything, and nobody sees it but the main class. */
  private static final String START = "start";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.naru");

  private static Set<String> below(String... more) {
    Set<String> all = new TreeSet<>(List.of("attention", "merchant", "connector", "kernel"));
    all.addAll(List.of(more));
    return all;
  }

  private static Set<String> with(Set<String> some, String more) {
    Set<String> all = new TreeSet<>(some);
    all.add(more);
    return all;
  }

  @Test
  void directionsHold() {
    assertThat(strangers(MAIN)).isEmpty();
  }

  @Test
  void aWrongDirectionIsFound() {
    JavaClasses sample = new ClassFileImporter().importClasses(LayersTest.class, Path.class);
    // This class is in a package that the table does not know.
    assertThat(strangers(sample)).anyMatch(line -> line.contains("shape"));
  }

  private static Set<String> strangers(JavaClasses classes) {
    Set<String> lines = new TreeSet<>();
    for (JavaClass from : classes) {
      String module = module(from);
      if (module.isEmpty() || module.equals(START)) {
        continue;
      }
      Set<String> sees = SEES.get(module);
      if (sees == null) {
        lines.add(module + " is not in the table: " + from.getName());
        continue;
      }
      from.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass())
          .filter(to -> to.getPackageName().startsWith("dev.naru."))
          .filter(to -> !module(to).equals(module) && !sees.contains(module(to)))
          .forEach(to -> lines.add(from.getName() + " sees " + to.getName()));
    }
    return lines;
  }

  /** The part after dev.naru, empty for the main class and what is not ours. */
  private static String module(JavaClass type) {
    String[] parts = type.getPackageName().split("\\.");
    return parts.length > 2 && type.getPackageName().startsWith("dev.naru") ? parts[2] : "";
  }

  @Test
  void theCoreKnowsNeitherSpringNorSql() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("dev.naru.kernel..", "dev.naru.connector..", "dev.naru.pg..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "java.sql..", "javax.sql.."));
  }

  /** Otherwise a loop that stands still is seen by nobody. */
  @Test
  void everyLoopTellsWhetherItGoesOn() {
    List<JavaClass> looping =
        MAIN.stream()
            .filter(
                type ->
                    type.getFields().stream()
                        .anyMatch(field -> field.getRawType().isEquivalentTo(WorkLoop.class)))
            .toList();
    assertThat(looping).hasSizeGreaterThan(6);
    assertThat(looping).allMatch(type -> type.isAssignableTo(Pulse.class));
  }

  @Test
  void timeComesFromTheClock() {
    ArchRule rule = onlyTheClockReadsTheTime();
    check(rule);
    JavaClasses sample = new ClassFileImporter().importClasses(ReadsTheTime.class);
    assertThat(rule.evaluate(sample).hasViolation()).isTrue();
  }

  private static ArchRule onlyTheClockReadsTheTime() {
    return noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.naru.kernel.HubClock")
        // The program of the simulators has no hub whose clock it could use.
        .and()
        .doNotHaveFullyQualifiedName("dev.naru.simulator.Simulators")
        .and()
        .doNotHaveFullyQualifiedName("dev.naru.simulator.Simulators$Settings")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .orShould()
        .callMethod(java.time.InstantSource.class, "system")
        .orShould()
        .callMethod(java.time.LocalDate.class, "now")
        .orShould()
        .callMethod(java.time.LocalDateTime.class, "now")
        .orShould()
        .callMethod(java.time.ZonedDateTime.class, "now")
        .orShould()
        .callMethod(java.time.YearMonth.class, "now");
  }

  /** Must be found. */
  private static final class ReadsTheTime {
    @SuppressWarnings({"unused", "JavaTimeDefaultTimeZone"})
    static long read() {
      return System.currentTimeMillis();
    }
  }

  @Test
  void namesSayWhatAThingIs() {
    Set<String> banned =
        MAIN.stream()
            .filter(type -> !type.isAnonymousClass())
            .map(JavaClass::getSimpleName)
            .filter(LayersTest::saysNothing)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(banned).isEmpty();
    assertThat(saysNothing("PaymentManager")).isTrue();
  }

  private static boolean saysNothing(String name) {
    return name.matches(".*(Manager|Helper|Utils?|Impl|Base|Dto|DTO|Mapper|Service)");
  }

  /** What two of them need has a place of its own: a reader follows one on the way of a request. */
  @Test
  void controllersLendNothingToOneAnother() {
    assertThat(MAIN.stream().filter(LayersTest::isController)).hasSizeGreaterThan(40);
    assertThat(lent(MAIN)).isEmpty();
    JavaClasses sample = new ClassFileImporter().importClasses(Lends.class, Borrows.class);
    assertThat(lent(sample)).hasSize(1);
  }

  private static Set<String> lent(JavaClasses classes) {
    Set<String> lines = new TreeSet<>();
    for (JavaClass from : classes) {
      from.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass())
          .filter(to -> isController(from) && isController(to) && !to.equals(from))
          .forEach(to -> lines.add(from.getName() + " uses " + to.getName()));
    }
    return lines;
  }

  private static boolean isController(JavaClass type) {
    return !type.isAnnotation()
        && (type.isAnnotatedWith(Controller.class) || type.isMetaAnnotatedWith(Controller.class));
  }

  @Controller
  private static final class Lends {
    static int one() {
      return 1;
    }
  }

  /** Must be found. */
  @Controller
  private static final class Borrows {
    @SuppressWarnings("unused")
    static int borrow() {
      return Lends.one();
    }
  }

  @Test
  void nothingIsInjectedIntoFields() {
    check(fields().should().notBeAnnotatedWith(Autowired.class));
  }

  @Test
  void theSimulatorsKnowNoFramework() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.naru.simulator..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.springframework..", "java.sql..")));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(MAIN);
  }
}
