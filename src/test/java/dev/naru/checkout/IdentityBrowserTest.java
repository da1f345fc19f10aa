package dev.naru.checkout;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.naru.testing.Api;
import dev.naru.testing.Press;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Persons prove who they are: in a popup at a desk, by leaving the page on a phone. */
class IdentityBrowserTest extends AtShop {

  private static final List<String> PERSON =
      List.of("남궁나루", "19880314", "1988-03-14", "01075319086");

  private static Map<String, Object> params(String pg) {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("pg", pg);
    params.put("merchant_uid", Api.newOrder());
    params.put("company", "나루 상점");
    return params;
  }

  /** Every address that a visitor comes by, and what the browser tells the hub. */
  private List<String> seen(Page page) {
    List<String> seen = new CopyOnWriteArrayList<>();
    listen(page, seen);
    page.onPopup(popup -> listen(popup, seen));
    return seen;
  }

  private void listen(Page page, List<String> seen) {
    String hub = site().hub.url().toString();
    page.onRequest(
        request -> {
          seen.add(request.url());
          if (request.url().startsWith(hub)) {
            seen.add(Objects.requireNonNullElse(request.postData(), ""));
          }
        });
  }

  /** The button that ends the window, once it knows who it is. */
  private static Locator identified(Page window) {
    window.locator("#name").fill(PERSON.getFirst());
    window.locator("#birth").fill(PERSON.get(1));
    if (window.locator("#phone").count() > 0) {
      window.locator("#phone").fill(PERSON.get(3));
    }
    return window.locator("#verify");
  }

  private JsonNode certification(JsonNode result) {
    return site().api.get("/certifications/" + result.path("imp_uid").asString("")).response();
  }

  @ParameterizedTest
  @ValueSource(strings = {"danal", "inicis_unified", "kcp_v2", "inicis"})
  void aPopupAtADesk(String pg) {
    Page page = site().desktop();
    List<String> seen = seen(page);
    Map<String, Object> params = params(pg);
    Page popup = ShopSite.popup(page, "certification", params);
    Press.last(identified(popup));
    JsonNode result = ShopSite.result(page);
    assertThat(result.path("success").asBoolean()).isTrue();
    assertThat(result.propertyNames())
        .containsExactlyInAnyOrder("success", "imp_uid", "merchant_uid", "pg_provider", "pg_type");
    assertThat(result.path("merchant_uid").asString()).isEqualTo(params.get("merchant_uid"));
    page.waitForCondition(popup::isClosed);
    assertThat(page.evaluate("window.calls")).isEqualTo(1);
    assertThat(page.locator(".imp-dialog")).hasCount(0);

    JsonNode told = certification(result);
    assertThat(told.path("certified").asBoolean()).isTrue();
    assertThat(told.path("name").asString()).isEqualTo(PERSON.getFirst());
    assertThat(told.path("pg_provider").asString()).isEqualTo(pg);
    assertThat(told.path("origin").asString()).isEqualTo(site().url + "/");
    List<String> secrets = new CopyOnWriteArrayList<>(PERSON);
    secrets.add(told.path("unique_key").asString().substring(0, 20));
    for (String secret : secrets) {
      assertThat(seen).as(secret).noneMatch(text -> decoded(text).contains(secret));
    }
    page.context().close();
  }

