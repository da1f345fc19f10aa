package dev.naru.shops.text;

/** A place in a file; both count from one. */
public record Spot(int line, int column) implements Comparable<Spot> {

  public static final Spot START = new Spot(1, 1);

  @Override
  public int compareTo(Spot other) {
    return line == other.line
        ? Integer.compare(column, other.column)
        : Integer.compare(line, other.line);
  }
}
