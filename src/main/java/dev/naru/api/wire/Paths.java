package dev.naru.api.wire;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Reads paths as V1's clients write them: repeated slashes are one, and what can only be read is
 * also read by POST, as clients of 2016 to 2020 do.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class Paths extends OncePerRequestFilter {

  /** Says of a request that it came as a POST, so that its body holds parameters. */
  static final String BY_POST = Paths.class.getName() + ".POST";

  private final ObjectProvider<RequestMappingHandlerMapping> mappings;
  private volatile List<Route> routes = List.of();

  Paths(
      @Qualifier("requestMappingHandlerMapping")
          ObjectProvider<RequestMappingHandlerMapping> mappings) {
    this.mappings = mappings;
  }

  /** A path, with how it may be asked. Only the API's own are read by POST. */
  private record Route(PathPattern pattern, Set<RequestMethod> methods, boolean api) {

    boolean takes(RequestMethod method, PathContainer path) {
      return (methods.isEmpty() || methods.contains(method)) && pattern.matches(path);
    }
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String path = request.getRequestURI().replaceAll("/{2,}", "/");
    boolean reads = "POST".equals(request.getMethod()) && isOnlyRead(path);
    if (reads) {
      request.setAttribute(BY_POST, true);
    }
    boolean asItIs = !reads && path.equals(request.getRequestURI());
    chain.doFilter(asItIs ? request : new AsMeant(request, path, reads), response);
  }

  private boolean isOnlyRead(String raw) {
    String trimmed = raw.length() > 1 ? raw.replaceFirst("/+$", "") : raw;
    PathContainer path = PathContainer.parsePath(trimmed);
    List<Route> all = routes();
    // A literal path of an operation is no id under a path that has one for a variable.
    return all.stream().noneMatch(route -> route.takes(RequestMethod.POST, path))
        && all.stream()
            .filter(route -> !route.pattern().getPatternString().contains("{"))
            .filter(route -> route.pattern().matches(path))
            .allMatch(route -> route.takes(RequestMethod.GET, path))
        && all.stream().anyMatch(route -> route.api() && route.takes(RequestMethod.GET, path));
  }

  private List<Route> routes() {
    if (routes.isEmpty()) {
      routes =
          mappings.getObject().getHandlerMethods().entrySet().stream()
              .flatMap(
                  entry -> {
                    var patterns = entry.getKey().getPathPatternsCondition();
                    boolean api =
                        entry.getValue().getBeanType().getPackageName().startsWith("dev.naru.api");
                    Set<RequestMethod> methods = entry.getKey().getMethodsCondition().getMethods();
                    return patterns == null
                        ? Stream.<Route>of()
                        : patterns.getPatterns().stream()
                            .map(pattern -> new Route(pattern, methods, api));
                  })
              .toList();
    }
    return routes;
  }

  private static final class AsMeant extends HttpServletRequestWrapper {

    private final String path;
    private final boolean reads;

    AsMeant(HttpServletRequest request, String path, boolean reads) {
      super(request);
      this.path = path;
      this.reads = reads;
    }

    @Override
    public String getRequestURI() {
      return path;
    }

    @Override
    public String getMethod() {
      return reads ? "GET" : super.getMethod();
    }
  }
}
