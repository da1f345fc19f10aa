package dev.naru.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Apart;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A ratchet: limits that may be tightened, and exceptions that may only become fewer. */
@Apart
class TidyTest {

  /**
   * What was over a limit when the limit came: what {@link Tidy} calls it, and how much it may
   * have. Lower a number when a file shrinks, remove the line when it fits, never add one.
   */
  private static final Map<String, Integer> ALLOWED =
      Map.ofEntries(
          Map.entry("src/main/java/dev/naru/payment/Intake.java lines", 291),
          Map.entry("src/main/java/dev/naru/payment/Payment.java lines", 410),
          Map.entry(
              "src/main/java/dev/naru/api/payment/PaymentViewBuilder.java PaymentViewBuilder.view"
                  + " lines",
              59),
          Map.entry(
              "src/main/java/dev/naru/payment/flow/WindowOpenings.java WindowOpenings.open"
                  + " parameters",
              6),
          Map.entry(
              "src/main/java/dev/naru/simulator/inicis/InicisAnswers.java InicisAnswers.approval"
                  + " lines",
              49),
          Map.entry(
              "src/main/java/dev/naru/simulator/toss/TossPayment.java TossPayment.payment lines",
              48));

  private static final SqlRules SQL = new SqlRules(SqlRules.merchantTables(migrations()));

  @Test
  void mainIsTidy() {
    Set<String> found = new TreeSet<>();
    for (Path file : Sources.below(Sources.MAIN, ".java")) {
      Tidy tidy = Tidy.of(file.toString(), Sources.read(file));
      found.addAll(tidy.problems(ALLOWED));
      tidy.strings().forEach(block -> found.addAll(SQL.problems(file.toString(), block)));
    }
    assertThat(found).isEmpty();
  }

  /** Beyond this a package has parts. */
  private static final int FILES = 20;

  @Test
  void noPackageIsTooLarge() {
    assertThat(files(Sources.MAIN)).hasSizeGreaterThan(30);
    assertThat(files(Sources.MAIN))
        .allSatisfy((_, files) -> assertThat(files).isLessThanOrEqualTo(FILES));
  }

  /** What nine files of ten have at the most, in lines, imports counted. */
  private static final int USUAL = 200;

  @Test
  void nineFilesOfTenAreShort() {
    List<Long> lengths =
        Sources.below(Sources.MAIN, ".java").stream()
            .filter(file -> !file.endsWith("package-info.java"))
            .map(file -> Sources.read(file).lines().count())
            .toList();
    assertThat(nineOfTen(lengths)).isLessThanOrEqualTo(USUAL);
  }

  @Test
  void oneLongFileOfTenMayBe() {
    assertThat(nineOfTen(List.of(9L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 400L))).isEqualTo(9);
    assertThat(nineOfTen(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 300L, 400L))).isEqualTo(300);
  }

  /** The length that nine of ten do not exceed. */
  private static long nineOfTen(List<Long> lengths) {
    return lengths.stream().sorted().toList().get(Math.ceilDiv(lengths.size() * 9, 10) - 1);
  }

  private static Map<String, Long> files(Path root) {
    return Sources.below(root, ".java").stream()
        .filter(file -> !file.endsWith("package-info.java"))
        .collect(
            Collectors.groupingBy(file -> String.valueOf(file.getParent()), Collectors.counting()));
  }

  @Test
  void testsLeaveNothingForLater() {
    Set<String> found = new TreeSet<>();
    for (Path file : Sources.below(Sources.TEST, ".java")) {
      found.addAll(Tidy.forLater(file.toString(), Sources.read(file)));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void everyMerchantTableIsKnown() {
    assertThat(SqlRules.merchantTables(migrations())).contains("payment", "attempt", "event");
  }

  @Test
  void whatIsNotTidyIsFound() {
    String longMethod = "  void a() {\n" + "    b();\n".repeat(50) + "  }\n";
    String source =
        """
        package dev.naru.payment;
        class Sample {
          // %s later
          void many(int a, int b, int c, int d, int e, int f) { System.out.println(a); }
        """
                .formatted("TO" + "DO")
            + longMethod
            + "  int x;\n".repeat(300)
            + "}\n";
    List<String> problems = Tidy.of("dev/naru/payment/Sample.java", source).problems(Map.of());
    assertThat(problems).hasSize(5);
    assertThat(Tidy.of("dev/naru/pg/Sample.java", source).problems(Map.of())).hasSize(4);
  }

  @Test
  void badSqlIsFound() {
    SqlRules rules = new SqlRules(Set.of("payment", "attempt"));
    assertThat(rules.problems("a", "select * from payment where imp_uid = :uid")).hasSize(1);
    assertThat(
            rules.problems(
                "a",
                "select 1 from payment p join attempt a using (imp_uid) where p.merchant_id=1"))
        .hasSize(1);
    assertThat(
            rules.problems(
                "a",
                "select 1 from payment join attempt using (merchant_id, imp_uid) where"
                    + " merchant_id=1"))
        .isEmpty();
    assertThat(rules.problems("a", "update merchant set at = now() where merchant_id = 1"))
        .hasSize(1);
    assertThat(rules.problems("a", "from here we take a payment")).isEmpty();
  }

  @Test
  void concatenatedSqlIsReadWhole() {
    String source =
        """
        class Sample {
          static final String WHERE = "where " + "merchant_id = 1";
          String good = "select 1 from payment " + WHERE + more();
          String bad = "select 2 from payment " + other();
        }
        """;
    SqlRules rules = new SqlRules(Set.of("payment"));
    assertThat(
            Tidy.of("a", source).strings().stream().flatMap(s -> rules.problems("a", s).stream()))
        .singleElement()
        .asString()
        .contains("select 2");
  }

  private static List<String> migrations() {
    return Sources.below(Path.of("src/main/resources/db/migration"), ".sql").stream()
        .map(Sources::read)
        .toList();
  }
}
