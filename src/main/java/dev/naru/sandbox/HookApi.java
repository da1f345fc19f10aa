package dev.naru.sandbox;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.Json;
import dev.naru.look.Browsers;
import dev.naru.sandbox.shown.Shown;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A webhook receiver for tests and first steps: takes any POST, lists what it got, and can be told
 * to fail or to be slow.
 */
@RestController
@RequestMapping(path = "/sandbox/hooks/{name}")
@Conditional(SandboxOnly.class)
class HookApi {

  private static final int LARGEST = 64 * 1024;
  private static final int LONGEST_NAME = 200;
  private static final int MOST_SHOWN = 100;
  private static final long LONGEST_DELAY_MILLIS = 120_000;

  private static final JsonMapper JSON = Json.fromOutside();

  private final Hooks hooks;
  private final HubClock clock;

  HookApi(Hooks hooks, HubClock clock) {
    this.hooks = hooks;
    this.clock = clock;
  }

  /**
   * @param status what to answer from now on
   * @param times how often; without it, until told otherwise
   * @param delayMillis how long to wait before answering
   */
  record AnswerRequest(
      @Nullable Integer status, @Nullable Integer times, @Nullable Long delayMillis) {}

  @PostMapping
  ResponseEntity<String> receive(@PathVariable String name, HttpServletRequest request)
      throws IOException, InterruptedException {
    // Before anything asks for a parameter, which would read a form and leave no body.
    byte[] body = request.getInputStream().readNBytes(LARGEST + 1);
    if (body.length > LARGEST || name.length() > LONGEST_NAME) {
      return text(HttpStatus.CONTENT_TOO_LARGE.value(), "Too large");
    }
    Hooks.Answer told = hooks.next(name);
    int status = told == null ? asked(request.getQueryString()) : told.status();
    hooks.add(name, hook(request, body, status));
    if (told != null && told.delay().isPositive()) {
      Thread.sleep(told.delay());
    }
    return text(status, status / 100 == 2 ? "OK" : "As you asked");
  }

  @GetMapping
  Object list(@PathVariable String name, HttpServletRequest request, HttpServletResponse response) {
    List<Hook> received = hooks.received(name);
    return Browsers.asks(request)
        ? Shown.page("sandbox/hooks", request, response)
            .addObject("name", name)
            .addObject("hooks", received.reversed().stream().limit(MOST_SHOWN).toList())
        : received;
  }

  @PutMapping
  ResponseEntity<String> answer(@PathVariable String name, @RequestBody AnswerRequest told) {
    int status = told.status() == null ? 200 : told.status();
    long delay = told.delayMillis() == null ? 0 : told.delayMillis();
    if (!isStatus(status)
        || (told.times() != null && told.times() < 1)
        || delay < 0
        || delay > LONGEST_DELAY_MILLIS
        || name.length() > LONGEST_NAME) {
      return text(
          HttpStatus.BAD_REQUEST.value(),
          "status 200 to 599, times at least 1, delayMillis 0 to " + LONGEST_DELAY_MILLIS);
    }
    hooks.answer(name, new Hooks.Answer(status, told.times(), Duration.ofMillis(delay)));
    return ResponseEntity.noContent().build();
  }

  @DeleteMapping
  ResponseEntity<Void> clear(@PathVariable String name) {
    hooks.clear(name);
    return ResponseEntity.noContent().build();
  }

  private Hook hook(HttpServletRequest request, byte[] body, int status) {
    Map<String, String> headers = new TreeMap<>();
    request
        .getHeaderNames()
        .asIterator()
        .forEachRemaining(
            name -> headers.put(name.toLowerCase(Locale.ROOT), request.getHeader(name)));
    String text = new String(body, charset(request));
    return new Hook(
        clock.instant(),
        status,
        request.getQueryString(),
        headers,
        request.getContentType(),
        text,
        fields(request.getContentType(), text));
  }

  private static Charset charset(HttpServletRequest request) {
    try {
      String named = request.getCharacterEncoding();
      return named == null ? StandardCharsets.UTF_8 : Charset.forName(named);
    } catch (IllegalArgumentException unknown) {
      return StandardCharsets.UTF_8;
    }
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Map<String, Object> fields(@Nullable String type, String body) {
    try {
      if (type != null && type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)) {
        return FormBody.form(body);
      }
      return body.stripLeading().startsWith("{") ? JSON.readValue(body, Map.class) : null;
    } catch (JacksonException | IllegalArgumentException | ArithmeticException malformed) {
      return null;
    }
  }

  /** The status the URL asks for by {@code ?status=500}; 200 if it does not. */
  private static int asked(@Nullable String query) {
    try {
      Object status = query == null ? null : FormBody.form(query).get("status");
      int number = status == null ? 200 : Integer.parseInt(status.toString());
      return isStatus(number) ? number : 200;
    } catch (IllegalArgumentException notOne) {
      return 200;
    }
  }

  private static boolean isStatus(int status) {
    return status >= 200 && status <= 599;
  }

  private static ResponseEntity<String> text(int status, String body) {
    return ResponseEntity.status(status).contentType(MediaType.TEXT_PLAIN).body(body);
  }
}
