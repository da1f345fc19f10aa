package dev.naru.kernel;

/** A value that must never be shown: it prints as {@code ***}, in logs and in records alike. */
public record Secret(String reveal) {

  @Override
  public String toString() {
    return "***";
  }
}
