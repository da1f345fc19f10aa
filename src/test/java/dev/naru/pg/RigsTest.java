package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Capability;
import dev.naru.connector.Pg;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The contract tests leave out no PG, and no way to pay. */
@Execution(ExecutionMode.CONCURRENT)
final class RigsTest {

  @Test
  void everyPgHasOne() {
    assertThat(Rig.ALL.stream().map(Rig::code))
        .containsExactlyElementsOf(Gateways.ALL.stream().map(Pg::code).toList());
  }

  /** What is approved is charged, or waits to be paid; a change of what waits is neither. */
  @Test
  void everythingThatChargesIsTested() {
    Set<String> charging = new TreeSet<>(Set.of("OneStepCheckout"));
    Stream.of(Capability.class.getPermittedSubclasses())
        .filter(one -> Arrays.stream(one.getMethods()).anyMatch(RigsTest::approves))
        .forEach(one -> charging.add(one.getSimpleName()));
    charging.remove(Capability.VbankChanges.class.getSimpleName());
    assertThat(Means.capabilities()).containsAll(charging);
    assertThat(charging).hasSizeGreaterThan(6);
  }

  private static boolean approves(Method verb) {
    return verb.getGenericReturnType().getTypeName().endsWith("Approval>");
  }

  /** Whose protocol is not public has no place but the sandbox. */
  @Test
  void emulatedPgsAreInTheSandboxAlone() {
    for (Pg<?> pg : Gateways.ALL) {
      assertThat(pg.hosts().keySet().equals(Set.of(Pg.Mode.SANDBOX)))
          .as(pg.code())
          .isEqualTo(pg.emulated());
    }
  }
}
