package dev.naru.checkout.sdk;

import dev.naru.connector.facts.PgFacts;
import dev.naru.connector.facts.PgFacts.Asked;
import dev.naru.connector.facts.Presentation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;
import tools.jackson.databind.json.JsonMapper;

/**
 * The browser SDK: one script under all of its V1 addresses. It tells by its address what it is,
 * and gets what it must know of single PGs written into it, from {@link PgFacts}.
 */
@RestController
class SdkPage {

  private static final MediaType SCRIPT =
      new MediaType("text", "javascript", StandardCharsets.UTF_8);

  private static final MediaType TYPES =
      new MediaType("application", "typescript", StandardCharsets.UTF_8);

  private final Asset script =
      Asset.of("iamport.js", SCRIPT, Map.of("var PGS = {};", "var PGS = " + pgs() + ";"));
  private final Asset types =
      Asset.of(
          "iamport.d.ts",
          TYPES,
          Map.of(
              "type PgProvider = string;",
              "type PgProvider = " + union(PgFacts.all().stream().map(PgFacts::code)) + ";",
              "type UiType = string;",
              "type UiType = " + union(uis()) + ";"));

  private record Asset(MediaType type, byte[] content, String tag) {

    /**
     * A resource with something written into it.
     *
     * @param written what stands in it once, and what is put there instead
     */
    static Asset of(String name, MediaType type, Map<String, String> written) {
      try {
        String text =
            new ClassPathResource("checkout/" + name).getContentAsString(StandardCharsets.UTF_8);
        for (var each : written.entrySet()) {
          if (!text.contains(each.getKey())) {
            throw new IllegalStateException(name + " has no " + each.getKey());
          }
          text = text.replace(each.getKey(), each.getValue());
        }
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        return new Asset(type, content, "\"" + DigestUtils.md5DigestAsHex(content) + "\"");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    ResponseEntity<byte[]> to(WebRequest request) {
      if (request.checkNotModified(tag)) {
        return ResponseEntity.status(304).build();
      }
      return ResponseEntity.ok()
          .contentType(type)
          .eTag(tag)
          .cacheControl(CacheControl.maxAge(Duration.ofMinutes(10)).cachePublic())
          .header("Access-Control-Allow-Origin", "*")
          .header("Cross-Origin-Resource-Policy", "cross-origin")
          .body(content);
    }
  }

  /** Of the PGs that may show a popup, which only a click can open, or have a button. */
  private static String pgs() {
    Map<String, Object> pgs = new LinkedHashMap<>();
    PgFacts.all().stream()
        .filter(facts -> mayPopUp(facts) || !facts.uis().isEmpty())
        .forEach(
            facts ->
                pgs.put(
                    facts.code(),
                    Map.of("shown", facts.shown(), "asked", facts.asked(), "uis", facts.uis())));
    return JsonMapper.shared().writeValueAsString(pgs);
  }

  private static boolean mayPopUp(PgFacts facts) {
    return Stream.concat(Stream.of(facts.shown()), facts.asked().stream().map(Asked::shown))
        .anyMatch(
            shown ->
                Stream.of(shown.desktop(), shown.mobile()).anyMatch(Presentation.POPUP::equals));
  }

  private static Stream<String> uis() {
    return PgFacts.all().stream().flatMap(facts -> facts.uis().stream()).map(PgFacts.Ui::type);
  }

  /** A type of TypeScript: one of these texts. */
  private static String union(Stream<String> texts) {
    return texts.map(text -> "'" + text + "'").collect(Collectors.joining(" | "));
  }

  @GetMapping({"/v1/iamport.js", "/js/iamport.payment.js", "/js/iamport.payment-{version}.js"})
  ResponseEntity<byte[]> script(WebRequest request) {
    return script.to(request);
  }

  /** What the script has, for programs written in TypeScript. */
  @GetMapping("/v1/iamport.d.ts")
  ResponseEntity<byte[]> types(WebRequest request) {
    return types.to(request);
  }
}
