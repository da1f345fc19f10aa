package dev.naru.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.account.Role;
import dev.naru.connector.Pg;
import dev.naru.merchant.ApiKeys;
import dev.naru.merchant.ChannelSetup;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Tiers;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Audit;
import dev.naru.merchant.audit.AuditQuery;
import dev.naru.merchant.audit.Audited;
import dev.naru.merchant.file.FileKeeping;
import dev.naru.merchant.file.Kept;
import dev.naru.merchant.setup.ChannelDraft;
import dev.naru.testing.Api;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import dev.naru.testing.Receiver;
import dev.naru.webhook.Retries;
import dev.naru.webhook.log.Deliveries;
import dev.naru.webhook.log.Logged;
import dev.naru.webhook.setting.HookEndpoint;
import dev.naru.webhook.setting.HookEvent;
import dev.naru.webhook.setting.HookPolicies;
import dev.naru.webhook.setting.HookPolicy;
import dev.naru.webhook.setting.WebhookEndpoints;
import dev.naru.webhook.setting.WebhookEndpoints.Wish;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Webhooks in the console: endpoints, what is wanted, the log, and sending again. */
@OwnOrders
class WebhookPagesTest {

  private static final String PAGE = "/console/webhooks";
  private static final String LOG = PAGE + "/log";
  private static final Pattern KEY = Pattern.compile("id=\"secret\">(whsec_[^<]+)<");

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final WebhookEndpoints endpoints = hub.bean(WebhookEndpoints.class);
  private final Deliveries deliveries = hub.bean(Deliveries.class);
  private final Merchant shop = people.shop();
  private final ConsoleVisitor dev = people.visitor(people.of(shop, Role.DEV));
  private final Receiver receiver = Receiver.start();

  @AfterEach
  void close() {
    receiver.close();
  }

  private List<Audited> audited(Act act) {
    return hub.bean(Audit.class).list(AuditQuery.of(List.of(shop.id())).acts(Set.of(act)));
  }

  private HookEndpoint endpoint(String path) {
    return endpoints.add(Actor.HUB, shop.id(), Wish.of(receiver.url(path))).endpoint();
  }

  private static String key(HttpResponse<String> page) {
    Matcher found = KEY.matcher(page.body());
    assertThat(found.find()).as(page.body()).isTrue();
    return found.group(1);
  }

