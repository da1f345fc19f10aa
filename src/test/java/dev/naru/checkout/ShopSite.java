package dev.naru.checkout;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.sun.net.httpserver.HttpServer;
import dev.naru.testing.Api;
import dev.naru.testing.Browsers;
import dev.naru.testing.Hub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
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

  static final JsonMapper JSON = JsonMapper.shared();

  private static final String SCRIPT =
      """
      window.calls = 0;
      window.told = function (result) {
        window.calls++;
        document.getElementById('result').textContent = JSON.stringify(result);
      };
      window.pay = function (params, what) {
        IMP.init('imp00000000');
        IMP[what || 'request_pay'](params, window.told);
      };
      document.getElementById('go').addEventListener('click', function () {
        window.pay(window.asked.params, window.asked.what);
      });
      """;

  final Hub hub;
  final Api api;
  final String url;
  private final HttpServer server;
  private final Playwright playwright = Playwright.create();
  private final Browser browser;

  ShopSite() {
    this(Hub.shared());
  }

  ShopSite(Hub hub) {
    this(hub, Browsers::launch);
  }

  /** Whose visitors come by phones with apps. */
  static ShopSite ofApps(Hub hub) {
    return new ShopSite(hub, Browsers::launchOfPeople);
  }

  private ShopSite(Hub hub, BiFunction<Playwright, String[], Browser> browsers) {
    this.hub = hub;
    api = new Api(hub.url());
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
        browsers.apply(
            playwright,
            // Only here is the hub on the buyer's own machine, which pages of apps may not
            // reach.
            new String[] {"--disable-features=LocalNetworkAccessChecks"});
  }

  private String page(String sdk) {
    return page(hub.url() + sdk, "/shop.js");
  }

  /** A page with these scripts, one after the other. */
  static String page(String... scripts) {
    return "<!doctype html><html lang=ko><title>shop</title><body><button id=go>go</button>"
        + "<div id=root></div><pre id=result></pre>"
        + Arrays.stream(scripts)
            .map(each -> "<script src='" + each + "'></script>")
            .collect(Collectors.joining())
        + "</body></html>";
  }

  /** One more address of the shop's. */
  void serve(String path, String type, String body) {
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
    // Browsers without a screen let every popup pass; with one they block what no click asked for.
    context.addInitScript(
        "const open = window.open; window.open = function () { return"
            + " navigator.userActivation.isActive ? open.apply(window, arguments) : null; };");
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

  /**
   * From now on the visitor's browser lets pass what the layer's button opens, and nothing else:
   * looking at a page counts as a click in it, so that what follows a look is no longer blocked.
   */
  static void blockPopups(Page page) {
    page.addInitScript(
        "(() => { const open = window.open; window.open = (...how) =>"
            + " document.querySelector('.imp-open') ? open.apply(window, how) : null; })()");
    page.reload();
  }

  /** Calls {@code IMP.request_pay} on the visitor's page. */
  static void pay(Page page, Map<String, Object> params) {
    page.evaluate("params => window.pay(params)", params);
  }

  /**
   * The visitor's click makes the page call a function of the SDK.
   *
   * @param what {@code request_pay} or {@code certification}
   */
  static void click(Page page, String what, Map<String, Object> params) {
    page.evaluate("asked => window.asked = asked", Map.of("what", what, "params", params));
    page.locator("#go").click();
  }

  /** The same for a call that opens a popup. */
  static Page popup(Page page, String what, Map<String, Object> params) {
    return page.waitForPopup(() -> click(page, what, params));
  }

  /** A page that pays as it loads, without any click. */
  String payingPage(Map<String, Object> params) {
    String path = "/paying-" + params.get("merchant_uid");
    serve(path + ".js", "text/javascript", "pay(" + JSON.writeValueAsString(params) + ");");
    serve(
        path,
        "text/html",
        page("/v1/iamport.js").replace("</body>", "<script src=" + path + ".js></script></body>"));
    return url + path;
  }

  /** What the hub would answer to the SDK. */
  static Route.FulfillOptions json(Map<String, Object> response) {
    return new Route.FulfillOptions()
        .setContentType("application/json")
        .setHeaders(Map.of("Access-Control-Allow-Origin", "*"))
        .setBody(JSON.writeValueAsString(Map.of("code", 0, "response", response)));
  }

  /** The bodies that the page posts to an address from now on. */
  static List<String> bodies(Page page, String path) {
    List<String> bodies = new CopyOnWriteArrayList<>();
    page.onRequest(
        seen -> {
          if (seen.url().endsWith(path) && seen.method().equals("POST")) {
            bodies.add(Objects.requireNonNullElse(seen.postData(), ""));
          }
        });
    return bodies;
  }

  /** Something in the PG's window, which INICIS puts into a frame of its own. */
  static Locator inWindow(Page page, String pg, String selector) {
    FrameLocator layer = page.frameLocator("iframe.imp-frame");
    return switch (pg) {
      case "html5_inicis" -> layer.frameLocator("#inicisSimulatorWindow").locator(selector);
      case "nice_v2" -> layer.frameLocator("#nicepaySimulatorWindow").locator(selector);
      default -> layer.locator(selector);
    };
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
