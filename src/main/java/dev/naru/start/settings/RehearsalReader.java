package dev.naru.start.settings;

import java.net.URI;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads where a live hub's test channels find simulators in place of their PGs. */
final class RehearsalReader {

  static final String SETTING = "naru.rehearsal.url";

  private RehearsalReader() {}

  /**
   * @param problem takes the name of a setting, and what is wrong with it
   */
  static @Nullable URI read(boolean live, Optional<URI> url, BiConsumer<String, String> problem) {
    if (!live && url.isPresent()) {
      problem.accept(SETTING, "is for live mode alone: a sandbox has NARU_SIMULATOR_URL");
    }
    return url.orElse(null);
  }
}
