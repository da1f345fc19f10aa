package dev.naru.checkout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/**
 * The browser SDK: one script under all of its V1 addresses. It tells by its address what it is.
 */
@RestController
class SdkPage {

  private static final MediaType SCRIPT =
      new MediaType("text", "javascript", StandardCharsets.UTF_8);

  private static final MediaType TYPES =
      new MediaType("application", "typescript", StandardCharsets.UTF_8);

  private final Asset script = Asset.of("iamport.js", SCRIPT);
  private final Asset types = Asset.of("iamport.d.ts", TYPES);

  private record Asset(MediaType type, byte[] content, String tag) {

    static Asset of(String name, MediaType type) {
      try {
        byte[] content = new ClassPathResource("checkout/" + name).getContentAsByteArray();
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
