package dev.naru.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.naru.attention.What;
import dev.naru.connector.http.Outbound;
import dev.naru.kernel.Failed;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Wording;
import dev.naru.merchant.audit.Actor;
import dev.naru.testing.Receiver;
import dev.naru.webhook.Delivery.State;
import dev.naru.webhook.log.Deliveries;
import dev.naru.webhook.log.Logged;
import dev.naru.webhook.log.Logged.Filter;
import dev.naru.webhook.log.Logged.Only;
import dev.naru.webhook.setting.HookEndpoint;
import dev.naru.webhook.setting.HookEndpoint.Mode;
import dev.naru.webhook.setting.HookPolicies;
import dev.naru.webhook.setting.HookPolicy;
import dev.naru.webhook.setting.WebhookEndpoints;
import dev.naru.webhook.setting.WebhookEndpoints.Made;
import dev.naru.webhook.setting.WebhookEndpoints.Wish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator does with a shop's webhooks. */
class HookUseCasesTest {

  private static final long SHOP = Fixture.SHOP;
  private static final Actor WHO = Actor.account("a-1", "김나루", "203.0.113.7");

  private final Receiver shop = Receiver.start();
  private Fixture hub;
  private WebhookEndpoints endpoints;
  private HookPolicies policies;
  private Deliveries deliveries;

  @BeforeEach
  void begin() throws Exception {
    use(new Fixture());
  }

  @AfterEach
  void end() {
    shop.close();
    hub.close();
  }

  private void use(Fixture fixture) {
    hub = fixture;
    endpoints = hub.bean(WebhookEndpoints.class);
    policies = hub.bean(HookPolicies.class);
    deliveries = hub.bean(Deliveries.class);
  }

  private void live() throws Exception {
    hub.close();
    use(new Fixture(true));
  }

  private Made add(String url) {
    return endpoints.add(WHO, SHOP, Wish.of(url));
  }

  private static String refused(ThrowingCallable what) {
    Failed failed = catchThrowableOfType(Failed.class, what);
    assertThat(failed).isNotNull();
    return Wording.KOREAN.of(failed.failure().why());
  }

  @Test
  void everyBadUrlIsRefusedInWords() {
    for (String bad :
        Arrays.asList(
            "",
            " ",
            "shop.example",
            "ftp://a/b",
            "http://",
            "javascript:1",
            "http://a@b/",
            "http://a b/",
            "https://shop.example/%zz",
            "//shop.example/")) {
      assertThat(refused(() -> add(bad)))
          .as(bad)
          .isEqualTo("웹훅 URL이 올바르지 않습니다. http 또는 https 주소를 입력해 주세요.");
    }
    assertThat(refused(() -> add("https://shop.example/" + "a".repeat(2_000))))
        .isEqualTo("URL이 너무 깁니다. 2000자까지 입력할 수 있습니다.");
    HookEndpoint kept = add(" https://shop.example/hook ").endpoint();
    assertThat(kept.url()).isEqualTo("https://shop.example/hook");
    assertThat(refused(() -> add("https://shop.example/hook"))).isEqualTo("이미 등록된 웹훅 URL입니다.");
    HookEndpoint other = add("https://shop.example/other").endpoint();
    assertThat(refused(() -> endpoints.edit(WHO, SHOP, other.id(), Wish.of(kept.url()))))
        .isEqualTo("이미 등록된 웹훅 URL입니다.");
    Wish nothing = new Wish("https://shop.example/x", false, Set.of(), Mode.BOTH, true);
    assertThat(refused(() -> endpoints.add(WHO, SHOP, nothing)))
        .isEqualTo("알림을 받을 이벤트를 하나 이상 선택해 주세요.");
    assertThat(refused(() -> endpoints.end(WHO, 2, kept.id()))).isEqualTo("등록되지 않은 웹훅 엔드포인트입니다.");
    assertThat(endpoints.of(SHOP)).containsExactly(kept, other);
    assertThat(audited()).containsExactly("HOOK_ADDED", "HOOK_ADDED");
  }

  @Test
  void aShopHasSoManyAndNoMore() {
    for (int n = 0; n < WebhookEndpoints.MOST; n++) {
      add("https://shop.example/" + n);
    }
    assertThat(refused(() -> add("https://shop.example/more")))
        .isEqualTo("웹훅 엔드포인트는 상점당 10개까지 등록할 수 있습니다.");
    endpoints.end(WHO, SHOP, endpoints.of(SHOP).getFirst().id());
    // The URL of one that was removed is free again.
    add("https://shop.example/0");
    assertThat(endpoints.of(SHOP)).hasSize(WebhookEndpoints.MOST);
  }

