package dev.naru.console.home;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Where the chart library is: two files of its package, served by the hub itself. */
final class Chart {

  private static final String FOLDER = "/webjars/uplot/" + version() + "/dist/";

  static final String SCRIPT = FOLDER + "uPlot.esm.js";
  static final String STYLES = FOLDER + "uPlot.min.css";

  private Chart() {}

  private static String version() {
    String file = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";
    try (InputStream in = Chart.class.getResourceAsStream(file)) {
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
