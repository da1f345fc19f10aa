package dev.naru.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.naru.Naru;
import dev.naru.account.entry.FirstOwner;
import dev.naru.account.proof.PhoneCodes;
import dev.naru.simulator.Simulators;
import dev.naru.start.command.Keyset;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.Browsers;
import dev.naru.testing.HubProcess;
import dev.naru.testing.NeedsChromium;
import dev.naru.testing.Receiver;
import dev.naru.testing.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What {@code docs/going-live.md} says, done by a person in a browser: from the address that a live
 * hub prints to a payment that was cancelled, and told of again. The channel's PG is a simulator.
 */
@Apart
@NeedsChromium
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoLiveTest {

  private final Playwright playwright = Playwright.create();
  private final Browser browser = Browsers.launch(playwright);

  @AfterAll
  void leave() {
    playwright.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ko-KR", "en-US"})
  void aLiveHubIsSetUpPaysCancelsAndTells(String language, @TempDir Path folder) throws Exception {
    Path keyset = folder.resolve("keyset.json");
    Keyset.generate().write(keyset, false);
    try (TestDatabase database = TestDatabase.fresh();
        Receiver shop = Receiver.start();
        Simulators simulators =
            Simulators.start(
                new Simulators.Settings(
                    0,
                    "127.0.0.1",
                    folder.resolve("books"),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1),
                    InstantSource.system()))) {
      int port = HubProcess.freePort();
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("naru.mode", "live");
      all.put("naru.port", port);
      all.put("naru.bind", "127.0.0.1");
      all.put("naru.management.port", 0);
      all.put("naru.data", folder.resolve("data").toString());
      all.put("naru.keyset", keyset.toString());
      all.put("naru.db.url", database.url());
      all.put("naru.db.user", database.user());
      all.put("naru.rehearsal.url", simulators.url().toString());
      all.put("naru.stop.grace", "0s");
      SpringApplication application = new SpringApplication(Naru.class);
      application.setDefaultProperties(all);
      try (ConfigurableApplicationContext hub = application.run()) {
        String begin = hub.getBean(FirstOwner.class).again().reveal();
        Page page =
            browser.newContext(new Browser.NewContextOptions().setLocale(language)).newPage();
        new Walk(page, URI.create("http://localhost:" + port), shop).go(begin);
        page.context().close();
      }
    }
  }

  /** The way of one owner, step by step. */
  private record Walk(Page page, URI hub, Receiver shop) {

    void go(String begin) {
      becomeOwner(begin);
      addChannel();
      addWebhook();
      Api api = issueKey();
      Api.Answer paid =
          api.post(
              "/subscribe/payments/onetime",
              Api.keyIn("order-" + port(), "tosspayments", Api.GOOD_CARD));
      assertThat(paid.response().path("status").asString()).as(paid.message()).isEqualTo("paid");
      String impUid = paid.response().path("imp_uid").asString();
      await().untilAsserted(() -> assertThat(told("paid")).hasSize(1));
      cancel(impUid);
      assertThat(
              api.get("/payments/" + impUid + "?include_sandbox=true")
                  .response()
                  .path("status")
                  .asString())
          .isEqualTo("cancelled");
      await().untilAsserted(() -> assertThat(told("cancelled")).hasSize(1));
      resend(impUid);
    }

    private void becomeOwner(String begin) {
      page.navigate(begin);
      page.locator("#email").fill("owner@shop.example");
      page.locator("#name").fill("홍길동");
      page.locator("#password").fill("camel-orbit-lantern-9");
      page.locator("#shop").fill("하동찻집");
      press();
      assertThat(page).hasURL(Pattern.compile(".*/console/account/codes.*"));
      String key = page.locator("ol p.mono").textContent();
      page.locator("#code").fill(PhoneCodes.of(key, InstantSource.system().instant()));
      press();
      assertThat(page.locator("ul.mono li")).hasCount(10);
    }

    private void addChannel() {
      page.navigate(hub + "/console/channels/new?mode=TEST");
      page.locator("a[href*='pg=tosspayments']").click();
      page.locator("a[href*='sample=true']").click();
      page.locator("#name").fill("카드 결제");
      press();
      page.locator("form[action$='/test'] button").click();
      assertThat(page.locator("#tested")).hasClass(Pattern.compile(".*good.*"));
    }

    private void addWebhook() {
      page.navigate(hub + "/console/webhooks/new");
      page.locator("input[name=url]").fill(shop.url("/hook"));
      press();
      assertThat(page.locator("#secret")).isVisible();
    }

    private Api issueKey() {
      page.navigate(hub + "/console/integration/keys/new");
      press();
      String secret = page.locator("#secret").textContent();
      String key = page.locator("dl.shown .mono").first().textContent();
      return new Api(hub, key, secret);
    }

    private void cancel(String impUid) {
      // A live hub shows payments of test channels to whoever asks for them.
      page.navigate(hub + "/console/payments?mode=test");
      page.locator("table.rows a[href*='" + impUid + "']").first().click();
      assertThat(page.locator(".sum .big")).containsText("10,000");
      page.locator("a[href$='/cancel']").first().click();
      page.locator("#reason").fill("리허설");
      page.locator("form.cancel button.danger").click();
      assertThat(page).hasURL(Pattern.compile(".*/console/payments/" + impUid + "\\?done=.*"));
      assertThat(page.locator(".line")).containsText("리허설");
    }

    /** The log says that it was received; it is sent once more. */
    private void resend(String impUid) {
      page.navigate(hub + "/console/webhooks/log?payment=" + impUid);
      assertThat(page.locator("table.rows .tag.good")).hasCount(2);
      page.locator("td.lead a").first().click();
      page.locator("form[action$='/resend'] button").click();
      await().untilAsserted(() -> assertThat(told("cancelled")).hasSize(2));
    }

    private List<Receiver.Got> told(String status) {
      return shop.got("/hook").stream()
          .filter(got -> got.body().contains("\"status\":\"" + status + "\""))
          .toList();
    }

    private void press() {
      page.locator("main button.primary").first().click();
    }

    private int port() {
      return hub.getPort();
    }
  }
}
