package dev.naru.checkout;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.RequestOptions;
import dev.naru.testing.Book;
import dev.naru.testing.Hub;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Every PG with a protocol of its own × every way a window can end × both devices. What else a page
 * can vary, its language and which of the SDK's scripts it loads, takes turns. Each case compares
 * four views of the same payment: the page's, the shop's server's, the PG's book's, the webhook's.
 */
class EveryWindowTest extends AtShop {

  private static final List<String> PGS =
      List.of("tosspayments", "html5_inicis", "kakaopay", "settle", "nice_v2");

  /** How a visit ends. */
  enum Ends {
    PAID,
    DECLINED,
    CLOSED,
    VBANK,
    KEY,
    VETO,
    TAMPERED,
    TWICE
  }

  /** One visit. */
  record Visit(
      String pg, boolean phone, Ends ends, String language, boolean historic, String name) {

    Map<String, Object> order(ShopSite site) {
      Map<String, Object> order = ShopSite.order(pg);
      order.put("language", language);
      order.put("company", "나루상점");
      order.put("notice_url", site.hub.url() + "/sandbox/hooks/" + order.get("merchant_uid"));
      if (phone) {
        order.put("m_redirect_url", site.url + "/back?cart=9");
      }
      switch (ends) {
        case VBANK -> {
          order.put("pay_method", "vbank");
          if (pg.equals("nice_v2")) {
            order.put("vbank_due", "20991231");
          }
        }
        case KEY -> order.put("customer_uid", "customer-" + order.get("merchant_uid"));
        case VETO -> order.put("confirm_url", site.hub.url() + "/sandbox/hooks/veto?status=400");
        case PAID, DECLINED, CLOSED, TAMPERED, TWICE -> {}
      }
      return order;
    }

    /** Whether the shop's page goes away for the window. */
    boolean leaves() {
      return phone && !(pg.equals("html5_inicis") && ends == Ends.KEY);
    }

    /** V1's newer modules do not tell of success, but to pages with the historic script. */
    boolean tellsSuccess() {
      return historic || !Set.of("tosspayments", "nice_v2").contains(pg);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Visit> visits() {
    List<Visit> visits = new ArrayList<>();
    for (String pg : PGS) {
      for (Ends ends : Ends.values()) {
        for (boolean phone : new boolean[] {false, true}) {
          boolean none =
              (pg.equals("kakaopay") && ends == Ends.VBANK)
                  || (Set.of("settle", "nice_v2").contains(pg) && ends == Ends.KEY);
          if (!none) {
            int turn = visits.size();
            String language = turn % 2 == 0 ? "ko" : "en";
            boolean historic = turn % 3 == 0;
            String name =
                String.join(
                    " ",
                    pg,
                    ends.name(),
                    phone ? "phone" : "desktop",
                    language,
                    historic ? "1.2.0" : "v1");
            visits.add(new Visit(pg, phone, ends, language, historic, name));
          }
        }
      }
    }
    return visits.stream();
  }

  private Book book() {
    return new Book(site().hub);
  }

  /** What the shop's page learned. */
  private record Told(String impUid, String error, @Nullable Boolean success) {

    boolean isError() {
      return !error.isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("visits")
  void endsAsItShould(Visit visit) {
    Page page = visit.phone() ? site().phone() : site().desktop();
    if (visit.historic()) {
      page.navigate(site().url + "/historic");
    }
    Map<String, Object> order = visit.order(site());
    String merchantUid = String.valueOf(order.get("merchant_uid"));
    AtomicReference<Request> back = new AtomicReference<>();
    page.context()
        .onRequest(
            request -> {
              if (request.url().matches(".*/checkout/[0-9a-z-]+/return.*")) {
                back.compareAndSet(null, request);
              }
            });
    if (visit.ends() == Ends.TAMPERED) {
      Tampering.of(visit).with(page.context());
    }
    ShopSite.pay(page, order);
    act(page, visit);
    if (visit.ends() == Ends.TAMPERED) {
      nothingIsPaid(page, visit, merchantUid);
    } else {
      Told told = told(page, visit);
      if (visit.ends() == Ends.TWICE) {
        Request first = Objects.requireNonNull(back.get(), "the return was not seen");
        repeat(page, first);
        assertThat(again(page, order)).isEqualTo("F1002");
      }
      isAsItShouldBe(visit, merchantUid, told);
    }
    page.context().close();
  }

  private void act(Page page, Visit visit) {
    switch (visit.ends()) {
      case CLOSED -> inWindow(page, visit, "#close").click();
      case DECLINED -> {
        inWindow(page, visit, "#outcome").selectOption("LIMIT");
        inWindow(page, visit, "#pay").click();
      }
      case PAID, VBANK, KEY, VETO, TWICE -> inWindow(page, visit, "#pay").click();
      case TAMPERED ->
          inWindow(page, visit, Tampering.of(visit).refusedByPg() ? "[role=alert]" : "#pay")
              .click();
    }
  }

  private static Locator inWindow(Page page, Visit visit, String selector) {
    return visit.leaves() ? page.locator(selector) : ShopSite.inWindow(page, visit.pg(), selector);
  }

  private static Told told(Page page, Visit visit) {
    if (!visit.leaves()) {
      JsonNode result = ShopSite.result(page);
      assertThat(page.locator(".imp-dialog")).hasCount(0);
      return new Told(
          result.path("imp_uid").asString(""),
          result.path("error_code").asString(""),
          result.has("success") ? result.path("success").asBoolean() : null);
    }
    page.waitForURL(url -> url.contains("/back?"));
    Map<String, String> query = Query.of(page.url());
    assertThat(query).containsEntry("cart", "9");
    String success = query.get("imp_success");
    return new Told(
        query.getOrDefault("imp_uid", ""),
        query.getOrDefault("error_code", ""),
        success == null ? null : Boolean.valueOf(success));
  }

  private void isAsItShouldBe(Visit visit, String merchantUid, Told told) {
    boolean fails =
        switch (visit.ends()) {
          case DECLINED, CLOSED, VETO -> true;
          case PAID, VBANK, KEY, TAMPERED, TWICE -> false;
        };
    assertThat(told.isError()).as("%s", told).isEqualTo(fails);
    assertThat(told.success()).as("%s", told).isEqualTo(visit.tellsSuccess() ? !fails : null);
    String status = fails ? "failed" : visit.ends() == Ends.VBANK ? "ready" : "paid";
    JsonNode payment = site().payment(told.impUid());
    assertThat(payment.path("status").asString()).isEqualTo(status);
    assertThat(payment.path("merchant_uid").asString()).isEqualTo(merchantUid);
    assertThat(payment.path("pg_provider").asString()).isEqualTo(visit.pg());
    assertThat(payment.path("channel").asString()).isEqualTo(visit.phone() ? "mobile" : "pc");
    if (visit.ends() == Ends.VETO) {
      assertThat(payment.path("fail_reason").asString()).startsWith("고객사 요청에 의해 결제를 중단합니다.");
    }
    if (visit.ends() == Ends.VBANK) {
      assertThat(payment.path("vbank_num").asString("")).isNotEmpty();
    }
    chargedOnce(visit, merchantUid, status);
    if (!fails) {
      announced(merchantUid, status);
    }
  }

  private void announced(String merchantUid, String status) {
    await()
        .untilAsserted(
            () ->
                assertThat(
                        site()
                            .api
                            .get("/sandbox/hooks/" + merchantUid)
                            .body()
                            .valueStream()
                            .map(hook -> hook.path("fields").path("status").asString()))
                    .contains(status));
  }

  /** The PG's book is the judge of what was charged, and of what was given back at once. */
  private void chargedOnce(Visit visit, String merchantUid, String status) {
    List<JsonNode> charges = book().charges(merchantUid);
    long balance = charges.stream().mapToLong(charge -> charge.path("balance").asLong()).sum();
    boolean moves = status.equals("paid") && visit.ends() != Ends.KEY;
    boolean keyCharges = visit.ends() == Ends.KEY && visit.pg().equals("kakaopay");
    assertThat(balance).as("%s", charges).isEqualTo(moves || keyCharges ? 10_000 : 0);
  }

  /** Either the PG shows no window for it, or the hub does not take what comes back. */
  private void nothingIsPaid(Page page, Visit visit, String merchantUid) {
    if (!Tampering.of(visit).refusedByPg()) {
      Told told = told(page, visit);
      assertThat(told.isError()).as("%s", told).isTrue();
      assertThat(site().payment(told.impUid()).path("status").asString()).isEqualTo("failed");
    }
    assertThat(site().api.get("/payments/find/" + merchantUid + "/paid").status()).isEqualTo(404);
    assertThat(book().charges(merchantUid)).isEmpty();
  }

  /** The browser sends once more what it came back with. */
  private static void repeat(Page page, Request back) {
    RequestOptions options = RequestOptions.create().setMethod(back.method()).setMaxRedirects(0);
    byte[] body = back.postDataBuffer();
    if (body != null) {
      options.setData(body).setHeader("Content-Type", back.headers().get("content-type"));
    }
    assertThat(page.request().fetch(back.url(), options).status()).isBetween(300, 399);
  }

  /** The shop's page asks for the same order again: what its callback is told, on any device. */
  private String again(Page page, Map<String, Object> order) {
    page.navigate(site().url + "/");
    ShopSite.pay(page, order);
    return ShopSite.result(page).path("error_code").asString("");
  }

  /**
   * What a dishonest buyer changes in what their browser carries.
   *
   * @param where the address of the request
   * @param refusedByPg the PG sees it before the hub does
   */
  private record Tampering(String where, String what, String with, boolean refusedByPg) {

    static Tampering of(Visit visit) {
      return switch (visit.pg()) {
        case "tosspayments" -> new Tampering("/return", "amount=10000", "amount=100", false);
        case "kakaopay" -> new Tampering("/return", "pg_token=.", "pg_token=", false);
        case "nice_v2" ->
            new Tampering(
                visit.phone() ? "/v3Payment.jsp" : "/v3/pay", "Amt=10000", "Amt=100", true);
        case "settle" -> new Tampering("/main.do", "trdAmt=[^&]{4}", "trdAmt=AAAA", true);
        default ->
            visit.phone()
                ? new Tampering("/smart/payment/", "P_AMT=10000", "P_AMT=100", true)
                : new Tampering("/payMain/pay", "price=10000", "price=100", true);
      };
    }

    void with(BrowserContext context) {
      context.route(url -> refusedByPg && url.contains(where), this::request);
      context.route(
          url -> !refusedByPg && url.startsWith(String.valueOf(Hub.shared().simulatorUrl())),
          this::redirect);
    }

    private void request(Route route) {
      Route.ResumeOptions changed = new Route.ResumeOptions();
      String body = route.request().postData();
      if (body != null) {
        changed.setPostData(body.replaceFirst(what, with));
      }
      route.resume(changed);
    }

    /** Redirects cannot be caught on their way, but where they come from. */
    private void redirect(Route route) {
      APIResponse answer = route.fetch(new Route.FetchOptions().setMaxRedirects(0));
      Map<String, String> headers = new LinkedHashMap<>(answer.headers());
      headers.computeIfPresent(
          "location", (name, to) -> to.contains(where) ? to.replaceFirst(what, with) : to);
      route.fulfill(new Route.FulfillOptions().setResponse(answer).setHeaders(headers));
    }
  }

  /** The parameters of an address. */
  private static final class Query {

    static Map<String, String> of(String url) {
      Map<String, String> query = new LinkedHashMap<>();
      for (String pair : url.replaceFirst(".*\\?", "").replaceFirst("#.*", "").split("&")) {
        String[] parts = pair.split("=", 2);
        query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
      return query;
    }
  }
}
