package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.merchant.audit.Actor;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import dev.naru.testing.Receiver;
import dev.naru.webhook.Retries;
import dev.naru.webhook.log.Deliveries;
import dev.naru.webhook.log.Logged;
import dev.naru.webhook.log.Logged.Filter;
import dev.naru.webhook.setting.HookEndpoint;
import dev.naru.webhook.setting.HookEndpoint.Mode;
import dev.naru.webhook.setting.HookEvent;
import dev.naru.webhook.setting.HookPolicies;
import dev.naru.webhook.setting.HookPolicy;
import dev.naru.webhook.setting.WebhookEndpoints;
import dev.naru.webhook.setting.WebhookEndpoints.Wish;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where webhooks of real payments go, as their shop has set it. */
@OwnOrders
class WebhookEndpointsTest {

  private static final String DECLINED_CARD = "4000000000000002";

  private final Receiver receiver = Receiver.start();
  private final Shop shop = Shop.fresh();
  private final long id = shop.merchant().id();
  private final WebhookEndpoints endpoints = Hub.shared().bean(WebhookEndpoints.class);
  private final HookPolicies policies = Hub.shared().bean(HookPolicies.class);
  private final Deliveries deliveries = Hub.shared().bean(Deliveries.class);

  @AfterEach
  void close() {
    receiver.close();
  }

  private HookEndpoint endpoint(String path) {
    return endpoints.add(Actor.HUB, id, Wish.of(receiver.url(path))).endpoint();
  }

  private HookEndpoint endpoint(String path, @Nullable Set<HookEvent> events, Mode mode) {
    Wish wish = new Wish(receiver.url(path), false, events, mode, true);
    return endpoints.add(Actor.HUB, id, wish).endpoint();
  }

  private static String pay(Api api, String card, String... notices) {
    Map<String, Object> keyIn = Api.keyIn(Api.newOrder(), Shop.TOSS, card);
    if (notices.length > 0) {
      keyIn.put("notice_url", List.of(notices));
    }
    return api.post("/subscribe/payments/onetime", keyIn).response().path("imp_uid").asString();
  }

  private String pay(String card, String... notices) {
    return pay(shop.api(), card, notices);
  }

  private String pay() {
    return pay(Api.GOOD_CARD);
  }

  private void cancel(String impUid, boolean told) {
    Api.Answer answer =
        shop.api().post("/payments/cancel", Map.of("imp_uid", impUid, "enable_webhook", told));
    assertThat(answer.code()).as(answer.message()).isZero();
  }

  /** What a path was told of a payment: statuses, in their order. */
  private List<String> told(String path, String impUid) {
    return receiver.got(path).stream()
        .map(got -> JsonMapper.shared().readTree(got.body()))
        .filter(body -> body.path("imp_uid").asString().equals(impUid))
        .map(body -> body.path("status").asString())
        .toList();
  }

  private void hears(String path, String impUid, String... statuses) {
    await().untilAsserted(() -> assertThat(told(path, impUid)).containsExactly(statuses));
  }

  @Test
  void eachEndpointGetsEachEvent() {
    HookEndpoint a = endpoint("/a");
    HookEndpoint b = endpoint("/b");
    String impUid = pay();
    hears("/a", impUid, "paid");
    hears("/b", impUid, "paid");
    cancel(impUid, true);
    hears("/a", impUid, "paid", "cancelled");
    hears("/b", impUid, "paid", "cancelled");
    assertThat(deliveries.list(id, Filter.ALL, null, 10).rows())
        .extracting(Logged::endpoint)
        .containsExactly(b.id(), a.id(), b.id(), a.id());
  }

  @Test
  void oneThatIsDownDelaysNoOther() {
    try (Receiver hanging = Receiver.start()) {
      hanging.hold("/down");
      endpoints.add(Actor.HUB, id, Wish.of(hanging.url("/down")));
      endpoint("/up");
      for (int n = 0; n < 5; n++) {
        hears("/up", pay(), "paid");
      }
      assertThat(
              deliveries
                  .list(id, new Filter(null, null, Logged.Only.WAITING, null, null), null, 9)
                  .rows())
          .hasSize(5);
    }
  }

  @Test
  void aNoticeUrlReplacesThemAll() {
    endpoint("/own");
    String impUid = pay(Api.GOOD_CARD, receiver.url("/own?of=order"));
    hears("/own?of=order", impUid, "paid");
    assertThat(deliveries.list(id, Filter.ALL, null, 10).rows())
        .extracting(Logged::endpoint)
        .containsOnlyNulls();
    assertThat(told("/own", impUid)).isEmpty();
  }

