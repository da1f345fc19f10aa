package dev.naru.api.wire;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * The word {@code cancel} in {@code GET /payments/cancel} is no imp_uid: a path that is an
 * operation's own under another method is refused for its method, not looked up as an id.
 */
@Component
class WrongMethods implements HandlerInterceptor {

  private final ObjectProvider<RequestMappingHandlerMapping> mappings;
  private volatile Map<String, Set<String>> methodsByPath = Map.of();

  WrongMethods(
      @Qualifier("requestMappingHandlerMapping")
          ObjectProvider<RequestMappingHandlerMapping> mappings) {
    this.mappings = mappings;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws HttpRequestMethodNotSupportedException {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    if (pattern instanceof String text && text.contains("{")) {
      Set<String> allowed = literal().get(request.getRequestURI().replaceFirst("/+$", ""));
      if (allowed != null) {
        throw new HttpRequestMethodNotSupportedException(request.getMethod(), allowed);
      }
    }
    return true;
  }

  /** Paths without a variable, with their methods; known once the first request is there. */
  private Map<String, Set<String>> literal() {
    if (methodsByPath.isEmpty()) {
      Map<String, Set<String>> found = new HashMap<>();
      mappings
          .getObject()
          .getHandlerMethods()
          .keySet()
          .forEach(
              mapping ->
                  mapping
                      .getDirectPaths()
                      .forEach(
                          path ->
                              mapping
                                  .getMethodsCondition()
                                  .getMethods()
                                  .forEach(
                                      method ->
                                          found
                                              .computeIfAbsent(path, any -> new HashSet<>())
                                              .add(method.name()))));
      methodsByPath = Map.copyOf(found);
    }
    return methodsByPath;
  }
}
