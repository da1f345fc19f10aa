package dev.naru.start;

import java.util.List;

/** The hub cannot start as it was asked to: all that is wrong, for the person who starts it. */
public final class StartRefused extends RuntimeException {

  private final List<String> problems;

  public StartRefused(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  public StartRefused(String problem) {
    this(List.of(problem));
  }

  public List<String> problems() {
    return problems;
  }
}
