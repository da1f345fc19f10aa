package dev.naru.shape;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.naru.attention.What;
import dev.naru.kernel.Cause;
import dev.naru.kernel.Worded;
import dev.naru.testing.Apart;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Texts stand in the bundles, in both languages, and every one belongs to a constant. */
@Apart
class WordsTest {

  private static final Path MESSAGES = Path.of("src/main/resources/messages");
  private static final Path HUB = Sources.MAIN.resolve("dev/naru");
  private static final String ROOT = "dev.naru.";
  private static final Pattern KOREAN = Pattern.compile("\\p{IsHangul}");
  private static final Pattern PLACE = Pattern.compile("\\{\\d}");

  /**
   * Packages in which nothing is said in words: what they say are constants. What a PG is called is
   * no such word, and stays with it.
   */
  private static final List<String> WORDLESS =
      List.of(
          "kernel",
          "connector",
          "merchant",
          "promotion",
          "payment",
          "billing",
          "certification",
          "aftercare",
          "webhook",
          "retention",
          "attention",
          "account",
          "console",
          "api",
          "checkout",
          "sandbox");

  /** What a PG says itself: its name, and what of a shop's wishes it cannot be asked for. */
  private static final int OF_A_PG = 6;

  /** What was there before that: PGs that say more, or less. Only lower a number. */
  private static final Map<String, Integer> BEFORE =
      Map.of(
          "emulated",
          33,
          "inicis",
          19,
          "kakaopay",
          9,
          "paypal",
          16,
          "settle",
          15,
          "toss",
          9,
          "danal",
          2,
          "kit",
          3);

  private static final Set<String> CONSTANTS = constants(Worded.class);
  private static final Set<String> CAUSES = constants(Cause.class);

  /** Of every file of the hub's; the simulators see nothing of it. */
  private static final Map<Path, Words> WORDS =
      Sources.below(Sources.MAIN, ".java").stream()
          .filter(file -> !file.startsWith(HUB.resolve("simulator")))
          .collect(Collectors.toMap(file -> file, file -> Words.of(Sources.read(file), CONSTANTS)));

