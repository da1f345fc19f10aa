package dev.naru.start;

import dev.naru.kernel.Settings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A door of the console's own, {@code NARU_CONSOLE_PORT}: shops and PGs reach the hub by one
 * address, operators by another, that a firewall may keep from everybody else. Either serves what
 * is its own alone.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ConsolePort extends OncePerRequestFilter
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  private static final String CONSOLE = "/console";

  /** What the console's pages are made of. */
  private static final List<String> SHARED = List.of("/assets/", "/webjars/");

  private static final int HEADERS = 16 * 1024;

  private final Settings settings;

  ConsolePort(Settings settings) {
    this.settings = settings;
  }

  @Override
  public void customize(TomcatServletWebServerFactory server) {
    if (settings.consoleApart()) {
      server.addAdditionalConnectors(connector());
    }
  }

  private Connector connector() {
    Connector connector = new Connector();
    connector.setPort(settings.console().port());
    // As at the hub's door: nothing that is posted needs more, and its name is nobody's business.
    connector.setMaxPostSize(2 * 1024 * 1024);
    if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
      http.setAddress(address());
      http.setMaxHttpRequestHeaderSize(HEADERS);
      http.setExecutor(new VirtualThreadExecutor("console-"));
      http.setCompression("on");
      http.setCompressibleMimeType(
          "text/html,text/css,text/plain,text/javascript,application/javascript,image/svg+xml");
    }
    return connector;
  }

  private InetAddress address() {
    try {
      return InetAddress.getByName(settings.console().bind());
    } catch (UnknownHostException e) {
      throw new StartRefused(
          "NARU_CONSOLE_BIND is no address of this machine: " + settings.console().bind());
    }
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !settings.consoleApart();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String path = request.getRequestURI();
    boolean here = request.getLocalPort() == settings.console().port();
    if (here && path.equals("/")) {
      response.sendRedirect(CONSOLE);
    } else if (here == isConsole(path) || isShared(path)) {
      chain.doFilter(request, response);
    } else {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  private static boolean isConsole(String path) {
    return path.equals(CONSOLE) || path.startsWith(CONSOLE + "/");
  }

  private static boolean isShared(String path) {
    return SHARED.stream().anyMatch(path::startsWith);
  }
}
