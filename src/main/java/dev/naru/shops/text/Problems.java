package dev.naru.shops.text;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** All that is wrong with a file, each with its place. */
public final class Problems {

  /** Whoever has made more mistakes reads no further. */
  private static final int MOST = 100;

  private record Problem(Spot at, String what) {}

  private final String file;
  private final Set<Problem> found =
      new TreeSet<>(Comparator.comparing(Problem::at).thenComparing(Problem::what));

  /**
   * @param file as whoever reads the problems knows it
   */
  public Problems(String file) {
    this.file = file;
  }

  /**
   * @param what in plain words; never a secret
   */
  public void add(Spot at, String what) {
    found.add(new Problem(at, what));
  }

  public boolean none() {
    return found.isEmpty();
  }

  /** {@code shops.yaml:7:5 unknown key "webhok"}, in the order of the file. */
  public List<String> lines() {
    List<String> lines =
        found.stream()
            .limit(MOST)
            .map(one -> "%s:%d:%d %s".formatted(file, one.at.line(), one.at.column(), one.what))
            .toList();
    return found.size() <= MOST
        ? lines
        : java.util.stream.Stream.concat(
                lines.stream(),
                java.util.stream.Stream.of(
                    "%s: %d more problems".formatted(file, found.size() - MOST)))
            .toList();
  }
}
