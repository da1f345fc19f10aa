package dev.naru.simulator.kit.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.simulator.kit.book.Index;
import dev.naru.testing.Apart;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The codes that the simulators send. */
@Apart
class OutboxTest {

  @TempDir Path data;

  private List<String> codes(String run, @Nullable Long seed, List<String> phones) {
    try (Index index = new Index(data.resolve(run));
        Outbox outbox = new Outbox(index, InstantSource.system(), seed)) {
      return phones.stream().map(outbox::newCode).toList();
    }
  }

  @Test
  void areTheSameInEveryRunWithTheSameSeed() {
    List<String> first = codes("a", 7L, List.of("1", "1", "2"));
    assertThat(codes("b", 7L, List.of("1", "1", "2"))).isEqualTo(first);
    assertThat(codes("c", 7L, List.of("2", "1", "1")))
        .as("whatever other phones get")
        .containsExactly(first.get(2), first.get(0), first.get(1));
    assertThat(codes("d", 8L, List.of("1", "1", "2"))).isNotEqualTo(first);
    assertThat(new TreeSet<>(first)).hasSize(3);
  }

  @Test
  void areSixRandomDigitsWithoutOne() {
    List<String> phones = Stream.generate(() -> "1").limit(200).toList();
    List<String> codes = codes("e", null, phones);
    assertThat(codes).allMatch(code -> code.matches("[0-9]{6}"));
    assertThat(new TreeSet<>(codes)).hasSizeGreaterThan(190);
    assertThat(codes("f", null, phones)).isNotEqualTo(codes);
  }
}
