package dev.naru.account.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Apart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6238, appendix B, and RFC 4648, section 10. */
@Apart
class TotpTest {

  private static final byte[] KEY = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  @ParameterizedTest
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130"
  })
  void vectorsHold(long second, String code) {
    assertThat(Totp.code(KEY, Totp.step(Instant.ofEpochSecond(second)), 8)).isEqualTo(code);
  }

  @Test
  void aPhonesClockMayDifferByAStep() {
    Instant at = Instant.ofEpochSecond(1_111_111_111);
    long step = Totp.step(at);
    for (long near = step - 1; near <= step + 1; near++) {
      assertThat(Totp.stepOf(KEY, Totp.code(KEY, near, 6), at)).hasValue(near);
    }
    assertThat(Totp.stepOf(KEY, Totp.code(KEY, step + 2, 6), at)).isEmpty();
    assertThat(Totp.stepOf(KEY, "", at)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "f, MY",
    "fo, MZXQ",
    "foo, MZXW6",
    "foob, MZXW6YQ",
    "fooba, MZXW6YTB",
    "foobar, MZXW6YTBOI"
  })
  void base32IsTheStandards(String text, String encoded) {
    assertThat(Base32.of(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(encoded);
  }
}