  /** A payment of the shop; gives its webhook once it was tried. */
  private Logged paid() {
    ChannelSetup setup = hub.bean(ChannelSetup.class);
    Map<String, String> fields = new HashMap<>();
    setup
        .form("tosspayments", Pg.Mode.SANDBOX)
        .fields()
        .forEach(field -> fields.put(field.name(), String.valueOf(field.sample())));
    setup.add(
        Actor.HUB,
        shop.id(),
        new ChannelDraft("tosspayments", Pg.Mode.SANDBOX, "카드", null, fields, false));
    ApiKeys.Issued key = hub.bean(ApiKeys.class).issue(Actor.HUB, shop.id(), "");
    Api api = new Api(hub.url(), key.impKey(), key.secret().reveal());
    api.post(
        "/subscribe/payments/onetime", Api.keyIn(Api.newOrder(), "tosspayments", Api.GOOD_CARD));
    return await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> deliveries.list(shop.id(), Logged.Filter.ALL, null, 10).rows(),
            rows -> rows.size() == 1 && rows.getFirst().answered() != null)
        .getFirst();
  }

  @Test
  void anEndpointIsAddedCalledChangedAndRemoved() {
    assertThat(dev.get(PAGE).body()).contains("등록된 엔드포인트가 없습니다");
    String url = receiver.url("/hook");
    HttpResponse<String> added =
        dev.post(PAGE + "/new", PAGE, Map.of("url", url, "form", "true", "active", "true"));
    assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
    String key = key(added);
    HookEndpoint made = endpoints.of(shop.id()).getFirst();
    assertThat(made).matches(one -> one.form() && one.active() && one.events() == null);
    String path = PAGE + "/" + made.id();
    assertThat(dev.get(path).body()).contains(url).doesNotContain(key);
    assertThat(dev.get(PAGE).body()).contains(url).doesNotContain(key);

    receiver.answers("/hook", n -> 500);
    HttpResponse<String> tested = dev.postOnly(path + "/test", Map.of());
    assertThat(tested.body()).contains("수신 실패", "HTTP 500", "answer 500");
    assertThat(audited(Act.HOOK_TESTED)).hasSize(1);

    Map<String, String> edit =
        Map.of("url", url, "chosen", "true", "events", "FAILED", "mode", "TEST");
    assertThat(dev.post(path, path, edit).statusCode()).isEqualTo(302);
    assertThat(endpoints.get(shop.id(), made.id()))
        .matches(one -> !one.form() && !one.active() && one.mode() == HookEndpoint.Mode.TEST)
        .extracting(HookEndpoint::events)
        .isEqualTo(Set.of(HookEvent.FAILED));

    assertThat(dev.get(path + "/key").body()).doesNotContain(key);
    assertThat(key(dev.postOnly(path + "/key", Map.of()))).isEqualTo(key);
    assertThat(key(dev.postOnly(path + "/key/rotate", Map.of()))).isNotEqualTo(key);
    assertThat(audited(Act.HOOK_KEY_SHOWN)).hasSize(1);
    assertThat(audited(Act.HOOK_KEY_ROTATED))
        .singleElement()
        .satisfies(row -> assertThat(row.toString()).doesNotContain("whsec_"));

    assertThat(dev.get(path + "/end").body()).contains("삭제할까요");
    assertThat(dev.postOnly(path + "/end", Map.of()).statusCode()).isEqualTo(302);
    assertThat(endpoints.of(shop.id())).isEmpty();
    assertThat(dev.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsWrongIsSaidAndKept() {
    for (String bad : List.of("", "ftp://x/", "javascript:alert(1)", "<script>1</script>")) {
      HttpResponse<String> answer = dev.post(PAGE + "/new", PAGE, Map.of("url", bad));
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(answer.body()).contains("웹훅 URL이 올바르지 않습니다").doesNotContain("<script>1");
    }
    String tooLong = receiver.url("/" + "a".repeat(2_000));
    assertThat(dev.post(PAGE + "/new", PAGE, Map.of("url", tooLong)).body())
        .contains("너무 깁니다", tooLong);
    Map<String, String> noEvents = Map.of("url", receiver.url("/x"), "chosen", "true");
    assertThat(dev.post(PAGE + "/new", PAGE, noEvents).body()).contains("하나 이상");
    assertThat(endpoints.of(shop.id())).isEmpty();
    assertThat(audited(Act.HOOK_ADDED)).isEmpty();
    HttpResponse<String> policy =
        dev.postOnly(PAGE + "/policy", Map.of("retries", "NONE", "confirmUrl", "nowhere"));
    assertThat(policy.statusCode()).isEqualTo(422);
    assertThat(policy.body()).contains("value=\"nowhere\"");
    assertThat(hub.bean(HookPolicies.class).own(shop.id())).isEmpty();
  }

  @Test
  void whatIsWantedIsSavedAsAWhole() {
    HookPolicies policies = hub.bean(HookPolicies.class);
    Map<String, String> all =
        Map.of(
            "chosen", "true",
            "events", "PAID",
            "retries", "FIVE",
            "first", "true",
            "confirm", "true",
            "confirmUrl", receiver.url("/confirm"));
    assertThat(dev.post(PAGE, PAGE + "/policy", all).statusCode()).isEqualTo(302);
    assertThat(policies.applying(shop.id()))
        .isEqualTo(
            new HookPolicy(
                Set.of(HookEvent.PAID), Retries.FIVE, true, true, receiver.url("/confirm")));
    assertThat(dev.get(PAGE).body()).contains(receiver.url("/confirm"));
    assertThat(dev.postOnly(PAGE + "/policy", Map.of("retries", "NONE")).statusCode())
        .isEqualTo(302);
    assertThat(policies.applying(shop.id()))
        .isEqualTo(new HookPolicy(null, Retries.NONE, false, false, null));
    assertThat(audited(Act.HOOK_POLICY_SET)).hasSize(2);
  }

  @Test
  void theLogShowsEachTryAndSendsAgain() {
    HookEndpoint first = endpoint("/a");
    receiver.answers("/a", n -> n == 1 ? 500 : 200);
    assertThat(dev.get(LOG).body()).contains("전송한 웹훅이 없습니다");
    Logged failed = paid();
    String path = LOG + "/" + failed.place().word();
    assertThat(dev.get(LOG).body()).contains("HTTP 500", failed.merchantUid(), first.url());
    assertThat(dev.get(LOG + "?state=DELIVERED&endpoint=" + first.id()).body())
        .contains("조건에 맞는 기록이 없습니다");
    assertThat(dev.get(LOG + "?from=2001-01-01&to=2001-01-02").body()).contains("조건에 맞는 기록이 없습니다");
    assertThat(dev.get(LOG + "?from=yesterday").statusCode()).isEqualTo(400);
    assertThat(dev.get(LOG + "?from=&to=&state=&endpoint=&payment=" + failed.impUid()).body())
        .contains(failed.merchantUid());
    assertThat(dev.get(path).body()).contains("answer 500", failed.impUid());

    assertThat(dev.get(LOG + "/resend").body()).contains("실패한 결제: 1건");
    assertThat(dev.postOnly(path + "/resend", Map.of()).statusCode()).isEqualTo(302);
    await().atMost(Duration.ofSeconds(10)).until(() -> dev.get(path).body().contains("전송 완료"));
    assertThat(dev.get(LOG + "/resend").body()).contains("실패한 웹훅이 없습니다");
    assertThat(dev.postOnly(LOG + "/resend", Map.of()).statusCode()).isEqualTo(404);
    assertThat(audited(Act.HOOKS_RESENT)).hasSize(1);
  }

  @Test
  void allOfAPeriodIsSentAgain() {
    endpoint("/b");
    receiver.answers("/b", n -> n == 1 ? 500 : 200);
    Logged failed = paid();
    assertThat(dev.get(LOG + "/resend?from=2030-01-02&to=2030-01-01").body())
        .contains("실패한 웹훅이 없습니다");
    HttpResponse<String> sent = dev.postOnly(LOG + "/resend", Map.of());
    assertThat(sent.statusCode()).isEqualTo(302);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> dev.get(LOG + "?state=DELIVERED").body().contains(failed.merchantUid()));
    assertThat(receiver.got("/b")).hasSize(2);
  }

  @Test
  void whoMayNotWriteReadsAndOthersSeeNothing() {
    HookEndpoint one = endpoint("/c");
    String path = PAGE + "/" + one.id();
    ConsoleVisitor manager = people.visitor(people.of(shop, Role.MANAGER));
    assertThat(manager.get(path).body())
        .contains(one.url(), "<fieldset class=\"stack\" disabled")
        .doesNotContain("/key\"", "/end\"", "/test\"");
    assertThat(manager.postOnly(path + "/end", Map.of()).statusCode()).isEqualTo(403);
    assertThat(manager.get(path + "/key").statusCode()).isEqualTo(403);
    Merchant sub = hub.bean(Tiers.class).create(Actor.HUB, shop, "ABC", "강남점");
    ConsoleVisitor theirs = people.visitor(people.of(sub, Role.SUB_MANAGER));
    assertThat(theirs.get(PAGE).body()).doesNotContain(one.url());
    assertThat(theirs.get(path).statusCode()).isEqualTo(404);
    ConsoleVisitor stranger = people.visitor(people.of(people.shop(), Role.OWNER));
    for (String end : List.of("/end", "/key", "/test")) {
      assertThat(stranger.post(PAGE, path + end, Map.of()).statusCode()).isEqualTo(404);
    }
    assertThat(stranger.get(LOG + "/1-1").statusCode()).isEqualTo(404);
    assertThat(stranger.get(LOG + "/nothing").statusCode()).isEqualTo(404);
    assertThat(endpoints.of(shop.id())).hasSize(1);
  }

  @Test
  void whatAFileKeepsIsNotChanged() {
    HookEndpoint one = endpoint("/d");
    hub.bean(FileKeeping.class)
        .keep(new Kept(new Kept.Name(shop.id(), Kept.Kind.WEBHOOK, ""), "shops.yaml", 5, "f"));
    String path = PAGE + "/" + one.id();
    assertThat(dev.get(PAGE).body()).contains("5번째 줄").doesNotContain(PAGE + "/new");
    assertThat(dev.get(path).body()).contains("5번째 줄").doesNotContain(path + "/end");
    assertThat(dev.postOnly(path + "/end", Map.of()).statusCode()).isEqualTo(409);
    assertThat(dev.postOnly(path, Map.of("url", receiver.url("/e"))).statusCode()).isEqualTo(409);
    assertThat(endpoints.of(shop.id())).containsExactly(one);
  }
}
