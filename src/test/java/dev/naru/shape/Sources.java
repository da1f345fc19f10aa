package dev.naru.shape;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's own source files. */
final class Sources {

  static final Path MAIN = Path.of("src/main/java");
  static final Path TEST = Path.of("src/test/java");

  private Sources() {}

  /** All files below {@code root} whose names end so, sorted; none if there is no such folder. */
  static List<Path> below(Path root, String end) {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
