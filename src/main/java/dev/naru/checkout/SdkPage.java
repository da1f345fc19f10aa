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

  private final byte[] script;
  private final String tag;

  SdkPage() {
    try {
      script = new ClassPathResource("checkout/iamport.js").getContentAsByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    tag = "\"" + DigestUtils.md5DigestAsHex(script) + "\"";
  }

  @GetMapping({"/v1/iamport.js", "/js/iamport.payment.js", "/js/iamport.payment-{version}.js"})
  ResponseEntity<byte[]> script(WebRequest request) {
    if (request.checkNotModified(tag)) {
      return ResponseEntity.status(304).build();
    }
    return ResponseEntity.ok()
        .contentType(SCRIPT)
        .eTag(tag)
        .cacheControl(CacheControl.maxAge(Duration.ofMinutes(10)).cachePublic())
        .header("Access-Control-Allow-Origin", "*")
        .header("Cross-Origin-Resource-Policy", "cross-origin")
        .header("X-Content-Type-Options", "nosniff")
        .body(script);
  }
}