  @Test
  void olderPaymentsKeepTheirUrls() {
    HookEndpoint first = endpoint("/before");
    String impUid = pay();
    hears("/before", impUid, "paid");

    endpoints.edit(Actor.HUB, id, first.id(), Wish.of(receiver.url("/after")));
    String later = pay();
    hears("/after", later, "paid");
    endpoints.end(Actor.HUB, id, first.id());
    endpoint("/third");
    cancel(impUid, true);
    cancel(later, true);
    hears("/before", impUid, "paid", "cancelled");
    hears("/after", later, "paid", "cancelled");
    assertThat(receiver.got("/third")).isEmpty();
    assertThat(endpoints.of(id)).extracting(HookEndpoint::position).containsExactly(2);
  }

  @Test
  void whoChoosesNothingHearsWhatV1Announces() {
    endpoint("/v1");
    String failed = pay(DECLINED_CARD);
    String paid = pay();
    cancel(paid, false);
    String last = pay();
    hears("/v1", last, "paid");
    hears("/v1", paid, "paid");
    assertThat(told("/v1", failed)).isEmpty();
    assertThat(deliveries.list(id, Filter.ALL, null, 10).rows()).hasSize(2);
  }

  @Test
  void failuresAndQuietCancelsAreToldOfWhereTheyAreChosen() {
    endpoint("/failures", Set.of(HookEvent.FAILED), Mode.BOTH);
    endpoint("/cancels", Set.of(HookEvent.CANCELLED_BY_API), Mode.BOTH);
    endpoint("/asked", Set.of(HookEvent.CANCELLED), Mode.BOTH);
    shop.api()
        .post("/subscribe/payments/onetime", Api.keyIn(Api.newOrder(), Shop.TOSS, DECLINED_CARD));
    await().untilAsserted(() -> assertThat(receiver.got("/failures")).hasSize(1));
    assertThat(receiver.got("/failures").getFirst().body()).contains("\"status\":\"failed\"");

    String quiet = pay();
    cancel(quiet, false);
    hears("/cancels", quiet, "cancelled");
    String loud = pay();
    cancel(loud, true);
    hears("/cancels", loud, "cancelled");
    hears("/asked", loud, "cancelled");
    assertThat(told("/asked", quiet)).isEmpty();
    assertThat(told("/failures", quiet)).isEmpty();
  }

  @Test
  void theShopsChoiceCountsForNoticeUrlsToo() {
    Set<HookEvent> all = Set.of(HookEvent.values());
    policies.update(Actor.HUB, id, new HookPolicy(all, Retries.DAYS, false, true, null));
    pay(DECLINED_CARD, receiver.url("/notice"));
    await().untilAsserted(() -> assertThat(receiver.got("/notice")).hasSize(1));
  }

  @Test
  void anEndpointForLivePaymentsHearsOfNoOther() {
    endpoint("/live", null, Mode.LIVE);
    endpoint("/test", null, Mode.TEST);
    hears("/test", pay(), "paid");
    assertThat(deliveries.list(id, Filter.ALL, null, 10).rows()).hasSize(1);
    assertThat(receiver.got("/live")).isEmpty();
  }

  @Test
  void aSubShopWithoutEndpointsUsesItsRepresentatives() {
    HookEndpoint above = endpoint("/above");
    Shop tier = shop.tier("W01");
    String impUid = pay(tier.api(), Api.GOOD_CARD);
    hears("/above", impUid, "paid");
    long tierId = tier.merchant().id();
    assertThat(deliveries.list(tierId, Filter.ALL, null, 10).rows())
        .extracting(Logged::endpoint)
        .containsExactly(above.id());
    assertThat(deliveries.list(id, Filter.ALL, null, 10).rows()).isEmpty();

    endpoints.add(Actor.HUB, tierId, Wish.of(receiver.url("/below")));
    String next = pay(tier.api(), Api.GOOD_CARD);
    hears("/below", next, "paid");
    assertThat(told("/above", next)).isEmpty();
  }

  @Test
  void aPausedEndpointHearsOfNoNewPayment() {
    HookEndpoint paused = endpoint("/paused");
    endpoint("/other");
    String before = pay();
    hears("/paused", before, "paid");
    Wish wish = new Wish(paused.url(), false, null, Mode.BOTH, false);
    endpoints.edit(Actor.HUB, id, paused.id(), wish);
    hears("/other", pay(), "paid");
    assertThat(receiver.got("/paused")).hasSize(1);
    cancel(before, true);
    hears("/paused", before, "paid", "cancelled");
  }

  @Test
  void eachHasItsContentType() {
    endpoints.add(Actor.HUB, id, new Wish(receiver.url("/form"), true, null, Mode.BOTH, true));
    endpoint("/json");
    String impUid = pay();
    hears("/json", impUid, "paid");
    await().untilAsserted(() -> assertThat(receiver.got("/form")).hasSize(1));
    Receiver.Got form = receiver.got("/form").getFirst();
    assertThat(form.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(form.body()).startsWith("imp_uid=" + impUid + "&merchant_uid=");
    JsonNode json = JsonMapper.shared().readTree(receiver.got("/json").getFirst().body());
    assertThat(json.propertyNames()).containsExactly("imp_uid", "merchant_uid", "status");
  }
}