  @Test
  void privateAddressesAreRefusedInLiveMode() throws Exception {
    live();
    for (String inside :
        List.of(
            "http://127.0.0.1/hook",
            "http://10.0.0.7:8080/",
            "http://169.254.169.254/latest",
            "http://[::1]/",
            "http://localhost/",
            "https://192.168.0.1/")) {
      assertThat(refused(() -> add(inside)))
          .as(inside)
          .isEqualTo("내부망 주소는 사용할 수 없습니다. 인터넷에서 접속할 수 있는 주소를 입력해 주세요.");
      HookPolicy policy = new HookPolicy(null, Retries.DAYS, false, true, inside);
      assertThat(refused(() -> policies.update(WHO, SHOP, policy))).contains("내부망 주소");
    }
    assertThat(endpoints.of(SHOP)).isEmpty();
    assertThat(policies.own(SHOP)).isEmpty();

    // One that leads inside since it was saved is not called either.
    HookEndpoint saved = add("http://1.1.1.1/hook").endpoint();
    hub.jdbc.sql("update hook_endpoint set url = ?").param(shop.url("/hook")).update();
    hub.forget(SHOP);
    TestCalls.Tested tested = hub.bean(TestCalls.class).send(WHO, SHOP, saved.id());
    assertThat(tested.end()).isEqualTo(TestCalls.Tested.End.NOT_CALLED);
    assertThat(tested.isReceived()).isFalse();
    assertThat(shop.got()).isEmpty();
  }

  @Test
  void theTestCallSaysWhatCameBack() throws Exception {
    Made made = endpoints.add(WHO, SHOP, new Wish(shop.url("/t"), true, null, Mode.LIVE, false));
    shop.answers("/t", n -> n == 1 ? 500 : 302);
    TestCalls calls = hub.bean(TestCalls.class);
    TestCalls.Tested tested = calls.send(WHO, SHOP, made.endpoint().id());
    assertThat(tested.status()).isEqualTo(500);
    assertThat(tested.answer()).isEqualTo("answer 500");
    assertThat(tested.isReceived()).isFalse();
    Receiver.Got got = shop.got("/t").getFirst();
    assertThat(got.body())
        .isEqualTo("imp_uid=imp_000000000000&merchant_uid=naru_webhook_test&status=paid");
    assertThat(signatures(got)).containsExactly(signature(made.secret(), got));

    assertThat(calls.send(WHO, SHOP, made.endpoint().id()).status()).isEqualTo(302);
    assertThat(shop.got()).as("no redirect is followed").hasSize(2);
    shop.close();
    assertThat(calls.send(WHO, SHOP, made.endpoint().id()).end())
        .isEqualTo(TestCalls.Tested.End.NO_ANSWER);
    assertThat(refused(() -> calls.send(WHO, 2, made.endpoint().id()))).contains("등록되지 않은");
  }

  @Test
  void answersAreKeptWithoutCardNumbers() {
    assertThat(Outbound.shown("card 4111 1111 1111 1111 ok")).isEqualTo("card *** ok");
  }

  @Test
  void aKeyThatWasReplacedSignsForADay() throws Exception {
    hub.courier();
    Made made = add(shop.url("/k"));
    Secret old = made.secret();
    assertThat(endpoints.reveal(WHO, SHOP, made.endpoint().id())).isEqualTo(old);
    assertThat(signatures(sent(made, 1))).hasSize(1);

    Secret fresh = endpoints.rotate(WHO, SHOP, made.endpoint().id());
    assertThat(fresh).isNotEqualTo(old);
    Receiver.Got both = sent(made, 2);
    assertThat(signatures(both)).containsExactly(signature(fresh, both), signature(old, both));

    hub.advance(WebhookEndpoints.OVERLAP);
    Receiver.Got one = sent(made, 3);
    assertThat(signatures(one)).containsExactly(signature(fresh, one));
    assertThat(audited()).containsExactly("HOOK_ADDED", "HOOK_KEY_SHOWN", "HOOK_KEY_ROTATED");
    String rows =
        hub.jdbc
            .sql("select string_agg(audit::text || e::text, '') from audit, hook_endpoint e")
            .query(String.class)
            .single();
    assertThat(rows).doesNotContain("whsec_").contains("a-1", "203.0.113.7");
  }

