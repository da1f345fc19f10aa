package dev.naru.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScrubTest {

  private static final Set<String> HIDDEN = Set.of("password", "pin", "buyer.name");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"password\":\"a,b}&c\",\"x\":1} | {\"password\":\"***\",\"x\":1}",
        "{\"password\" : \"a\\\"b\"} | {\"password\" : \"***\"}",
        "{\"pin\":12,\"x\":\"y\"} | {\"pin\":\"***\",\"x\":\"y\"}",
        "{\"x\":\"pin\",\"pin\":null} | {\"x\":\"pin\",\"pin\":\"***\"}",
        "[{\"pin\":\"12\"},{\"pin\":\"34\"}] | [{\"pin\":\"***\"},{\"pin\":\"***\"}]",
        "{\"password\":\"cut off he | {\"password\":\"***\"",
        "password=a,b}\"c&x=1 | password=***&x=1",
        "x=1&pin=12 | x=1&pin=***",
        "x=1&spin=12 | x=1&spin=12",
        "https://pg/pay?pin=12&x=1 | https://pg/pay?pin=***&x=1",
        "buyer.name=Kim&buyerXname=Lee | buyer.name=***&buyerXname=Lee",
        "<html>{\"pin\":\"12\"}</html> | <html>{\"pin\":\"***\"}</html>"
      })
  void hidesTheNamedFields(String text, String shown) {
    assertThat(Scrub.body(text, HIDDEN)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4000000000009",
        "40000000000090",
        "4000000000009002",
        "4000-0000-0000-9002",
        "4000 0000 0000 9002",
        "card 4000-0000-0000-9002."
      })
  void hidesWhatLooksLikeACard(String text) {
    assertThat(Scrub.body(text, Set.of())).contains("***").doesNotContain("4000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"400000000000", "40000000000090021", "1767225600123", "abc", ""})
  void leavesOtherNumbersAlone(String text) {
    assertThat(Scrub.body(text, Set.of())).isEqualTo(text);
  }

  @Test
  void isNotOverwhelmedByEscapes() {
    String body = "{\"password\":\"" + "\\\"".repeat(8_000) + "secret\"}";
    assertThat(Scrub.body(body, HIDDEN)).doesNotContain("secret").hasSizeLessThan(100);
  }

  @Test
  void cutsWhatIsVeryLong() {
    assertThat(Scrub.body("x".repeat(100_000), HIDDEN)).hasSizeLessThan(20_000).endsWith("…");
  }
}
