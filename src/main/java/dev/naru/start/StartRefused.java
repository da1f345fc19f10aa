package dev.naru.start;

import java.util.List;

/** The hub cannot start as it was asked to: all that is wrong, for the person who starts it. */
final class StartRefused extends RuntimeException {

  private final List<String> problems;

  StartRefused(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  StartRefused(String problem) {
    this(List.of(problem));
  }

  List<String> problems() {
    return problems;
  }
}