  private static Set<String> constants(Class<? extends Worded> kind) {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.naru").stream()
            .filter(type -> type.isAssignableTo(kind) && !type.isInterface())
            .map(type -> type.reflect())
            .flatMap(type -> List.of(type.getEnumConstants()).stream())
            .map(constant -> constant.getClass().getName() + "." + constant)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The texts of a language, by the constants' full names. */
  private static Map<String, String> texts(String language) {
    String end = "_" + language + ".properties";
    Map<String, String> texts = new TreeMap<>();
    for (Path file : Sources.below(MESSAGES, end)) {
      String bundle = MESSAGES.relativize(file).toString().replace(end, "").replace('/', '.');
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      properties.stringPropertyNames().stream()
          .forEach(key -> texts.put(ROOT + bundle + "." + key, properties.getProperty(key)));
    }
    return texts;
  }

  private static int places(String text) {
    return new MessageFormat(text, Locale.ROOT).getFormatsByArgumentIndex().length;
  }

  @Test
  void everyConstantHasATextAndEveryTextAConstant() {
    assertThat(CONSTANTS).hasSizeGreaterThan(50);
    assertThat(texts("ko").keySet()).isEqualTo(CONSTANTS);
    assertThat(texts("en").keySet()).isEqualTo(CONSTANTS);
  }

  @Test
  void textsAreOfTheirLanguage() {
    assertThat(texts("ko"))
        .allSatisfy(
            (key, text) ->
                // V1 says this one in English, and some are made of their places alone.
                assertThat(KOREAN.matcher(text).find() || text.equals("Unauthorized"))
                    .as(text)
                    .isEqualTo(text.matches("(?s).*\\p{L}.*")));
    assertThat(texts("en"))
        .allSatisfy((key, text) -> assertThat(KOREAN.matcher(text).find()).as(text).isFalse());
  }

  /** Two causes that say the same are one. */
  @Test
  void nothingIsSaidTwice() {
    Map<String, String> causes = texts("ko");
    causes.keySet().retainAll(CAUSES);
    assertThat(causes.values()).doesNotHaveDuplicates();
  }

  /** A lone apostrophe swallows what follows it; a place with a format would group digits. */
  @Test
  void textsArePlain() {
    List<String> all = new ArrayList<>(texts("ko").values());
    all.addAll(texts("en").values());
    assertThat(all).allMatch(WordsTest::isPlain);
    assertThat(List.of("a '{0}'", "don't", "{0,number}", "{0", "{1}"))
        .noneMatch(WordsTest::isPlain);
  }

  private static boolean isPlain(String text) {
    String bare = text.replace("''", "").replace("'{'", "").replace("'}'", "");
    Set<String> named =
        PLACE.matcher(bare).results().map(place -> place.group()).collect(Collectors.toSet());
    String rest = PLACE.matcher(bare).replaceAll("");
    return !rest.matches("(?s).*['{}].*") && named.size() == places(text);
  }

  @Test
  void bothLanguagesHaveTheSamePlaces() {
    Map<String, String> english = texts("en");
    assertThat(texts("ko"))
        .allSatisfy(
            (key, text) ->
                assertThat(places(english.getOrDefault(key, ""))).as(key).isEqualTo(places(text)));
  }

  @Test
  void everyPlaceIsGivenWhatItIsFor() {
    Map<String, String> texts = texts("ko");
    Set<String> used = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<Path, Words> file : WORDS.entrySet()) {
      for (Words.Use use : file.getValue().uses()) {
        used.add(use.constant());
        int places = places(texts.getOrDefault(use.constant(), ""));
        // A word without places may stand among the arguments of any call.
        boolean free = places == 0 && !CAUSES.contains(use.constant());
        if (places != use.arguments() && !free) {
          wrong.add(file.getKey() + " " + use);
        }
      }
    }
    assertThat(wrong).isEmpty();
    Set<String> unsaid = new TreeSet<>(CONSTANTS);
    unsaid.removeAll(used);
    // Kinds of matters are kept: they are there for what was raised before.
    unsaid.removeIf(constant -> constant.startsWith(What.class.getName()));
    assertThat(unsaid).isEmpty();
  }

  @Test
  void wordsAreInTheBundles() {
    for (String part : WORDLESS) {
      assertThat(korean(part)).as(part).isEmpty();
    }
  }

  @Test
  void aPgSaysLittleByItself() throws Exception {
    try (Stream<Path> folders = Files.list(HUB.resolve("pg")).filter(Files::isDirectory)) {
      folders
          .map(folder -> folder.getFileName().toString())
          .forEach(
              pg ->
                  assertThat(korean("pg/" + pg))
                      .as(pg)
                      .hasSizeLessThanOrEqualTo(BEFORE.getOrDefault(pg, OF_A_PG)));
    }
  }

  private static List<String> korean(String part) {
    return WORDS.entrySet().stream()
        .filter(each -> each.getKey().startsWith(HUB.resolve(part)))
        .flatMap(each -> each.getValue().korean().stream())
        .toList();
  }

  @Test
  void whatIsUsedIsFound() {
    String source =
        """
        package a;
        import static b.C.ONE;
        import d.E;
        class Sample {
          Object a = of("말", ONE, 1, 2), b = E.TWO.with(3), c = F.THREE, d = x ? E.TWO : E.FOUR;
          Object e = of(F.THREE, 1, E.TWO), f = new Sample(x ? E.TWO : F.THREE, 5);
        }
        """;
    Words words = Words.of(source, Set.of("b.C.ONE", "d.E.TWO", "a.F.THREE"));
    assertThat(words.korean()).containsExactly("말");
    assertThat(words.uses())
        .extracting(use -> use.constant() + use.arguments())
        .containsExactly(
            "b.C.ONE2",
            "d.E.TWO1",
            "a.F.THREE0",
            "d.E.TWO0",
            "a.F.THREE2",
            "d.E.TWO0",
            "d.E.TWO1",
            "a.F.THREE1");
  }
}
