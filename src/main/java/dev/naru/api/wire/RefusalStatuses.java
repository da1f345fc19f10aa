package dev.naru.api.wire;

import dev.naru.contract.Contract;
import dev.naru.contract.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerMapping;

/**
 * By which status a parameter that does not fit is refused: 400 where V1's description of the
 * operation has one, else 200, since V1's clients lose the message of a status they do not expect.
 */
public final class RefusalStatuses {

  /** Says of a request that its body could not be read at all, which is 400 everywhere. */
  public static final String UNREADABLE = RefusalStatuses.class.getName() + ".UNREADABLE";

  private RefusalStatuses() {}

  private static final class Lazy {
    static final Map<String, Integer> BY_CALL =
        Contract.v1().operations().stream()
            .collect(
                Collectors.toMap(
                    operation -> call(operation.method(), operation.path()), Operation::refusesBy));
  }

  static HttpStatus invalid(HttpServletRequest request) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    if (pattern == null || request.getAttribute(UNREADABLE) != null) {
      return HttpStatus.BAD_REQUEST;
    }
    return HttpStatus.valueOf(
        Lazy.BY_CALL.getOrDefault(call(request.getMethod(), pattern.toString()), 400));
  }

  private static String call(String method, String path) {
    return method + " " + path.replaceAll("\\{[^}]*}", "{}");
  }
}
