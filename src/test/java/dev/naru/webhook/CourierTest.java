package dev.naru.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.naru.kernel.Failed;
import dev.naru.kernel.ImpUid;
import dev.naru.merchant.audit.Actor;
import dev.naru.testing.Receiver;
import dev.naru.webhook.Delivery.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CourierTest {

  private static final long SHOP = Fixture.SHOP;

  private final Receiver shop = Receiver.start();
  private Fixture hub;

  @BeforeEach
  void begin() throws Exception {
    hub = new Fixture();
  }

  @AfterEach
  void end() {
    shop.close();
    hub.close();
  }

  @Test
  void sendsTheBodyAsJsonToTheLetter() {
    hub.courier();
    ImpUid impUid = hub.payment("주문 77");
    hub.event(impUid, "approved", "paid", shop.url("/hook?a=1"));

    Receiver.Got got = only("/hook?a=1");
    assertThat(got.method()).isEqualTo("POST");
    assertThat(got.header("Content-Type")).isEqualTo("application/json");
    assertThat(got.header("User-Agent")).isEqualTo("Naru");
    assertThat(got.header("Cookie")).isNull();
    assertThat(got.body())
        .isEqualTo(
            "{\"imp_uid\":\"%s\",\"merchant_uid\":\"주문 77\",\"status\":\"paid\"}"
                .formatted(impUid));
    becomes(impUid, State.DELIVERED);
  }

  @Test
  void sendsAFormWhereTheMerchantChoseThat() {
    hub.webhooks.update(Actor.HUB, SHOP, new Webhooks.Setting(null, true));
    hub.courier();
    ImpUid impUid = hub.payment("주문 77");
    hub.event(impUid, "canceled", "cancelled", shop.url("/hook"));

    Receiver.Got got = only("/hook");
    assertThat(got.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(got.body())
        .isEqualTo(
            "imp_uid=%s&merchant_uid=%%EC%%A3%%BC%%EB%%AC%%B8+77&status=cancelled&cancellation_id=c-1"
                .formatted(impUid));
  }

  @Test
  void saysWhatTheEventSaidAndNamesCancelsAlone() {
    hub.courier();
    // The payment's row says paid, whatever the event.
    ImpUid impUid = hub.payment("order");
    hub.event(impUid, "cancel_refused", "ready", shop.url("/refused"));
    hub.event(impUid, "canceled", "cancelled", shop.url("/canceled"));

    assertThat(only("/refused").body()).endsWith("\"status\":\"ready\"}");
    assertThat(only("/canceled").body())
        .endsWith("\"status\":\"cancelled\",\"cancellation_id\":\"c-1\"}");
  }

  @Test
  void triesAgainAMinuteAfterAServerError() {
    shop.answers("/hook", n -> n == 1 ? 500 : 200);
    hub.courier();
    ImpUid impUid = hub.payment("order");
    hub.event(impUid, "approved", "paid", shop.url("/hook"));
    logged(impUid, 1);
    Delivery waiting = hub.delivery(impUid);
    assertThat(waiting.state()).isEqualTo(State.WAITING);
    assertThat(waiting.dueAt())
        .isBetween(
            waiting.createdAt().plus(Duration.ofMinutes(1)),
            hub.clock.instant().plus(Duration.ofMinutes(1)));

    hub.advance(Duration.ofMinutes(1));
    becomes(impUid, State.DELIVERED);
    assertThat(hub.delivery(impUid).log())
        .extracting(Delivery.Try::status, Delivery.Try::answer)
        .containsExactly(tuple(500, "answer 500"), tuple(200, "answer 200"));
    List<Receiver.Got> got = shop.got("/hook");
    assertThat(got.get(0).header("webhook-id"))
        .isNotNull()
        .isEqualTo(got.get(1).header("webhook-id"));
  }

  @Test
  void triesAgainWhereNobodyListened() {
    int port = shop.port();
    shop.close();
    hub.courier();
    ImpUid impUid = hub.payment("order");
    hub.event(impUid, "approved", "paid", shop.url("/hook"));
    logged(impUid, 1);
    assertThat(hub.delivery(impUid).log().getFirst().status()).isZero();
    assertThat(hub.delivery(impUid).log().getFirst().answer()).startsWith("no answer: ");

    try (Receiver back = Receiver.start(port)) {
      hub.advance(Duration.ofMinutes(1));
      becomes(impUid, State.DELIVERED);
      assertThat(back.got("/hook")).hasSize(1);
    }
  }

  @Test
  void deliversWhatADeadHubHadClaimed() {
    ImpUid impUid = hub.payment("order");
    hub.event(impUid, "approved", "paid", shop.url("/hook"));
    claimAndDie();

    hub.courier();
    ImpUid other = hub.payment("other");
    hub.event(other, "approved", "paid", shop.url("/other"));
    becomes(other, State.DELIVERED);
    assertThat(shop.got("/hook")).as("the lease holds").isEmpty();

    hub.advance(Courier.LEASE);
    becomes(impUid, State.DELIVERED);
    assertThat(shop.got("/hook")).hasSize(1);
    assertThat(hub.delivery(impUid).tries()).isEqualTo(2);
  }

  @Test
  void aHubThatIsAloneDoesNotWaitForItsOwnLease() {
    shop.answers("/later", n -> 500);
    ImpUid impUid = hub.payment("order");
    ImpUid later = hub.payment("later");
    hub.event(later, "approved", "paid", shop.url("/later"));
    Courier first = hub.courier(true);
    logged(later, 1);
    first.stop();
    hub.event(impUid, "approved", "paid", shop.url("/hook"));
    claimAndDie();

    hub.courier(true);
    becomes(impUid, State.DELIVERED);
    assertThat(shop.got("/later")).as("this one waits for its minute").hasSize(1);
  }

  @Test
  void twoHubsDeliverEachOnce() {
    hub.courier();
    hub.courier();
    List<ImpUid> all = IntStream.range(0, 100).mapToObj(n -> hub.payment("order" + n)).toList();
    all.forEach(one -> hub.event(one, "approved", "paid", shop.url("/a"), shop.url("/b")));

    await()
        .untilAsserted(
            () -> {
              assertThat(count("delivered")).isEqualTo(200);
              assertThat(shop.got()).hasSize(200);
            });
    assertThat(shop.got("/a")).extracting(got -> got.header("webhook-id")).doesNotHaveDuplicates();
    assertThat(shop.got("/b")).extracting(got -> got.header("webhook-id")).doesNotHaveDuplicates();
  }

  @Test
  void signsSoThatTheReceiverCanVerify() throws Exception {
    hub.courier();
    hub.event(hub.payment("order"), "approved", "paid", shop.url("/hook"));
    Receiver.Got got = only("/hook");
    String timestamp = Objects.requireNonNull(got.header("webhook-timestamp"));
    String secret = hub.webhooks.secret(SHOP).reveal();
    assertThat(secret).startsWith("whsec_");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
    String signed = got.header("webhook-id") + "." + timestamp + "." + got.body();

    assertThat(got.header("webhook-signature"))
        .isEqualTo(
            "v1,"
                + Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
    byte[] stored =
        hub.jdbc.sql("select webhook_secret from merchant_setting").query(byte[].class).single();
    assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("whsec_");
  }

  @Test
  void theTimestampIsTheReceiversTimeInAnAdvancedSandbox() {
    hub.advance(Duration.ofDays(40));
    hub.courier();
    hub.event(hub.payment("order"), "approved", "paid", shop.url("/hook"));
    long sent = Long.parseLong(Objects.requireNonNull(only("/hook").header("webhook-timestamp")));
    assertThat(Instant.ofEpochSecond(sent))
        .isBetween(
            hub.clock.instant().minus(Duration.ofDays(41)),
            hub.clock.instant().minus(Duration.ofDays(39)));
  }

  @Test
  void givesUpAfterThreeDaysAndReplaysByHand() {
    shop.answers("/hook", n -> n <= 2 ? 404 : 204);
    hub.courier();
    ImpUid impUid = hub.payment("order");
    long event = hub.event(impUid, "approved", "paid", shop.url("/hook"));
    logged(impUid, 1);
    assertThat(hub.delivery(impUid).dueAt())
        .as("a refusal is not asked again at once")
        .isAfter(hub.clock.instant().plus(Duration.ofMinutes(59)));

    hub.advance(Retry.PATIENCE);
    becomes(impUid, State.GIVEN_UP);
    assertThat(hub.delivery(impUid).dueAt()).isNull();

    hub.webhooks.replay(SHOP, event);
    hub.advance(Duration.ZERO);
    becomes(impUid, State.DELIVERED);
    assertThat(shop.got("/hook")).hasSize(3);
    assertThatThrownBy(() -> hub.webhooks.replay(SHOP, event + 1)).isInstanceOf(Failed.class);
    assertThatThrownBy(() -> hub.webhooks.replay(2, event)).isInstanceOf(Failed.class);
  }

  @Test
  void aDrainedCourierHasNothingOnItsWay() throws Exception {
    Courier courier = hub.courier();
    var door = shop.hold("/hook");
    ImpUid impUid = hub.payment("order");
    hub.event(impUid, "approved", "paid", shop.url("/hook"));
    only("/hook");
    Thread drain = Thread.ofVirtual().start(() -> quietly(courier));
    assertThat(drain.join(Duration.ofMillis(50))).isFalse();

    door.countDown();
    assertThat(drain.join(Duration.ofSeconds(10))).isTrue();
    assertThat(hub.delivery(impUid).state()).isEqualTo(State.DELIVERED);
    ImpUid next = hub.payment("next");
    hub.event(next, "approved", "paid", shop.url("/next"));
    assertThat(courier.nextDue()).isPresent();
    courier.resume();
    becomes(next, State.DELIVERED);
    assertThat(courier.nextDue()).isEmpty();
  }

  @Test
  void aSubMerchantUsesItsParentsUrlUntilItHasItsOwn() {
    hub.merchant(2, SHOP);
    assertThat(hub.webhooks.defaultUrl(2)).isEmpty();
    hub.webhooks.update(Actor.HUB, SHOP, new Webhooks.Setting("https://shop.example/hook", false));
    assertThat(hub.webhooks.defaultUrl(2)).contains("https://shop.example/hook");
    hub.webhooks.update(Actor.HUB, 2, new Webhooks.Setting(" https://sub.example/hook ", false));
    assertThat(hub.webhooks.defaultUrl(2)).contains("https://sub.example/hook");
    assertThat(hub.webhooks.setting(SHOP).url()).isEqualTo("https://shop.example/hook");
    for (String bad :
        List.of("shop.example", "ftp://a/b", "http://", "javascript:1", "http://a@b/")) {
      assertThatThrownBy(() -> hub.webhooks.update(Actor.HUB, 2, new Webhooks.Setting(bad, false)))
          .isInstanceOf(Failed.class);
    }
  }

  private static void quietly(Courier courier) {
    try {
      courier.drain();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a hub does that is killed before the first byte. */
  private void claimAndDie() {
    Instant now = hub.clock.instant();
    ClaimStore claims = hub.claims();
    Lanes.Room all = new Lanes().room();
    assertThat(
            claims.claim(
                claims.shards().getFirst(),
                new ClaimStore.Wish(now, now.plus(Courier.LEASE), 10, 0, all)))
        .hasSize(1);
  }

  private Receiver.Got only(String path) {
    await().untilAsserted(() -> assertThat(shop.got(path)).hasSize(1));
    return shop.got(path).getFirst();
  }

  private void becomes(ImpUid impUid, State state) {
    await().untilAsserted(() -> assertThat(hub.delivery(impUid).state()).isEqualTo(state));
  }

  private void logged(ImpUid impUid, int tries) {
    await().untilAsserted(() -> assertThat(hub.delivery(impUid).log()).hasSize(tries));
  }

  private int count(String state) {
    return hub.jdbc
        .sql("select count(*) from delivery where state = ?")
        .param(state)
        .query(Integer.class)
        .single();
  }
}
