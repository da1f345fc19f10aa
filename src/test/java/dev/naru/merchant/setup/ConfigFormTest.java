package dev.naru.merchant.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Pg;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Why;
import dev.naru.pg.Gateways;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every PG's contract is a form that people can fill in. */
class ConfigFormTest {

  private static final Path FACTS = Path.of("src/main/resources/connector/pg-fields.tsv");
  private static final Pg<?> TOSS = Gateways.find("tosspayments").orElseThrow();
  private static final Pg<?> KCP = Gateways.find("kcp_v2").orElseThrow();

  static List<Pg<?>> pgs() {
    return Gateways.ALL;
  }

  private static Map<String, String> samples(Pg<?> pg) {
    Map<String, String> fields = new HashMap<>();
    ConfigForm.of(pg, Pg.Mode.SANDBOX)
        .fields()
        .forEach(field -> fields.put(field.name(), String.valueOf(field.sample())));
    return fields;
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void everyFieldSaysWhatItIsInBothLanguages(Pg<?> pg) {
    ConfigForm form = ConfigForm.of(pg, Pg.Mode.LIVE);
    assertThat(form.fields()).hasSize(pg.config().getRecordComponents().length);
    assertThat(form.fields())
        .allSatisfy(
            field -> {
              assertThat(field.label().korean()).isNotBlank();
              assertThat(field.label().english()).matches("[\\x20-\\x7e]+");
              assertThat(field.help().korean()).matches("(?s).*\\p{IsHangul}.*(니다|세요)\\.");
              assertThat(field.help().english()).matches("[\\x20-\\x7e]+");
              assertThat(field.sample()).isNull();
            });
  }

  @ParameterizedTest
  @MethodSource("pgs")
  void theSampleIsReadAsItIs(Pg<?> pg) {
    ConfigReading reading = ConfigForm.of(pg, Pg.Mode.SANDBOX).read(samples(pg));
    assertThat(reading.problems()).isEmpty();
    for (RecordComponent component : pg.config().getRecordComponents()) {
      // What a PEM has behind its last line is cut off, and what may be missing is null or empty.
      assertThat(text(Components.value(component, reading.orThrow())))
          .as(component.getName())
          .isEqualTo(text(Components.value(component, pg.demo())));
    }
    assertThat(pg.mid(reading.orThrow())).isEqualTo(pg.mid(pg.demo()));
  }

  private static String text(@Nullable Object value) {
    return value == null
        ? ""
        : value instanceof Secret secret ? secret.reveal().strip() : value.toString().strip();
  }

  @Test
  void everyLineOfTheTableIsOfAField() throws IOException {
    Set<String> fields =
        Gateways.ALL.stream()
            .flatMap(
                pg ->
                    Stream.of(pg.config().getRecordComponents())
                        .flatMap(
                            one ->
                                Stream.of(pg.code() + " " + one.getName(), "* " + one.getName())))
            .collect(Collectors.toCollection(TreeSet::new));
    try (Stream<String> lines = Files.lines(FACTS)) {
      assertThat(
              lines
                  .filter(line -> !line.startsWith("#"))
                  .map(line -> line.split("\t", -1))
                  .peek(columns -> assertThat(columns).as(columns[1]).hasSize(9))
                  .map(columns -> columns[0] + " " + columns[1]))
          .isSubsetOf(fields);
    }
  }

  @Test
  void allThatIsWrongIsFoundAtOnce() {
    Map<String, String> wrong = samples(TOSS);
    wrong.remove("mid");
    wrong.put("clientKey", "x".repeat(101));
    wrong.put("secretKey", "a\tb");
    wrong.put("colour", "red");
    Map<String, Why> problems = ConfigForm.of(TOSS, Pg.Mode.SANDBOX).read(wrong).problems();
    assertThat(problems)
        .containsOnly(
            Map.entry("mid", Refusal.MISSING.with()),
            Map.entry("clientKey", Refusal.TOO_LONG.with(100)),
            Map.entry("secretKey", Refusal.NO_LINES.with()),
            Map.entry("colour", Refusal.UNKNOWN_FIELD.with()));
    wrong = samples(KCP);
    wrong.put("siteCd", "가나다라마");
    wrong.put("carrierApproved", "perhaps");
    assertThat(ConfigForm.of(KCP, Pg.Mode.SANDBOX).read(wrong).problems())
        .containsOnly(
            Map.entry("siteCd", Refusal.WRONG_FORM.with()),
            Map.entry("carrierApproved", Refusal.NO_SWITCH.with()));
  }

  @Test
  void onlyWhatAPgPublishesIsASampleOutsideASandbox() {
    ConfigForm toss = ConfigForm.of(TOSS, Pg.Mode.TEST);
    assertThat(toss.fields()).allSatisfy(field -> assertThat(field.sample()).isNotBlank());
    assertThat(ConfigForm.of(KCP, Pg.Mode.TEST).fields())
        .allSatisfy(field -> assertThat(field.sample()).isNull());
  }
}
