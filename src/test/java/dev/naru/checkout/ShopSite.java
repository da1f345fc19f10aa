package dev.naru.checkout;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.sun.net.httpserver.HttpServer;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import dev.naru.testing.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A shop on a site of its own, whose page pays through the SDK, and buyers' browsers to visit it.
 * Its policy is strict: the SDK has to live with it.
 */
final class ShopSite implements AutoCloseable {

  static final String PHONE =
      "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/140.0.0.0 Mobile Safari/537.36";

  /** One of the naverProducts. */
  static final Map<String, Object> TEA =
      Map.of(
          "categoryType", "FOOD", "categoryId", "DELIVERY", "uid", "tea", "name", "녹차", "count", 1);

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String SCRIPT =
      """
      window.calls = 0;
      window.pay = function (params) {
        IMP.init('imp00000000');
        IMP.request_pay(params, function (result) {
          window.calls++;
          document.getElementById('result').textContent = JSON.stringify(result);
        });
      };
      """;

  final Hub hub = Hub.shared();
  final Api api = new Api(hub.url());
  final String url;
  private final HttpServer server;
  private final Playwright playwright = Playwright.create();
  private final Browser browser;

  ShopSite() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    serve("/shop.js", "text/javascript", SCRIPT);
    serve("/historic", "text/html", page("/js/iamport.payment-1.2.0.js"));
    serve("/", "text/html", page("/v1/iamport.js"));
    server.start();
    url = "http://localhost:" + server.getAddress().getPort();
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Tools.chromium())
                    .setArgs(
                        List.of(
                            "--no-sandbox", "--disable-gpu", "--disable-background-networking")));
  }

  private String page(String sdk) {
    return "<!doctype html><html lang=ko><title>shop</title><body><button id=go>go</button>"
        + "<pre id=result></pre><script src='"
        + hub.url()
        + sdk
        + "'></script><script src=/shop.js></script></body></html>";
  }

  private void serve(String path, String type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", type + ";charset=UTF-8");
            headers.set(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self' %1$s; connect-src %1$s; frame-src %1$s %2$s"
                    .formatted(hub.url(), hub.simulatorUrl()));
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
  }

  /** A new visitor at a desk. */
  Page desktop() {
    return visit(new Browser.NewContextOptions().setLocale("ko-KR"));
  }

  /** A new visitor with a phone. */
  Page phone() {
    return visit(
        new Browser.NewContextOptions()
            .setLocale("ko-KR")
            .setUserAgent(PHONE)
            .setViewportSize(390, 844)
            .setIsMobile(true)
            .setHasTouch(true));
  }

  private Page visit(Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options);
    context.setDefaultTimeout(20_000);
    Page page = context.newPage();
    page.navigate(url + "/");
    return page;
  }

  /** The usual parameters, to be changed or added to. */
  static Map<String, Object> order(String pg) {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("pg", pg);
    params.put("pay_method", "card");
    params.put("merchant_uid", Api.newOrder());
    params.put("name", "나무 의자");
    params.put("amount", 10_000);
    params.put("buyer_name", "김나루");
    params.put("buyer_tel", "010-0000-0000");
    params.put("buyer_email", "buyer@example.com");
    params.put("company", "나루상점");
    return params;
  }

  /** Calls {@code IMP.request_pay} on the visitor's page. */
  static void pay(Page page, Map<String, Object> params) {
    page.evaluate("params => window.pay(params)", params);
  }

  /** Something in the PG's window, which INICIS puts into a frame of its own. */
  static Locator inWindow(Page page, String pg, String selector) {
    FrameLocator layer = page.frameLocator("iframe.imp-frame");
    return pg.equals("html5_inicis")
        ? layer.frameLocator("#inicisSimulatorWindow").locator(selector)
        : layer.locator(selector);
  }

  /** What the callback got; waits for it. */
  static JsonNode result(Page page) {
    page.waitForFunction("() => document.getElementById('result').textContent !== ''");
    return JSON.readTree(page.locator("#result").textContent());
  }

  /** The shop's server asks for the payment. */
  JsonNode payment(String impUid) {
    return api.get("/payments/" + impUid).response();
  }

  @Override
  public void close() {
    playwright.close();
    server.stop(0);
  }
}
