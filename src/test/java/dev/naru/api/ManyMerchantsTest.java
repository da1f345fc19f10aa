package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Payments of many merchants share statements and commits, and nothing else. */
class ManyMerchantsTest {

  private static final int SHOPS = 24;
  private static final int EACH = 4;

  private final List<Shop> shops = Stream.generate(Shop::fresh).limit(SHOPS).toList();

  /** All ask for the same orders: each shop has its own, once, and the books are proved. */
  @Test
  void theSameOrderNumbersOfManyShopsAtOnce() throws Exception {
    List<Future<Api.Answer>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < EACH; n++) {
        Map<String, Object> order = Api.keyIn("same-" + n, "tosspayments", Api.GOOD_CARD);
        for (Shop shop : shops) {
          // Twice each: one of both is refused, whoever's payments it travels with.
          running.add(threads.submit(() -> shop.api().post("/subscribe/payments/onetime", order)));
          running.add(threads.submit(() -> shop.api().post("/subscribe/payments/onetime", order)));
        }
      }
    }
    Set<String> paid = new HashSet<>();
    for (Future<Api.Answer> one : running) {
      Api.Answer answer = one.get();
      assertThat(answer.code()).as(answer.message()).isIn(0, 1);
      if (answer.code() == 0) {
        paid.add(answer.response().path("imp_uid").asString());
      }
    }
    assertThat(paid).hasSize(SHOPS * EACH);
    for (Shop shop : shops) {
      for (int n = 0; n < EACH; n++) {
        assertThat(shop.api().get("/payments/find/same-" + n).response().path("status").asString())
            .isEqualTo("paid");
      }
    }
    assertThat(ledger())
        .hasSize(SHOPS)
        .allSatisfy((merchant, sum) -> assertThat(sum).isEqualTo(EACH * 10_000L));
  }

  /** One shop's locked payment: its own cancel waits, those of the others do not. */
  @Test
  void aLockedRowOfOneShopHoldsUpNoOther() throws Exception {
    for (Shop shop : shops) {
      Map<String, Object> order = Api.keyIn("locked", "tosspayments", Api.GOOD_CARD);
      assertThat(shop.api().post("/subscribe/payments/onetime", order).code()).isZero();
    }
    String locked = impUid(shops.getFirst());
    try (var connection = Hub.shared().database().dataSource().getConnection();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      connection.setAutoCommit(false);
      try (var lock =
          connection.prepareStatement("select 1 from payment where imp_uid = ? for update")) {
        lock.setString(1, locked);
        assertThat(lock.executeQuery().next()).isTrue();
      }
      List<Future<Api.Answer>> cancels =
          shops.stream().map(shop -> threads.submit(() -> cancel(shop))).toList();
      for (Future<Api.Answer> other : cancels.subList(1, SHOPS)) {
        assertThat(other.get().code()).isZero();
      }
      assertThat(cancels.getFirst().isDone()).isFalse();
      connection.rollback();
      assertThat(cancels.getFirst().get().code()).isZero();
    }
  }

  private static String impUid(Shop shop) {
    return shop.api().get("/payments/find/locked").response().path("imp_uid").asString();
  }

  private static Api.Answer cancel(Shop shop) {
    return shop.api().post("/payments/cancel", Map.of("merchant_uid", "locked"));
  }

  /** What each shop's ledger says was paid to it. */
  private Map<Long, Long> ledger() {
    Map<Long, Long> sums = new HashMap<>();
    JdbcClient.create(Hub.shared().database().dataSource())
        .sql(
            """
            select merchant_id, sum(amount) as paid from ledger
            where merchant_id in (:merchants) and credit = 'sales' group by merchant_id
            """)
        .param("merchants", shops.stream().map(shop -> shop.merchant().id()).toList())
        .query(
            row -> {
              sums.put(row.getLong("merchant_id"), row.getLong("paid"));
            });
    return sums;
  }
}
