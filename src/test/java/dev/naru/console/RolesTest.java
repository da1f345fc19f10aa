package dev.naru.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.account.Account;
import dev.naru.account.Role;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Open;
import dev.naru.kernel.Wording;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Tiers;
import dev.naru.merchant.audit.Actor;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every handler of the console, as it is mapped, for every role. */
@OwnOrders
class RolesTest {

  private static final String NOT_ALLOWED =
      Wording.KOREAN.of(dev.naru.console.frame.Refusal.NOT_ALLOWED);

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);

  /** One way to call a handler. */
  private record Call(String method, String path, HandlerMethod handler) {}

  private List<Call> calls() {
    RequestMappingHandlerMapping mappings =
        Objects.requireNonNull(hub.bean(DispatcherServlet.class).getWebApplicationContext())
            .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
    List<Call> calls = new ArrayList<>();
    mappings
        .getHandlerMethods()
        .forEach(
            (mapping, handler) -> {
              if (handler.getBeanType().isAnnotationPresent(ConsolePage.class)) {
                method(mapping)
                    .forEach(
                        method ->
                            mapping
                                .getPatternValues()
                                .forEach(path -> calls.add(new Call(method, path, handler))));
              }
            });
    return calls;
  }

  private static Set<String> method(RequestMappingInfo mapping) {
    return mapping.getMethodsCondition().getMethods().contains(RequestMethod.POST)
        ? Set.of("POST")
        : Set.of("GET");
  }

  @Test
  void everyHandlerSaysWhoItIsFor() {
    assertThat(calls()).hasSizeGreaterThan(20);
    assertThat(calls())
        .allSatisfy(
            call -> {
              assertThat(call.path()).startsWith("/console");
              assertThat(call.handler().hasMethodAnnotation(Needs.class))
                  .as(call.handler().toString())
                  .isNotEqualTo(call.handler().hasMethodAnnotation(Open.class));
            });
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void aRoleReachesWhatItsTableSaysAndNothingElse(Role role) {
    Merchant shop = people.shop();
    Merchant home =
        role.ofSubShop() ? hub.bean(Tiers.class).create(Actor.HUB, shop, "ABC", "분점") : shop;
    Account account = people.of(home, role);
    for (Call call : calls()) {
      Needs needs = call.handler().getMethodAnnotation(Needs.class);
      if (needs == null) {
        continue;
      }
      ConsoleVisitor visitor = people.visitor(account);
      String path = call.path().replaceAll("\\{[^}]*}", "0");
      HttpResponse<String> answer =
          call.method().equals("GET")
              ? visitor.get(path)
              : visitor.post("/console/account", path, Map.of());
      assertThat(answer.body().contains(NOT_ALLOWED))
          .as("%s %s %s", role, call.method(), path)
          .isEqualTo(!role.may(needs.value()));
      assertThat(answer.statusCode()).as(path).isLessThan(500);
    }
  }

  @Test
  void whoIsNotSignedInReachesNothingButTheDoors() {
    for (Call call : calls()) {
      if (call.handler().hasMethodAnnotation(Needs.class) && call.method().equals("GET")) {
        HttpResponse<String> answer =
            new ConsoleVisitor(hub.url()).get(call.path().replaceAll("\\{[^}]*}", "0"));
        assertThat(answer.statusCode()).as(call.path()).isEqualTo(303);
        assertThat(answer.headers().firstValue("location").orElse(""))
            .startsWith("/console/sign-in?next=%2Fconsole");
      }
    }
  }

  @Test
  void everyFormWithoutItsTokenIsRefused() {
    Account owner = people.of(people.shop(), Role.OWNER);
    for (Call call : calls()) {
      if (call.method().equals("POST")) {
        HttpResponse<String> answer =
            people.visitor(owner).postBare(call.path().replaceAll("\\{[^}]*}", "0"), Map.of());
        assertThat(answer.statusCode()).as(call.path()).isEqualTo(403);
        assertThat(answer.body())
            .contains(Wording.KOREAN.of(dev.naru.console.frame.Refusal.OLD_PAGE));
      }
    }
  }

  @Test
  void aPageIsWholeOrAPart() {
    ConsoleVisitor visitor = people.visitor(people.of(people.shop(), Role.OWNER));
    HttpResponse<String> whole = visitor.get("/console");
    assertThat(whole.body()).contains("<html", "<nav");
    HttpResponse<String> part = visitor.get("/console", "HX-Request", "true");
    assertThat(part.body()).doesNotContain("<html", "<nav").contains("<h1");
  }

  @Test
  void headersAreTheConsoles() {
    HttpResponse<String> page = new ConsoleVisitor(hub.url()).get("/console/sign-in");
    assertThat(page.headers().allValues("content-security-policy"))
        .singleElement()
        .asString()
        .contains("frame-ancestors 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("cache-control").orElse("")).contains("no-store");
    assertThat(page.body()).doesNotContain("<style", " style=", "onclick");
  }
}
