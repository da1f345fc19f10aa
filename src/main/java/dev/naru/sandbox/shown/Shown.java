package dev.naru.sandbox.shown;

import dev.naru.look.BarePage;
import dev.naru.look.Browsers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A page of the sandbox, in its frame: the ways to the others, and its own style sheet. */
public final class Shown {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final TypeReference<List<Map<String, Object>>> LIST = new TypeReference<>() {};

  private static final DateTimeFormatter KST =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Seoul"));

  private Shown() {}

  /**
   * @param template of the page's content
   */
  public static ModelAndView page(
      String template, HttpServletRequest request, HttpServletResponse response) {
    return BarePage.of(template, request, response)
        .addObject("sandbox", true)
        .addObject("styles", List.of("/assets/sandbox/cards.css"))
        .addObject("ways", true);
  }

  /** What a simulator listed: a page if a browser asks, else its answer as it is. */
  public static Object list(
      ResponseEntity<byte[]> answer,
      String template,
      HttpServletRequest request,
      HttpServletResponse response) {
    byte[] body = answer.getBody();
    if (body == null || answer.getStatusCode().isError() || !Browsers.asks(request)) {
      return answer;
    }
    String path = request.getRequestURI();
    return page(template, request, response)
        .addObject("pg", path.substring(path.lastIndexOf('/') + 1))
        .addObject("entries", JSON.readValue(body, LIST).stream().map(Shown::timed).toList());
  }

  /** With its time as people of this country read it. */
  private static Map<String, Object> timed(Map<String, Object> entry) {
    Map<String, Object> timed = new LinkedHashMap<>(entry);
    timed.replaceAll(
        (name, value) ->
            name.equals("at") && value instanceof String text ? when(Instant.parse(text)) : value);
    return Collections.unmodifiableMap(timed);
  }

  private static String when(Instant at) {
    return KST.format(at);
  }
}
