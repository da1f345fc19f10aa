package dev.naru.console.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.account.Account;
import dev.naru.account.Accounts;
import dev.naru.account.Action;
import dev.naru.account.Role;
import dev.naru.api.Shop;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Audit;
import dev.naru.merchant.audit.AuditQuery;
import dev.naru.merchant.audit.Audited;
import dev.naru.testing.Api;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of payments: what is in them, who may take them, and that it is written down. */
class PaymentFilesPageTest {

  private static final String PATH = "/console/payments/export";

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final Shop shop = Shop.fresh();

  private String pay(Shop by, String card) {
    Map<String, Object> request = Api.keyIn(Api.newOrder(), Shop.TOSS, card);
    by.api().post("/subscribe/payments/onetime", request);
    return String.valueOf(request.get("merchant_uid"));
  }

  private List<Audited> written() {
    return hub.bean(Audit.class)
        .list(AuditQuery.of(List.of(shop.merchant().id())).acts(Set.of(Act.PAYMENTS_EXPORTED)));
  }

  @Test
  void aFileHasTheListAndWhoTookItIsWrittenDown() {
    String paid = pay(shop, Api.GOOD_CARD);
    String failed = pay(shop, "4000-0000-0000-0002");
    Account owner = people.of(shop.merchant(), Role.OWNER);
    ConsoleVisitor visitor = people.visitor(owner);
    HttpResponse<String> form = visitor.get(PATH + "?status=paid");
    assertThat(form.body()).contains("1건", "결제 완료", "status=paid");
    HttpResponse<String> file =
        visitor.postOnly(PATH + "?status=paid", Map.of("format", "CSV", "group", "CUSTOMER"));
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.headers().firstValue("content-disposition").orElse(""))
        .matches("attachment; filename=\"payments-\\d{8}-\\d{4}\\.csv\"");
    assertThat(file.body().lines()).hasSize(2);
    assertThat(file.body()).contains(paid, "김나루").doesNotContain(failed, "카드사");
    assertThat(written())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.actor().name()).isEqualTo(owner.name());
              assertThat(row.about()).isEqualTo("CSV");
              assertThat(row.after()).contains("CUSTOMER", "status=paid");
            });
  }

  @Test
  void aWorkbookIsOne() {
    pay(shop, Api.GOOD_CARD);
    HttpResponse<String> file =
        people
            .visitor(people.of(shop.merchant(), Role.OWNER))
            .post("/console/payments", PATH, Map.of());
    assertThat(file.headers().firstValue("content-type").orElse("")).contains("spreadsheetml");
    assertThat(file.body()).startsWith("PK");
  }

  @Test
  void whatWasSearchedForIsNotWrittenDown() {
    pay(shop, Api.GOOD_CARD);
    people
        .visitor(people.of(shop.merchant(), Role.OWNER))
        .post("/console/payments", PATH + "?q=kim-secret", Map.of("format", "CSV"));
    assertThat(written())
        .singleElement()
        .satisfies(row -> assertThat(row.after()).contains("ALL").doesNotContain("kim-secret"));
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void filesAreForWhoMayTakeThem(Role role) {
    Shop home = role.ofSubShop() ? shop.tier("X1Y") : shop;
    String theirs = pay(home, Api.GOOD_CARD);
    ConsoleVisitor visitor = people.visitor(people.of(home.merchant(), role));
    HttpResponse<String> file = visitor.post("/console/account", PATH, Map.of("format", "CSV"));
    if (role.may(Action.EXPORT)) {
      assertThat(file.statusCode()).isEqualTo(200);
      assertThat(file.body().lines()).hasSize(2);
      assertThat(file.body()).contains(theirs);
    } else {
      assertThat(file.statusCode()).isEqualTo(403);
      assertThat(file.body()).doesNotContain(theirs);
    }
  }

  @Test
  void whoOnlyReadsMayBeLetTakeThem() {
    String paid = pay(shop, Api.GOOD_CARD);
    Account reader = people.of(shop.merchant(), Role.READ_ONLY);
    Account owner = people.of(shop.merchant(), Role.OWNER);
    hub.bean(Accounts.class)
        .change(owner.actor("127.0.0.1"), owner, reader.email(), Role.READ_ONLY, true);
    ConsoleVisitor visitor = people.visitor(reader);
    assertThat(visitor.get("/console/payments").body()).contains(PATH + "?");
    assertThat(visitor.post(PATH, PATH, Map.of("format", "CSV")).body()).contains(paid);
  }

  @Test
  void aSubShopsFileHasItsOwnPaymentsAlone() {
    Shop sub = shop.tier("S0B");
    String mine = pay(shop, Api.GOOD_CARD);
    String theirs = pay(sub, Api.GOOD_CARD);
    ConsoleVisitor clerk = people.visitor(people.of(sub.merchant(), Role.SUB_MANAGER));
    String file = clerk.post(PATH, PATH + "?shop=all", Map.of("format", "CSV")).body();
    assertThat(file).contains(theirs).doesNotContain(mine);
    ConsoleVisitor owner = people.visitor(people.of(shop.merchant(), Role.OWNER));
    assertThat(owner.post(PATH, PATH + "?shop=all", Map.of("format", "CSV")).body())
        .contains(theirs, mine);
  }

  @Test
  void nonsenseIsRefused() {
    ConsoleVisitor owner = people.visitor(people.of(shop.merchant(), Role.OWNER));
    assertThat(owner.post(PATH, PATH, Map.of("format", "DOC")).statusCode()).isEqualTo(400);
    assertThat(owner.post(PATH, PATH, Map.of("group", "ALL")).statusCode()).isEqualTo(400);
    assertThat(written()).isEmpty();
  }
}
