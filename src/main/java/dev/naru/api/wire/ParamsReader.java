package dev.naru.api.wire;

import dev.naru.api.Refusal;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Json;
import dev.naru.kernel.Malformed;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the {@link Params} of a request, whichever of V1's encodings it uses. */
@Component
public class ParamsReader {

  private static final String ATTRIBUTE = Params.class.getName();
  private static final int LARGEST = 256 * 1024;
  private static final String MULTIPART = "multipart/form-data";

  /** What clients write as JSON where they have nothing to say. */
  private static final Pattern NO_PARAMETERS = Pattern.compile("\\[\\s*]|null");

  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

  private final JsonMapper json = Json.fromOutside();

  /**
   * A body can be read once: asked again for the same request, it gives what it gave.
   *
   * @throws Failed too large; invalid for a body that is neither an object in JSON nor a form
   */
  public Params read(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof Params known) {
      return known;
    }
    try {
      Map<String, Object> all = new LinkedHashMap<>();
      String query = request.getQueryString();
      all.putAll(Forms.parse(query == null ? "" : query));
      all.putAll(body(request));
      Params params = new Params(all, json);
      request.setAttribute(ATTRIBUTE, params);
      return params;
    } catch (Failed unreadable) {
      request.setAttribute(RefusalStatuses.UNREADABLE, true);
      throw unreadable;
    }
  }

  private Map<String, Object> body(HttpServletRequest request) {
    boolean reads = "GET".equals(request.getMethod()) || "HEAD".equals(request.getMethod());
    // Many clients send one with every GET, of whatever is in it.
    if (reads && request.getAttribute(Paths.BY_POST) == null) {
      return Map.of();
    }
    if (String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT).startsWith(MULTIPART)) {
      return Forms.parse(Multiparts.asForm(request, LARGEST));
    }
    String text = bare(text(request)).strip();
    if (text.isEmpty()) {
      return Map.of();
    }
    String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
    // Some clients label JSON as a form, curl's -d among them.
    return type.contains("json") || text.startsWith("{") || NO_PARAMETERS.matcher(text).matches()
        ? json(text)
        : Forms.parse(text);
  }

  /** Without the mark that some editors and clients put before a text in UTF-8. */
  private static String bare(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private Map<String, Object> json(String text) {
    if (NO_PARAMETERS.matcher(text).matches()) {
      return Map.of();
    }
    Map<String, Object> tree;
    try {
      tree = json.readValue(text, TREE);
    } catch (JacksonException | ArithmeticException | NumberFormatException malformed) {
      tree = null;
    }
    if (tree == null) {
      throw Failed.invalid(Malformed.BODY_NO_JSON);
    }
    return tree;
  }

  private static String text(HttpServletRequest request) {
    try {
      byte[] body = request.getInputStream().readNBytes(LARGEST + 1);
      if (body.length > LARGEST) {
        throw Failed.tooLarge(Malformed.BODY_TOO_LARGE, 256);
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw Failed.invalid(Malformed.BODY_NO_UTF8);
    } catch (IOException broken) {
      throw Failed.invalid(Malformed.BODY_UNREADABLE);
    }
  }

  /** Throws {@link Failed} invalid for a form. */
  public static void requireJson(HttpServletRequest http) {
    String type = String.valueOf(http.getContentType()).toLowerCase(Locale.ROOT);
    if (type.contains("form")) {
      throw Failed.invalid(Refusal.JSON_ONLY);
    }
  }
}