  @Test
  void aKeyThatTheShopChoseSigns() throws Exception {
    hub.courier();
    Secret chosen = new Secret("whsec_b25seS1mb3ItYS1zYW5kYm94LTAxMjM0NTY3ODk=");
    hub.webhooks.update(WHO, SHOP, new Webhooks.Setting(shop.url("/k"), false), chosen);
    Made made = new Made(endpoints.of(SHOP).getFirst(), chosen);
    Receiver.Got first = sent(made, 1);
    assertThat(signatures(first)).containsExactly(signature(chosen, first));

    Secret other = new Secret("whsec_" + "QUJD".repeat(8));
    hub.webhooks.update(WHO, SHOP, new Webhooks.Setting(shop.url("/k"), false), other);
    hub.webhooks.update(WHO, SHOP, new Webhooks.Setting(shop.url("/k"), false), other);
    Receiver.Got both = sent(made, 2);
    assertThat(signatures(both)).containsExactly(signature(other, both), signature(chosen, both));
    for (String wrong :
        List.of("whsec_c2hvcnQ=", "whsec_" + "QUJD".repeat(22), "QUJD", "whsec_*")) {
      assertThat(refused(() -> endpoints.key(WHO, SHOP, made.endpoint().id(), new Secret(wrong))))
          .contains("whsec_")
          .doesNotContain(wrong);
    }
  }

  /** That of the time before there were endpoints: signed by the shop's own key. */
  @Test
  void aKeyOfTheShopIsReplacedAsWell() throws Exception {
    hub.courier();
    Made made = add(shop.url("/k"));
    hub.jdbc.sql("update hook_endpoint set secret = null").update();
    hub.forget(SHOP);
    Secret ofShop = hub.webhooks.secret(SHOP);
    Receiver.Got before = sent(made, 1);
    assertThat(signatures(before)).containsExactly(signature(ofShop, before));
    Secret fresh = endpoints.rotate(WHO, SHOP, made.endpoint().id());
    Receiver.Got both = sent(made, 2);
    assertThat(signatures(both)).containsExactly(signature(fresh, both), signature(ofShop, both));
    assertThat(hub.webhooks.secret(SHOP)).isEqualTo(ofShop);
  }

  private Receiver.Got sent(Made to, int calls) {
    hub.event(hub.payment("order" + calls), "approved", "paid", to.endpoint());
    await().untilAsserted(() -> assertThat(shop.got("/k")).hasSize(calls));
    return shop.got("/k").getLast();
  }

  private static List<String> signatures(Receiver.Got got) {
    return List.of(Objects.requireNonNull(got.header("webhook-signature")).split(" "));
  }

