package dev.naru.crash;

import dev.naru.testing.Api;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Shops that keep paying and cancelling, with good cards and with those that make a PG misbehave.
 * Remembers what the hub said yes to: that must still be so in the end.
 */
final class Load {

  private static final List<String> CARDS =
      List.of(
          Api.GOOD_CARD,
          Api.GOOD_CARD,
          Api.GOOD_CARD,
          Api.GOOD_CARD,
          Api.GOOD_CARD,
          Api.GOOD_CARD,
          Api.GOOD_CARD,
          Api.GOOD_CARD,
          Api.GOOD_CARD,
          Api.GOOD_CARD,
          "4000000000000002",
          "4000000000009001",
          "4000000000009002",
          "4000000000009003",
          "4000000000009004",
          "4000000000009005",
          "4000000000009011",
          "4000000000009012",
          "4000000000009013",
          "4000000000009014");

  private final Api api;
  private final String run;
  private final AtomicInteger orders = new AtomicInteger();
  private final Queue<String> paid = new ConcurrentLinkedQueue<>();
  private final Queue<Cancel> canceled = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  /** A cancel that the hub confirmed: the sum it named. */
  record Cancel(String impUid, int cancelAmount) {}

  Load(Api api, String run) {
    this.api = api;
    this.run = run;
  }

  void start(int shops, long seed) {
    for (int shop = 0; shop < shops; shop++) {
      RandomGenerator random = new java.util.Random(seed + shop);
      Thread.ofVirtual().name("shop-" + shop).start(() -> shop(random));
    }
  }

  void stop() {
    stopped = true;
  }

  /** The imp_uids that the hub called paid. */
  List<String> paid() {
    return List.copyOf(paid);
  }

  List<Cancel> canceled() {
    return List.copyOf(canceled);
  }

  int orders() {
    return orders.get();
  }

  private void shop(RandomGenerator random) {
    while (!stopped) {
      try {
        buy(random);
      } catch (RuntimeException hubIsDown) {
        pause();
      }
    }
  }

  private void buy(RandomGenerator random) {
    String order = run + "-" + orders.incrementAndGet();
    String pg = random.nextBoolean() ? "tosspayments" : "html5_inicis";
    String card = CARDS.get(random.nextInt(CARDS.size()));
    Api.Answer answer = api.post("/subscribe/payments/onetime", Api.keyIn(order, pg, card));
    if (!"paid".equals(answer.response().path("status").asString(""))) {
      return;
    }
    String impUid = answer.response().path("imp_uid").asString();
    paid.add(impUid);
    for (int cancels = random.nextInt(3); cancels > 0; cancels--) {
      cancel(impUid, random.nextInt(1, 7_000));
    }
  }

  private void cancel(String impUid, int amount) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("imp_uid", impUid);
    parameters.put("amount", amount);
    Api.Answer answer = api.post("/payments/cancel", parameters);
    if (answer.code() == 0) {
      canceled.add(new Cancel(impUid, answer.response().path("cancel_amount").asInt()));
    }
  }

  /** The hub is down for seconds: asking it at full speed would only take its processor time. */
  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
