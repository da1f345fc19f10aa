package dev.naru.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Programs that some tests need and not every machine has. */
public final class Tools {

  private static final String SHELL = "chromium-headless-shell";

  private Tools() {}

  /**
   * The system's Chromium: the build without windows where there is one, which needs a fraction of
   * the time for a new context, and is the same engine.
   */
  static Path chromium() {
    return find(SHELL).orElseGet(Tools::chromiumOfPeople);
  }

  /** The one that people use, where there is one. */
  static Path chromiumOfPeople() {
    return findChromium().orElseThrow(() -> new IllegalStateException("there is no Chromium"));
  }

  private static Optional<Path> findChromium() {
    return Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", SHELL)
        .flatMap(name -> find(name).stream())
        .findFirst();
  }

  /** The program of this name in the PATH. */
  public static Optional<Path> find(String name) {
    return Arrays.stream(
            Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static ConditionEvaluationResult evaluate(
      String test, String what, boolean there, boolean required) {
    if (there) {
      return ConditionEvaluationResult.enabled(what + " is there");
    }
    if (required) {
      // Thrown, not returned: a condition can only skip.
      throw new IllegalStateException(
          test + " needs " + what + ", and NARU_REQUIRE_ALL forbids to skip it");
    }
    System.out.println("SKIPPED " + test + ": " + what + " is not installed");
    return ConditionEvaluationResult.disabled(what + " is not installed");
  }

  static boolean required() {
    return "1".equals(System.getenv("NARU_REQUIRE_ALL"));
  }

  /** See {@link NeedsChromium}. */
  static final class Chromium implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return evaluate(
          context.getRequiredTestClass().getSimpleName(),
          "Chromium",
          findChromium().isPresent(),
          required());
    }
  }

  /** See {@link NeedsNode}. */
  static final class Node implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      boolean there = find("node").isPresent() && find("npm").isPresent();
      return evaluate(
          context.getRequiredTestClass().getSimpleName(), "Node with npm", there, required());
    }
  }
}
