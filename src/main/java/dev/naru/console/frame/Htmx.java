package dev.naru.console.frame;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Where htmx is: a file of its package, served by the hub itself. */
final class Htmx {

  static final String PATH = "/webjars/htmx.org/" + version() + "/dist/htmx.min.js";

  private Htmx() {}

  private static String version() {
    String file = "/META-INF/maven/org.webjars.npm/htmx.org/pom.properties";
    try (InputStream in = Htmx.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("missing " + file);
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
