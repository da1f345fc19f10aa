package dev.naru.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ToolsTest {

  @Test
  void whatIsMissingIsSkippedOnlyIfItMayBe() {
    assertThat(Tools.evaluate("SomeTest", "a tool", true, true).isDisabled()).isFalse();
    assertThat(Tools.evaluate("SomeTest", "a tool", false, false).isDisabled()).isTrue();
    assertThatThrownBy(() -> Tools.evaluate("SomeTest", "a tool", false, true))
        .hasMessageContaining("NARU_REQUIRE_ALL");
  }

  @Test
  void programsAreFoundInThePath() {
    assertThat(Tools.find("sh")).isPresent();
    assertThat(Tools.find("no-such-program")).isEmpty();
  }
}
