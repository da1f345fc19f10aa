package dev.naru.look;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.naru.testing.Hub;
import dev.naru.testing.LooksAtPages;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** The frame with its menu, and all components in it, as a page that gives it what it asks for. */
@LooksAtPages
class FrameTest {

  record Item(String label, String href, String icon, boolean current, int count, boolean tab) {}

  record Group(@Nullable String title, List<Item> items) {}

  record Shop(String name, String code, String href) {}

  record Find(String action, String value, String label) {}

  record Language(String href, String label) {}

  record Nav(
      String home,
      String product,
      boolean sandbox,
      @Nullable Shop shop,
      @Nullable Find find,
      @Nullable Language language,
      List<Group> groups) {}

  record Viewer(String name, String detail, @Nullable String account, @Nullable String signOut) {}

  private static String page(boolean korean) {
    ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver();
    resolver.setPrefix("templates/");
    resolver.setSuffix(".html");
    resolver.setCharacterEncoding("UTF-8");
    SpringTemplateEngine engine = new SpringTemplateEngine();
    engine.setTemplateResolver(resolver);
    Map<String, Object> model = new HashMap<>();
    model.put("korean", korean);
    model.put("title", korean ? "결제 내역" : "Payments");
    model.put("nav", nav(korean));
    model.put("viewer", new Viewer("홍길동", "owner@example.com", "/console/me", "/console/out"));
    model.put("states", List.of("paid", "part", "ready", "failed", "cancelled"));
    return engine.process("look/sample", new Context(Locale.KOREAN, model));
  }

  private static Nav nav(boolean korean) {
    Item home = new Item(korean ? "홈" : "Home", "/console", "home", false, 0, true);
    Item todo = new Item(korean ? "조치할 일" : "To do", "/console/todo", "pulse", false, 3, true);
    Item list = new Item(korean ? "결제 내역" : "Payments", "/console/p", "card", true, 0, true);
    Item hooks = new Item(korean ? "웹훅" : "Webhooks", "/console/h", "hook", false, 0, false);
    return new Nav(
        "/console",
        korean ? "콘솔" : "Console",
        true,
        new Shop("하동찻집", "imp73737373", "/console/shops"),
        new Find("/console/find", "", korean ? "주문번호, imp_uid" : "Order, imp_uid"),
        new Language("?lang=en", korean ? "English" : "한국어"),
        List.of(
            new Group(null, List.of(home, todo)),
            new Group(korean ? "결제" : "Payments", List.of(list)),
            new Group(korean ? "연동" : "Integration", List.of(hooks))));
  }

  private static void serve(Page page, String url) {
    page.route(
        url,
        route -> {
          String accepted = route.request().headers().getOrDefault("accept-language", "");
          boolean korean = accepted.startsWith("ko");
          route.fulfill(
              new Route.FulfillOptions()
                  .setContentType("text/html;charset=UTF-8")
                  .setBody(page(korean)));
        });
  }

  @Test
  void isGoodToLookAt() {
    String url = Hub.shared().url() + "/frame";
    try (Onlooker onlooker = new Onlooker()) {
      assertThat(onlooker.look("frame", url, 200, page -> serve(page, url))).isEmpty();
    }
  }
}
