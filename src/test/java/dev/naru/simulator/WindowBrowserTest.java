package dev.naru.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.sun.net.httpserver.HttpServer;
import dev.naru.simulator.kit.facts.Form;
import dev.naru.simulator.kit.window.Html;
import dev.naru.testing.Browsers;
import dev.naru.testing.NeedsChromium;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The PGs' browser scripts in a real browser, on a shop of another origin. */
@NeedsChromium
class WindowBrowserTest {

  @TempDir Path data;
  private Shop shop;
  private HttpServer pages;
  private Playwright playwright;
  private Browser browser;
  private String site = "";
  private final Map<String, String> served = new ConcurrentHashMap<>();
  private final List<String> posted = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws Exception {
    shop = new Shop(data);
    pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    pages.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (!body.isEmpty()) {
              posted.add(body);
            }
            byte[] page =
                served
                    .getOrDefault(exchange.getRequestURI().getPath(), "<p id=arrived>arrived</p>")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html;charset=UTF-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
          }
        });
    pages.start();
    site = "http://localhost:" + pages.getAddress().getPort();
    playwright = Playwright.create();
    browser = Browsers.launch(playwright);
  }

  @AfterEach
  void stop() {
    if (playwright != null) {
      playwright.close();
    }
    if (pages != null) {
      pages.stop(0);
    }
    if (shop != null) {
      shop.close();
    }
  }

  private String inicisPage() {
    Map<String, String> form = new InicisShop(shop).window("INIpayTest", "BROWSER1", "1004");
    form.put("returnUrl", site + "/return");
    form.put("closeUrl", site + "/close");
    String inputs =
        form.entrySet().stream()
            .map(
                f ->
                    "<input type=hidden name='%s' value='%s'>"
                        .formatted(f.getKey(), Html.escape(f.getValue())))
            .collect(Collectors.joining());
    String base = shop.url + "/html5_inicis/stdpay/stdjs/";
    served.put("/close", "<script src='%sINIStdPay_close.js'></script>".formatted(base));
    return "<form id=pay>%s</form><button id=go onclick=\"INIStdPay.pay('pay')\">go</button><script src='%sINIStdPay.js'></script>"
        .formatted(inputs, base);
  }

  @Test
  void inicis_overlay_closes_opens_again_and_posts_from_the_shop() {
    served.put("/shop", inicisPage());
    Page page = browser.newPage();
    page.navigate(site + "/shop");
    page.click("#go");
    FrameLocator window = page.frameLocator("#inicisSimulatorWindow");
    window.locator("#close").click();
    page.waitForFunction("!document.getElementById('inicisSimulatorWindow')");

    page.click("#go");
    window = page.frameLocator("#inicisSimulatorWindow");
    window.locator("#card-number").fill(Shop.GOOD_CARD);
    window.locator("#pay").click();
    page.waitForSelector("#arrived");

    assertThat(page.url()).isEqualTo(site + "/return");
    assertThat(Form.decode(posted.getLast(), StandardCharsets.UTF_8))
        .containsEntry("resultCode", "0000")
        .containsEntry("orderNumber", "BROWSER1");
  }

  @Test
  void toss_leads_the_frame_through_the_window() {
    served.put(
        "/checkout",
        """
        <script src="%s/tosspayments/js/v2/standard"></script>
        <script>
        TossPayments('test_ck_x').payment({customerKey: TossPayments.ANONYMOUS}).requestPayment({
          method: 'VIRTUAL_ACCOUNT', amount: {currency: 'KRW', value: 5000}, orderId: 'browser-2',
          orderName: '사과', customerName: '홍길동', successUrl: '/ok', failUrl: '/fail'});
        </script>
        """
            .formatted(shop.url));
    served.put("/shop", "<iframe id=checkout src=/checkout></iframe>");
    Page page = browser.newPage();
    page.navigate(site + "/shop");
    FrameLocator frame = page.frameLocator("#checkout");
    frame.locator("select#bank").selectOption("20");
    frame.locator("#pay").click();
    frame.locator("#arrived").waitFor();

    assertThat(page.frames().getLast().url())
        .startsWith(site + "/ok?")
        .contains("orderId=browser-2");
  }
}
