package dev.naru.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.facts.PgFacts;
import dev.naru.pg.Gateways;
import dev.naru.testing.Apart;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A ratchet: what is one PG's stands in its folder or in {@code connector/pg-facts.tsv}. Elsewhere
 * no code of a PG is written, in a text of Java or in a script or template.
 */
@Apart
class PgNamesTest {

  private static final String JAVA = "src/main/java/dev/naru/";
  private static final String RESOURCES = "src/main/resources/";

  /** Where PGs are at home. */
  private static final List<String> HOMES =
      List.of(JAVA + "pg/", JAVA + "simulator/", RESOURCES + "static/assets/checkout/calls/");

  /**
   * Files that name PGs, which ones, and why that is right. Remove a name when it is gone, never
   * add one.
   */
  private static final Map<String, Set<String>> ALLOWED =
      Map.ofEntries(
          // Each is a value of V1's pay_method here: a PG's code or not, any PG may offer it.
          Map.entry(
              JAVA + "checkout/PayRules.java",
              Set.of(
                  "alipay", "kakaopay", "naverpay", "payco", "paypal", "toss_brandpay", "tosspay")),
          Map.entry(
              RESOURCES + "checkout/iamport.d.ts",
              Set.of(
                  "alipay", "kakaopay", "naverpay", "payco", "paypal", "toss_brandpay", "tosspay")),
          // V1's operation GET /kakao/payment/orders is about this PG alone.
          Map.entry(JAVA + "api/RetiredApi.java", Set.of("kakaopay")),
          // Of bypass, the object in which V1's operation for codes has what is meant for this PG.
          Map.entry(JAVA + "api/Persons.java", Set.of("kcp_v2")),
          // Files of the table of V1, called as V1 calls its groups of operations.
          Map.entry(JAVA + "contract/Contract.java", Set.of("payco", "paymentwall")));

  private static final Set<String> CODES =
      Stream.concat(
              PgFacts.all().stream().map(PgFacts::code),
              Gateways.ALL.stream()
                  .flatMap(
                      pg ->
                          Stream.concat(
                              Stream.of(pg.code(), pg.provider()), pg.aliases().stream())))
          .collect(Collectors.toUnmodifiableSet());

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^A-Za-z0-9_-]+");

  private static final Pattern REMARK =
      Pattern.compile("/\\*.*?\\*/|<!--.*?-->|(?:^|\\s)//[^\\n]*", Pattern.DOTALL);

  private static final Pattern TEXT = Pattern.compile(".*\\.(java|js|ts|html|css)");

  @Test
  void noPgIsNamedOutsideOfItsHomeButThese() {
    Map<String, Set<String>> found = new TreeMap<>();
    for (Path file : Sources.below(Sources.MAIN, ".java")) {
      put(found, file, PgNamesTest::inJava);
    }
    for (String folder : List.of("static", "templates", "checkout")) {
      for (Path file : Sources.below(Path.of(RESOURCES + folder), "")) {
        put(found, file, (name, source) -> inScript(source));
      }
    }
    assertThat(found).isEqualTo(new TreeMap<>(ALLOWED));
  }

  @Test
  void aNameIsFound() {
    assertThat(inJava("A.java", "class A { String a = \"x\" + \" settle:\"; }"))
        .containsExactly("settle");
    assertThat(inJava("A.java", "class A { String a = \"/payco/orders\"; /* payco */ }")).isEmpty();
    assertThat(inJava("A.java", "class A { String a = \"kakaopayMobileAsPC\"; }")).isEmpty();
    assertThat(inScript("// danal\nvar of = { settle: 1 }; /* kcp */ <!-- kcp -->"))
        .containsExactly("settle");
    assertThat(inScript("var pgs = /^(payco|eximbay)$/; url = 'https://nice.example'"))
        .containsExactly("eximbay", "nice", "payco");
  }

  private static void put(
      Map<String, Set<String>> found, Path file, BiFunction<String, String, Set<String>> reading) {
    String name = file.toString();
    if (!TEXT.matcher(name).matches() || HOMES.stream().anyMatch(name::startsWith)) {
      return;
    }
    Set<String> names = reading.apply(name, Sources.read(file));
    if (!names.isEmpty()) {
      found.put(name, names);
    }
  }

  /** In its texts, but for addresses: V1 has named operations after PGs. */
  private static Set<String> inJava(String file, String source) {
    return Tidy.of(file, source).strings().stream()
        .filter(Predicate.not(text -> text.startsWith("/")))
        .flatMap(text -> codes(text).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** In all of it but the remarks. */
  private static Set<String> inScript(String source) {
    return codes(REMARK.matcher(source).replaceAll(" "));
  }

  private static Set<String> codes(String text) {
    return Arrays.stream(BETWEEN_WORDS.split(text))
        .filter(CODES::contains)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
