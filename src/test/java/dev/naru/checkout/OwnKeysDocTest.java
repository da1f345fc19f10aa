package dev.naru.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.pg.Gateways;
import dev.naru.shops.ShopFileReader;
import dev.naru.shops.ShopFileRefused;
import dev.naru.testing.Api;
import dev.naru.testing.Doc;
import dev.naru.testing.Hub;
import dev.naru.testing.NeedsChromium;
import dev.naru.testing.Receiver;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * docs/own-keys.md as somebody new follows it: its file, its page, its server. What listens on the
 * document's ports is elsewhere here, and nothing else is changed.
 */
@NeedsChromium
class OwnKeysDocTest {

  private static final Doc DOC = Doc.of("own-keys.md");
  private static final String WEBHOOK = "http://localhost:3000";

  @TempDir private Path folder;

  private static JsonNode yaml(String text) {
    Object loaded = new Load(LoadSettings.builder().build()).loadFromString(text);
    return JsonMapper.shared().valueToTree(loaded);
  }

  @Test
  void itsFileItsPageAndItsServerWork() throws Exception {
    String snippet = DOC.blocks("yaml").getFirst();
    JsonNode shop = yaml(snippet).path("shops").path(0);
    String userCode = DOC.first("IMP\\.init\\('([^']+)'\\)");
    assertThat(shop.path("user_code").asString()).isEqualTo(userCode);
    JsonNode key = shop.path("keys").path(0);
    String hook = URI.create(shop.path("webhook").path("url").asString()).getPath();
    try (Receiver told = Receiver.start()) {
      Path file =
          Files.writeString(
              folder.resolve("shops.yaml"),
              snippet.replace(WEBHOOK, "http://127.0.0.1:" + told.port()));
      try (Hub hub = Hub.start(Map.of("naru.shops", file.toString()));
          ShopSite site = new ShopSite(hub)) {
        Api server = new Api(hub.url(), key.path("key").asString(), key.path("secret").asString());
        for (JsonNode channel : shop.path("channels").values()) {
          String pg = channel.path("pg").asString();
          String impUid = paid(site, userCode, pg).path("imp_uid").asString();
          JsonNode payment = server.get("/payments/" + impUid).response();
          assertThat(payment.path("status").asString()).isEqualTo("paid");
          if (channel.has("mid")) {
            assertThat(payment.path("pg_id").asString()).isEqualTo(channel.path("mid").asString());
          }
          await()
              .untilAsserted(
                  () -> assertThat(told.got(hook)).anyMatch(got -> got.body().contains(impUid)));
          Api.Answer cancelled = server.post("/payments/cancel", Map.of("imp_uid", impUid));
          assertThat(cancelled.code()).as(cancelled.message()).isZero();
        }
      }
    }
  }

  /** The page loads the script at the path that the document names. */
  private static JsonNode paid(ShopSite site, String userCode, String pg) {
    String script = DOC.first("<script src=\"http://localhost:8080([^\"]+)\">");
    site.serve("/own-" + pg, "text/html", ShopSite.page(site.hub.url() + script, "/shop.js"));
    Page page = site.desktop();
    page.navigate(site.url + "/own-" + pg);
    page.evaluate(
        "([code, params]) => { IMP.init(code); IMP.request_pay(params, window.told); }",
        new Object[] {userCode, ShopSite.order(pg)});
    ShopSite.inWindow(page, pg, "#pay").click();
    JsonNode result = ShopSite.result(page);
    assertThat(result.has("error_code")).as(result.toString()).isFalse();
    return result;
  }

  /** The mistakes that the document shows are told as it says. */
  @Test
  void itsMistakesAreToldSo() throws Exception {
    List<String> shown =
        DOC.blocks("").getFirst().lines().filter(line -> line.startsWith("  - ")).toList();
    String wrong =
        DOC.blocks("yaml")
            .getFirst()
            .replaceFirst("webhook:", "webhok:")
            .replaceFirst("tosspayments", "tosspayment");
    Path file = Files.writeString(folder.resolve("shops.yaml"), wrong);
    ShopFileRefused refused =
        catchThrowableOfType(
            ShopFileRefused.class,
            () ->
                ShopFileReader.read(
                    file, PgDirectory.of(Gateways.ALL, false), false, System::getenv));
    assertThat(refused.problems().stream().map(line -> "  - " + line)).isEqualTo(shown);
  }
}