  private static String decoded(String text) {
    try {
      return text + URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEscaped) {
      return text;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"danal", "inicis_unified", "kcp_v2", "inicis"})
  void aPhoneGoesThereAndComesBack(String pg) {
    Page page = site().phone();
    List<String> seen = seen(page);
    Map<String, Object> params = params(pg);
    params.put("m_redirect_url", site().url + "/back?cart=9#done");
    ShopSite.click(page, "certification", params);
    identified(page).click();
    page.waitForURL(url -> url.contains("/back?"));
    assertThat(page.url())
        .matches(
            ".*/back\\?cart=9&imp_uid=imp_[0-9]+&merchant_uid="
                + params.get("merchant_uid")
                + "&success=true#done");
    String impUid = page.url().replaceFirst(".*imp_uid=(imp_[0-9]+).*", "$1");
    JsonNode told = site().api.get("/certifications/" + impUid).response();
    assertThat(told.path("certified").asBoolean()).isTrue();
    for (String secret : PERSON) {
      assertThat(seen).as(secret).noneMatch(text -> decoded(text).contains(secret));
    }
    assertThat(page.context().pages()).hasSize(1);
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"danal", "inicis_unified", "kcp_v2"})
  void aRefusalIsTold(String pg) {
    Page page = site().desktop();
    Page popup = ShopSite.popup(page, "certification", params(pg));
    popup.locator("#outcome").selectOption("IDENTITY");
    Press.last(popup.locator("#verify"));
    JsonNode result = ShopSite.result(page);
    assertThat(result.path("success").asBoolean(true)).isFalse();
    assertThat(result.path("error_code").asString("")).isNotBlank();
    assertThat(result.path("error_msg").asString("")).contains("일치하지 않습니다");
    assertThat(certification(result).path("certified").asBoolean(true)).isFalse();
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"danal", "inicis_unified", "kcp_v2"})
  void thePgsWindowIsClosed(String pg) {
    Page page = site().desktop();
    Page popup = ShopSite.popup(page, "certification", params(pg));
    Press.last(popup.locator("#close"));
    JsonNode result = ShopSite.result(page);
    assertThat(result.path("success").asBoolean(true)).isFalse();
    assertThat(result.path("error_msg").asString("")).contains("취소");
    page.waitForCondition(popup::isClosed);
    page.context().close();
  }

  @Test
  void aPopupThatIsGoneEndsIt() {
    Page page = site().desktop();
    Page popup = ShopSite.popup(page, "certification", params("danal"));
    popup.locator("#verify").waitFor();
    popup.close();
    JsonNode result = ShopSite.result(page);
    assertThat(result.path("success").asBoolean(true)).isFalse();
    assertThat(result.path("error_msg").asString("")).isEqualTo("사용자가 본인인증을 취소하셨습니다.");
    assertThat(certification(result).path("certified").asBoolean(true)).isFalse();
    page.context().close();
  }

  /** The person pressed, and the window went before its answer came. */
  @Test
  void theResultOfAClosedPopupIsAskedFor() {
    Page page = site().desktop();
    page.context().route("**/checkout/identity/*/result", route -> route.abort());
    Page popup = ShopSite.popup(page, "certification", params("inicis"));
    popup.waitForRequestFinished(
        new Page.WaitForRequestFinishedOptions()
            .setPredicate(seen -> seen.url().matches(".*/checkout/identity/[^/]+/return.*")),
        () -> identified(popup).click());
    popup.close();
    assertThat(ShopSite.result(page).path("success").asBoolean()).isTrue();
    page.context().close();
  }

  /** The button of the page that says that the PG does not answer. */
  @Test
  void whoWaitsForThePgMayPressAgain() {
    Page page = site().desktop();
    Page popup = ShopSite.popup(page, "certification", params("kcp_v2"));
    popup.locator("#outcome").selectOption("CONFIRM_ANSWER_LOST");
    popup.locator("#verify").click();
    assertThat(popup.locator("#problem")).containsText("PG사의 응답을 확인할 수 없습니다");
    Press.last(popup.locator("#again"));
    assertThat(ShopSite.result(page).path("success").asBoolean()).isTrue();
    page.context().close();
  }

  /** A window's address in foreign hands: its result goes to the page that asked, or nowhere. */
  @Test
  void onlyThePageThatAskedIsTold() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("user_code", "imp00000000");
    body.put("page", "https://shop.example/join");
    body.put("params", params("inicis"));
    String url =
        site()
            .api
            .bare(
                HttpRequest.newBuilder(site().api.at("/checkout/certification"))
                    .header("Content-Type", "application/json")
                    .header("Origin", "https://shop.example")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            ShopSite.JSON.writeValueAsString(body))))
            .response()
            .path("url")
            .asString();
    Page page = site().desktop();
    page.evaluate(
        "url => { window.got = []; addEventListener('message', e => window.got.push(e.data));"
            + " document.getElementById('go').onclick = () => window.open(url); }",
        url);
    Page popup = page.waitForPopup(() -> page.locator("#go").click());
    Press.last(identified(popup));
    page.waitForCondition(popup::isClosed);
    assertThat(page.evaluate("window.got.length")).isEqualTo(0);
    page.context().close();
  }
}
