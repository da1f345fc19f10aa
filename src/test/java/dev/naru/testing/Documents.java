package dev.naru.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Stored documents as earlier versions wrote them. */
public final class Documents {

  private Documents() {}

  /** The text of one. */
  public static String text(String name) {
    try (InputStream in = Documents.class.getResourceAsStream("/documents/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
