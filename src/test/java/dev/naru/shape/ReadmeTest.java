package dev.naru.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Pg;
import dev.naru.pg.Gateways;
import dev.naru.testing.Apart;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both READMEs have a row for every PG, and the code of each PG in one. */
@Apart
class ReadmeTest {

  /** No PG of V1's: it answers whose an account is. */
  private static final String OURS = "bankholder";

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.ko.md"})
  void namesEveryPg(String readme) {
    String rows =
        Sources.read(Path.of(readme))
            .lines()
            .filter(line -> line.startsWith("|"))
            .collect(Collectors.joining());
    Set<String> missing =
        Gateways.ALL.stream()
            .map(Pg::provider)
            .filter(code -> !code.equals(OURS) && !rows.contains("`" + code + "`"))
            .collect(Collectors.toSet());
    assertThat(missing).isEmpty();
  }
}
