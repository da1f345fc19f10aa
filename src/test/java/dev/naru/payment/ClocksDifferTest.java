package dev.naru.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.attention.Attention;
import dev.naru.attention.What;
import dev.naru.testing.Api;
import dev.naru.testing.Between;
import dev.naru.testing.Between.Fate;
import dev.naru.testing.FormBuyer;
import dev.naru.testing.Hub;
import dev.naru.testing.Relay;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A hub whose clock is not the PG's. Kakao Pay says of a charge without an answer no more than when
 * its key was charged last, by its own clock: that proves nothing until the clocks agree.
 */
@Execution(ExecutionMode.CONCURRENT)
class ClocksDifferTest {

  private static final Duration ENDS = Duration.ofSeconds(40);

  /** Longer than a PG that knows of nothing needs to be believed here. */
  private static final Duration BELIEVED = Hub.PATIENCE.plusSeconds(6);

  private static final String CHARGE = "/kakaopay/online/v1/payment/subscription";

  /** PGs whose clock can be set: what they write, and the date of their answers. */
  private static final class World implements AutoCloseable {

    private volatile Duration theirs = Duration.ZERO;
    private final Relay line = new Relay();
    private final Between between = new Between();
    private final Hub hub;

    World() {
      hub =
          Hub.start(
              Map.of(
                  "naru.simulator.url", line.url().toString(),
                  "naru.pg.wait", "PT1S",
                  "naru.pg.connect-timeout", "PT20S"),
              () -> Instant.now().plus(theirs));
      line.leadTo(between.url());
      between.leadTo(hub.simulatorUrl());
    }

    void set(Duration ahead) {
      theirs = ahead;
      line.shiftDates(ahead);
    }

    Api api() {
      return new Api(hub.url());
    }

    String keyed(String card) {
      String customer = "customer-" + Api.newOrder();
      Map<String, Object> order = FormBuyer.order("kakaopay.TCSUBSCRIP");
      order.put("customer_uid", customer);
      order.put("amount", 0);
      FormBuyer buyer = FormBuyer.open(hub.url(), order).pay(card);
      assertThat(buyer.comeBack()).isEqualTo(303);
      // Who comes back is answered before the PG has made the key, if that takes long.
      await().atMost(ENDS).until(() -> api().get("/subscribe/customers/" + customer).code() == 0);
      return customer;
    }

    String again(String customer) {
      Map<String, Object> parameters = new HashMap<>();
      parameters.put("customer_uid", customer);
      parameters.put("merchant_uid", Api.newOrder());
      parameters.put("amount", 9_900);
      parameters.put("name", "정기 구독");
      Api.Answer answer = api().post("/subscribe/payments/again", parameters);
      assertThat(answer.code()).as(answer.message()).isZero();
      return answer.response().path("imp_uid").asString();
    }

    String status(String impUid) {
      return api().get("/payments/" + impUid).response().path("status").asString();
    }

    void stays(String impUid, String status) {
      await()
          .during(BELIEVED)
          .atMost(BELIEVED.plus(ENDS))
          .until(() -> status(impUid), status::equals);
    }

    void becomes(String impUid, String status) {
      await().atMost(ENDS).until(() -> status(impUid), status::equals);
    }

    void tells(What what, boolean open) {
      await()
          .atMost(ENDS)
          .until(() -> hub.bean(Attention.class).counts().containsKey(what), now -> now == open);
    }

    @Override
    public void close() {
      hub.close();
      line.close();
      between.close();
    }
  }

  /** Ours ahead: the charge seems to be from before it was asked for. */
  @ParameterizedTest
  @ValueSource(ints = {-15, 15})
  void whatWasChargedIsNotCalledFailed(int seconds) {
    try (World world = new World()) {
      world.set(Duration.ofSeconds(seconds));
      String charged = world.again(world.keyed("4000000000009002"));
      world.stays(charged, "ready");
      world.tells(What.CLOCK_DIFFERS, true);
      world.set(Duration.ZERO);
      world.tells(What.CLOCK_DIFFERS, false);
      // The clocks agree again, and what was written by those that did not is still known to be.
      world.tells(What.CHARGE_WITHOUT_REFERENCE, true);
      assertThat(world.status(charged)).isEqualTo("ready");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-15, 0, 15})
  void whatWasNotChargedFailsWhenTheClocksAgree(int seconds) {
    try (World world = new World()) {
      world.set(Duration.ofSeconds(seconds));
      String customer = world.keyed(Api.GOOD_CARD);
      assertThat(world.status(world.again(customer))).isEqualTo("paid");
      Api.Answer moved = world.api().post("/sandbox/clock", Map.of("by", "PT1H"));
      assertThat(moved.status()).isEqualTo(200);
      // It never reaches the PG.
      world.between.judge(
          asked -> asked.path().equals(CHARGE) ? new Fate.Held() : new Fate.Passes());
      String lost = world.again(customer);
      if (seconds != 0) {
        world.stays(lost, "ready");
        world.set(Duration.ZERO);
      }
      world.becomes(lost, "failed");
    }
  }
}
