package dev.naru.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken out of bodies before they are kept. */
class ScrubTest {

  private static final Set<String> HIDDEN = Set.of("name", "no");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{\"name\":\"Kim\",\"a\":1}         | {\"name\":\"***\",\"a\":1}",
        "{\"name\": \"Kim, {Na}\",\"a\":1}  | {\"name\": \"***\",\"a\":1}",
        "{\"name\":\"K\\\"i,m\\\\\",\"a\":1}| {\"name\":\"***\",\"a\":1}",
        "{\"no\":12,\"a\":[{\"no\":34}]}    | {\"no\":\"***\",\"a\":[{\"no\":\"***\"}]}",
        "{\"a\":1,\"name\":\"Kim, cut off   | {\"a\":1,\"name\":\"***\"",
        "name=Kim%2C+Na&a=1                 | name=***&a=1",
        "a=1&name=Kim, {Na}\"               | a=1&name=***",
        "rename=Kim&nona=2                  | rename=Kim&nona=2"
      })
  void hidesNamedFields(String body, String kept) {
    assertThat(Scrub.body(body, HIDDEN)).isEqualTo(kept);
  }

  @Test
  void isNotOverwhelmed() {
    String body = "{\"name\":\"" + "\\\"".repeat(8_000) + "secret\"}";
    assertThat(Scrub.body(body, HIDDEN)).doesNotContain("secret").hasSizeLessThan(100);
  }
}
