package dev.naru.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.naru.account.Account;
import dev.naru.account.Role;
import dev.naru.connector.Pg;
import dev.naru.kernel.HubClock;
import dev.naru.look.Onlooker;
import dev.naru.merchant.ApiKeys;
import dev.naru.merchant.ChannelGroup;
import dev.naru.merchant.ChannelGroup.Member;
import dev.naru.merchant.ChannelGroups;
import dev.naru.merchant.ChannelSetup;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Tiers;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.file.FileKeeping;
import dev.naru.merchant.file.Kept;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.merchant.setup.ChannelDraft;
import dev.naru.testing.Api;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.Hub;
import dev.naru.testing.LooksAtPages;
import dev.naru.testing.Receiver;
import dev.naru.webhook.log.Deliveries;
import dev.naru.webhook.log.Logged;
import dev.naru.webhook.setting.HookEndpoint;
import dev.naru.webhook.setting.WebhookEndpoints;
import dev.naru.webhook.setting.WebhookEndpoints.Wish;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages about channels, keys and webhooks: with data, without, and with something wrong. */
@LooksAtPages
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntegrationLookTest {

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final Onlooker onlooker = new Onlooker();
  private final Receiver receiver = Receiver.start();
  private final Merchant shop = people.shop();
  private final Map<Long, Account> owners = new HashMap<>();

  @AfterAll
  void leave() {
    onlooker.close();
    receiver.close();
  }

  private String channel(String pg, String name, Map<String, String> changes) {
    ChannelSetup setup = hub.bean(ChannelSetup.class);
    Map<String, String> fields = new HashMap<>();
    setup
        .form(pg, Pg.Mode.SANDBOX)
        .fields()
        .forEach(field -> fields.put(field.name(), String.valueOf(field.sample())));
    fields.putAll(changes);
    return setup
        .add(Actor.HUB, shop.id(), new ChannelDraft(pg, Pg.Mode.SANDBOX, name, null, fields, false))
        .key();
  }

  private String card = "";
  private String group = "";
  private String impKey = "";
  private String hook = "";
  private String sent = "";

  @BeforeAll
  void furnish() {
    List<Pg<?>> pgs = hub.bean(PgDirectory.class).all();
    card = channel(pgs.get(0).code(), "본점 카드", Map.of());
    String second = channel(pgs.get(0).code(), "정기 결제", Map.of("mid", "secondMid"));
    String kept = channel(pgs.get(1).code(), "파일에서 관리하는 아주 긴 이름의 채널입니다", Map.of());
    channel(pgs.get(3).code(), "간편결제", Map.of());
    hub.bean(ChannelSetup.class).disable(Actor.HUB, shop.id(), kept);
    hub.bean(FileKeeping.class)
        .keep(new Kept(new Kept.Name(shop.id(), Kept.Kind.CHANNEL, kept), "shops.yaml", 12, "f"));
    hub.bean(Tiers.class).create(Actor.HUB, shop, "ABC", "강남점");
    hub.bean(Tiers.class).give(Actor.HUB, shop, "ABC", second);
    group =
        hub.bean(ChannelGroups.class)
            .create(
                Actor.HUB,
                shop.id(),
                "카드 분산",
                List.of(new Member(card, 70, true), new Member(second, 30, true)))
            .id();
    plan(second);
    ApiKeys keys = hub.bean(ApiKeys.class);
    ApiKeys.Issued issued = keys.issue(Actor.HUB, shop.id(), "주문 서버");
    impKey = issued.impKey();
    keys.end(Actor.HUB, shop.id(), keys.issue(Actor.HUB, shop.id(), "이전 서버").impKey());
    WebhookEndpoints endpoints = hub.bean(WebhookEndpoints.class);
    HookEndpoint made =
        endpoints.add(Actor.HUB, shop.id(), Wish.of(receiver.url("/hook"))).endpoint();
    hook = Long.toString(made.id());
    receiver.answers("/hook", n -> n == 1 ? 500 : 200);
    Api api = new Api(hub.url(), issued.impKey(), issued.secret().reveal());
    for (int n = 0; n < 3; n++) {
      api.post(
          "/subscribe/payments/onetime",
          Api.keyIn(Api.newOrder(), pgs.get(0).code(), Api.GOOD_CARD));
    }
    Deliveries deliveries = hub.bean(Deliveries.class);
    sent =
        await()
            .atMost(Duration.ofSeconds(15))
            .until(
                () -> deliveries.list(shop.id(), Logged.Filter.ALL, null, 10).rows(),
                rows -> rows.size() == 3 && rows.stream().allMatch(one -> one.answered() != null))
            .getLast()
            .place()
            .word();
  }

  private void plan(String second) {
    ChannelGroups groups = hub.bean(ChannelGroups.class);
    ChannelGroup made = groups.get(shop.id(), group);
    Instant at =
        hub.bean(HubClock.class).instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(30));
    groups.edit(
        Actor.HUB,
        shop.id(),
        new ChannelGroup(
            made.id(),
            made.name(),
            made.members(),
            new ChannelGroup.Planned(at, List.of(new Member(second, 100, true)))));
  }

  private void signIn(Page page, Merchant of) {
    Account owner = owners.computeIfAbsent(of.id(), _ -> people.of(of, Role.OWNER));
    people.enter(page, owner);
  }

  List<String> furnished() {
    String pg = hub.bean(PgDirectory.class).all().getFirst().code();
    return List.of(
        "/console/channels",
        "/console/channels/new",
        "/console/channels/new?sample=true&pg=" + pg,
        "/console/channels/" + card,
        "/console/channels/" + card + "/disable",
        "/console/channels/" + card + "/code",
        "/console/channels/" + card + "/code?in=node",
        "/console/groups",
        "/console/groups/new",
        "/console/groups/" + group,
        "/console/groups/" + group + "/plan",
        "/console/groups/" + group + "/delete",
        "/console/integration",
        "/console/integration/addresses",
        "/console/integration/keys/new",
        "/console/integration/keys/" + impKey + "/reissue",
        "/console/webhooks",
        "/console/webhooks/new",
        "/console/webhooks/" + hook,
        "/console/webhooks/" + hook + "/key",
        "/console/webhooks/" + hook + "/end",
        "/console/webhooks/log",
        "/console/webhooks/log/" + sent,
        "/console/webhooks/log/resend");
  }

  @ParameterizedTest
  @MethodSource("furnished")
  void isGoodToLookAt(String path) {
    assertThat(onlooker.look(name(path), hub.url() + path, 200, page -> signIn(page, shop)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/channels",
        "/console/groups",
        "/console/integration",
        "/console/webhooks",
        "/console/webhooks/log"
      })
  void isGoodToLookAtWithoutData(String path) {
    Merchant empty = people.shop();
    assertThat(
            onlooker.look(
                name(path) + "-empty", hub.url() + path, 200, page -> signIn(page, empty)))
        .isEmpty();
  }

  /** As somebody does it who has no contract yet: the public test values, saved, tested. */
  @Test
  void aChannelIsAddedByHandAndTested() {
    String pg = hub.bean(PgDirectory.class).all().getFirst().code();
    assertThat(
            onlooker.lookAfter(
                "channels-tested",
                hub.url() + "/console/channels",
                page -> {
                  Merchant fresh = people.shop();
                  signIn(page, fresh);
                  page.navigate(hub.url() + "/console/channels");
                  page.locator("main a[href='/console/channels/new']").first().click();
                  page.locator("a.pick[href*='pg=" + pg + "&']").click();
                  page.locator("a[href*='sample=true']").click();
                  page.locator("main form button.primary").click();
                  page.locator("button.copy").first().waitFor();
                  assertThat(hub.bean(ChannelSetup.class).list(fresh.id())).hasSize(1);
                  page.locator("form[action$='/test'] button").click();
                  page.locator("#tested.good").waitFor();
                }))
        .isEmpty();
  }

  @Test
  void whatIsWrongIsGoodToLookAt() {
    String pg = hub.bean(PgDirectory.class).all().getFirst().code();
    String url = hub.url() + "/console/channels";
    assertThat(
            onlooker.lookAfter(
                "channels-wrong",
                url,
                page -> {
                  signIn(page, shop);
                  page.navigate(hub.url() + "/console/channels/new?pg=" + pg);
                  page.locator("#f-mid").fill("not an id");
                  page.locator("main form")
                      .evaluate("form => { form.noValidate = true; form.requestSubmit(); }");
                  page.locator(".error").first().waitFor();
                }))
        .isEmpty();
  }

  @Test
  void aSecretIsGoodToLookAt() {
    assertThat(
            onlooker.lookAfter(
                "integration-secret",
                hub.url() + "/console/integration",
                page -> {
                  signIn(page, people.shop());
                  page.navigate(hub.url() + "/console/integration/keys/new");
                  page.locator("main form button.primary").click();
                  page.locator("#secret").waitFor();
                }))
        .isEmpty();
  }

  @Test
  void whoWouldBeShutOutIsWarned() {
    assertThat(
            onlooker.lookAfter(
                "integration-addresses-outside",
                hub.url() + "/console/integration/addresses",
                page -> {
                  signIn(page, shop);
                  page.navigate(hub.url() + "/console/integration/addresses");
                  page.locator("#blocks").fill("203.0.113.0/24");
                  page.locator("main form button.primary").click();
                  page.locator(".note.warn").waitFor();
                }))
        .isEmpty();
  }

  @Test
  void aTestCallIsGoodToLookAt() {
    assertThat(
            onlooker.lookAfter(
                "webhooks-tested",
                hub.url() + "/console/webhooks/" + hook,
                page -> {
                  signIn(page, shop);
                  page.navigate(hub.url() + "/console/webhooks/" + hook);
                  page.locator("form[action$='/test'] button").click();
                  page.locator("section[role=status]").waitFor();
                }))
        .isEmpty();
  }

  @Test
  void aSumIsShownWhileSharesAreWritten() {
    assertThat(
            onlooker.lookAfter(
                "groups-sum",
                hub.url() + "/console/groups",
                page -> {
                  signIn(page, shop);
                  page.navigate(hub.url() + "/console/groups/new");
                  page.locator("[data-percent]").first().fill("60");
                  assertThat(page.locator("[data-sum-of]").textContent()).isEqualTo("60%");
                  page.locator("[data-percent]").nth(1).fill("40");
                  assertThat(page.locator("[data-sum-of].good").textContent()).isEqualTo("100%");
                }))
        .isEmpty();
  }

  private String name(String path) {
    return path.substring("/console/".length())
        .replace(card, "one")
        .replace(group, "one")
        .replace(impKey, "one")
        .replace(hook, "one")
        .replace(sent, "one")
        .replaceAll("[^a-z]+", "-");
  }
}
