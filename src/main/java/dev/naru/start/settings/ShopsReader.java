package dev.naru.start.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads where the shop file is. */
final class ShopsReader {

  private static final String NAME = "naru.shops";

  private ShopsReader() {}

  /** Null if there is none. */
  static @Nullable Path read(
      Function<String, Optional<String>> text, BiConsumer<String, String> problem) {
    Optional<String> asked = text.apply(NAME);
    if (asked.isEmpty()) {
      return null;
    }
    try {
      Path file = Path.of(asked.get()).toAbsolutePath().normalize();
      if (Files.isRegularFile(file) && Files.isReadable(file)) {
        return file;
      }
    } catch (InvalidPathException e) {
      // Reported below, as a file is that is not there.
    }
    problem.accept(NAME, "is no file that can be read: \"" + asked.get() + "\"");
    return null;
  }
}
