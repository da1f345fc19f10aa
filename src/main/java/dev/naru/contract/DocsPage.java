package dev.naru.contract;

import dev.naru.contract.Contract.Serving;
import dev.naru.kernel.Settings;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API's documentation: the OpenAPI document, and Swagger UI to read and try it. In Korean, or
 * in English if {@code lang} or else Accept-Language says so.
 */
@RestController
class DocsPage {

  /** Pictures are those that Swagger UI's style sheet carries in itself. */
  private static final String POLICY =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self' data:; connect-src 'self'";

  private final Settings settings;
  private final JsonMapper json;
  private final Serving serving;
  private final Map<Locale, byte[]> documents = new ConcurrentHashMap<>();

  DocsPage(Settings settings, JsonMapper json, Serving serving) {
    this.settings = settings;
    this.json = json;
    this.serving = serving;
  }

  /** Made when it is first asked for. */
  @GetMapping("/v3/api-docs")
  ResponseEntity<byte[]> document(
      @RequestParam @Nullable String lang,
      @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false)
          @Nullable String accepted) {
    byte[] document =
        documents.computeIfAbsent(
            language(lang, accepted),
            language -> json.writeValueAsBytes(Document.of(Contract.v1(), language, serving)));
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
        .body(document);
  }

  @GetMapping("/docs")
  ModelAndView page(
      @RequestParam @Nullable String lang,
      @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false)
          @Nullable String accepted,
      HttpServletResponse response) {
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    return new ModelAndView("docs/api")
        .addObject("korean", language(lang, accepted).equals(Locale.KOREAN))
        .addObject("sandbox", settings.sandbox())
        .addObject("ui", "/webjars/swagger-ui/" + Lazy.VERSION);
  }

  private static Locale language(@Nullable String asked, @Nullable String accepted) {
    String wanted = asked != null ? asked : accepted == null ? "ko" : accepted;
    return wanted.toLowerCase(Locale.ROOT).startsWith("en") ? Locale.ENGLISH : Locale.KOREAN;
  }

  /** Swagger UI's files have its version in their path. */
  private static final class Lazy {
    static final String VERSION = version();

    private static String version() {
      String resource = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
      try (InputStream in = DocsPage.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IllegalStateException("missing " + resource);
        }
        Properties properties = new Properties();
        properties.load(in);
        return properties.getProperty("version");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
