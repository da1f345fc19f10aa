package dev.naru.shops;

import java.util.List;

/** A shop file cannot be followed: all that is wrong with it, with lines. */
public final class ShopFileRefused extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final List<String> problems;

  public ShopFileRefused(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