  private static String signature(Secret key, Receiver.Got got) throws Exception {
    byte[] bytes = Base64.getDecoder().decode(key.reveal().substring("whsec_".length()));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
    String signed =
        got.header("webhook-id") + "." + got.header("webhook-timestamp") + "." + got.body();
    return "v1,"
        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void v1sFiveRetriesAMinuteApart() {
    policies.update(WHO, SHOP, new HookPolicy(null, Retries.FIVE, false, true, null));
    shop.answers("/five", n -> 500);
    shop.answers("/no", n -> 404);
    hub.courier();
    ImpUid impUid = hub.payment("five");
    hub.event(impUid, "approved", "paid", shop.url("/five"));
    ImpUid no = hub.payment("no");
    hub.event(no, "approved", "paid", shop.url("/no"));
    for (int n = 1; n <= 5; n++) {
      logged(impUid, n);
      assertThat(hub.delivery(impUid).state()).isEqualTo(State.WAITING);
      hub.advance(Duration.ofMinutes(1));
    }
    logged(impUid, 6);
    becomes(impUid, State.GIVEN_UP);
    becomes(no, State.GIVEN_UP);
    assertThat(shop.got("/no")).hasSize(1);
  }

  @Test
  void aSubShopFollowsItsRepresentativeUntilItChooses() {
    hub.merchant(2, SHOP);
    assertThat(policies.applying(2)).isEqualTo(HookPolicy.DEFAULT);
    HookPolicy none = new HookPolicy(null, Retries.NONE, true, false, null);
    policies.update(WHO, SHOP, none);
    assertThat(policies.applying(2)).isEqualTo(none);
    HookPolicy five = new HookPolicy(null, Retries.FIVE, false, true, "https://shop.example/ask");
    policies.update(WHO, 2, five);
    assertThat(policies.applying(2)).isEqualTo(five);
    assertThat(policies.applying(SHOP)).isEqualTo(none);
    // Setting the same again changes nothing, and is not written down.
    policies.update(WHO, 2, five);
    assertThat(audited()).containsExactly("HOOK_POLICY_SET", "HOOK_POLICY_SET");
  }

  @Test
  void switchedOffThereIsOneTryAndOnesByHand() {
    policies.update(WHO, SHOP, new HookPolicy(null, Retries.NONE, false, true, null));
    shop.answers("/once", n -> n == 1 ? 500 : 200);
    hub.courier();
    ImpUid impUid = hub.payment("once");
    hub.event(impUid, "approved", "paid", shop.url("/once"));
    becomes(impUid, State.GIVEN_UP);
    await().untilAsserted(() -> assertThat(open(What.WEBHOOK_GIVEN_UP)).isOne());

    Logged row = deliveries.list(SHOP, Filter.ALL, null, 10).rows().getFirst();
    assertThat(row.answered()).isEqualTo(500);
    deliveries.resend(WHO, SHOP, row.place());
    hub.advance(Duration.ZERO);
    becomes(impUid, State.DELIVERED);
    await().untilAsserted(() -> assertThat(open(What.WEBHOOK_GIVEN_UP)).isZero());
    Logged.Place other = new Logged.Place(row.place().eventId(), 2);
    assertThat(refused(() -> deliveries.resend(WHO, SHOP, other))).contains("다시 보낼 웹훅이 없습니다.");
    assertThat(refused(() -> deliveries.resend(WHO, 2, row.place()))).contains("없습니다.");
  }

  @Test
  void theLogIsPagedAndFiltered() {
    hub.courier();
    shop.answers("/bad", n -> 404);
    Made one = add(shop.url("/one"));
    Instant begun = hub.clock.instant();
    List<ImpUid> all = new ArrayList<>();
    for (int n = 0; n < 7; n++) {
      ImpUid impUid = hub.payment("order" + n);
      all.add(impUid);
      hub.event(impUid, "approved", "paid", one.endpoint());
      hub.event(impUid, "canceled", "cancelled", shop.url("/bad"));
    }
    await()
        .untilAsserted(
            () ->
                assertThat(deliveries.list(SHOP, Filter.ALL, null, 100).rows())
                    .hasSize(14)
                    .allMatch(row -> row.answered() != null));
    List<Logged> walked = new ArrayList<>();
    Logged.@Nullable Place below = null;
    do {
      Logged.Page page = deliveries.list(SHOP, Filter.ALL, below, 3);
      assertThat(page.rows().size()).isLessThanOrEqualTo(3);
      walked.addAll(page.rows());
      below = page.next();
    } while (below != null);
    assertThat(walked).isEqualTo(deliveries.list(SHOP, Filter.ALL, null, 100).rows());
    assertThat(walked).extracting(Logged::merchantUid).first().isEqualTo("order6");

    assertThat(rows(only(Only.DELIVERED))).hasSize(7).allMatch(r -> r.url().endsWith("/one"));
    assertThat(rows(only(Only.WAITING))).hasSize(7).allMatch(r -> r.url().endsWith("/bad"));
    assertThat(rows(only(Only.GIVEN_UP))).isEmpty();
    assertThat(rows(only(Only.PARKED))).isEmpty();
    assertThat(rows(new Filter(null, null, null, one.endpoint().id(), null))).hasSize(7);
    String impUid = all.get(2).value();
    assertThat(rows(new Filter(null, null, null, null, impUid)))
        .hasSize(2)
        .allMatch(row -> row.impUid().equals(impUid));
    assertThat(rows(new Filter(begun, hub.clock.instant().plusSeconds(1), null, null, null)))
        .hasSize(14);
    assertThat(rows(new Filter(null, begun, null, null, null))).isEmpty();
    assertThat(deliveries.list(2, Filter.ALL, null, 10).rows()).isEmpty();

    Logged row = rows(only(Only.WAITING)).getFirst();
    Delivery whole = deliveries.one(SHOP, row.place()).orElseThrow();
    assertThat(whole.log()).extracting(Delivery.Try::answer).containsExactly("answer 404");
    assertThat(deliveries.one(2, row.place())).isEmpty();
    assertThat(Logged.Place.of(row.place().word())).contains(row.place());
    assertThat(Logged.Place.of("1-x")).isEmpty();
    assertThat(Logged.Place.of("9999999999999999999-1")).isEmpty();
  }

  private List<Logged> rows(Filter filter) {
    return deliveries.list(SHOP, filter, null, 100).rows();
  }

  private static Filter only(Only only) {
    return new Filter(null, null, only, null, null);
  }

  @Test
  void allThatFailedInAPeriodIsSentAgain() {
    Courier courier = hub.courier();
    shop.answers("/bad", n -> n <= 8 ? 404 : 200);
    Instant begun = hub.clock.instant();
    for (int n = 0; n < 4; n++) {
      ImpUid impUid = hub.payment("order" + n);
      hub.event(impUid, "approved", "paid", shop.url("/bad"), shop.url("/good"));
      hub.event(impUid, "canceled", "cancelled", shop.url("/bad"));
    }
    await().untilAsserted(() -> assertThat(rows(Filter.ALL)).allMatch(r -> r.answered() != null));
    Instant end = hub.clock.instant().plusSeconds(1);
    hub.jdbc
        .sql(
            """
            update delivery set state = 'given_up', due_at = null
            where state = 'waiting' and event_id = (select min(event_id) from delivery)
            """)
        .update();
    assertThat(deliveries.failed(SHOP, begun, end)).isEqualTo(4);
    assertThat(deliveries.failed(SHOP, begun.minusSeconds(60), begun)).isZero();
    assertThat(refused(() -> deliveries.resendFailed(WHO, SHOP, end, begun))).contains("조회 기간");
    assertThat(refused(() -> deliveries.resendFailed(WHO, 2, begun, end))).contains("다시 보낼");
    assertThat(shop.got("/bad")).hasSize(8);

    assertThat(deliveries.resendFailed(WHO, SHOP, begun, end)).isEqualTo(8);
    courier.wake();
    await().untilAsserted(() -> assertThat(rows(only(Only.DELIVERED))).hasSize(12));
    assertThat(shop.got("/bad")).hasSize(16);
    assertThat(shop.got("/good")).as("what was received is not sent again").hasSize(4);
    assertThat(deliveries.failed(SHOP, begun, end)).isZero();
    assertThat(audited()).containsExactly("HOOKS_RESENT");
  }

  @Test
  void aParkedEndpointIsSeenAndOpened() {
    int port = shop.port();
    shop.close();
    hub.courier();
    for (int n = 0; n < Endpoint.MOST_FAILS; n++) {
      hub.event(hub.payment("order" + n), "approved", "paid", shop.url("/gone"));
    }
    await().untilAsserted(() -> assertThat(deliveries.parked(SHOP)).hasSize(1));
    ImpUid waiting = hub.payment("waiting");
    hub.event(waiting, "approved", "paid", shop.url("/gone"));
    Logged.Parked parked = deliveries.parked(SHOP).getFirst();
    assertThat(parked.origin()).isEqualTo("http://127.0.0.1:" + port);
    assertThat(parked.nextTry()).isAfter(parked.since());
    assertThat(parked.waiting()).isEqualTo(Endpoint.MOST_FAILS + 1);
    assertThat(rows(only(Only.PARKED))).hasSize(Endpoint.MOST_FAILS + 1).allMatch(Logged::parked);
    await().untilAsserted(() -> assertThat(open(What.ENDPOINT_PARKED)).isOne());

    try (Receiver back = Receiver.start(port)) {
      assertThat(refused(() -> deliveries.unpark(WHO, 2, parked.lane()))).contains("보류");
      deliveries.unpark(WHO, SHOP, parked.lane());
      hub.advance(Duration.ZERO);
      becomes(waiting, State.DELIVERED);
      assertThat(back.got("/gone")).hasSize(1);
      assertThat(deliveries.parked(SHOP)).isEmpty();
      await().untilAsserted(() -> assertThat(open(What.ENDPOINT_PARKED)).isZero());
      assertThat(refused(() -> deliveries.unpark(WHO, SHOP, parked.lane()))).contains("보류");
    }
  }

  private long open(What what) {
    return hub.jdbc
        .sql("select count(*) from attention where what = ? and settled_at is null")
        .param(what.name())
        .query(Long.class)
        .single();
  }

  private List<String> audited() {
    return hub.jdbc.sql("select act from audit order by audit_id").query(String.class).list();
  }

  private void becomes(ImpUid impUid, State state) {
    await().untilAsserted(() -> assertThat(hub.delivery(impUid).state()).isEqualTo(state));
  }

  private void logged(ImpUid impUid, int tries) {
    await().untilAsserted(() -> assertThat(hub.delivery(impUid).log()).hasSize(tries));
  }
}
