package dev.naru.payment.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.attention.Attention;
import dev.naru.attention.Matter;
import dev.naru.attention.Place;
import dev.naru.attention.What;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Shards;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The books are proved, and whatever is changed past the program is found. */
@Apart
class VerificationTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  private static Hub hub;
  private static String impUid;

  @BeforeAll
  static void pay() {
    hub = Hub.start(Map.of());
    Api api = new Api(hub.url());
    String order = Api.newOrder();
    Api.Answer paid =
        api.post("/subscribe/payments/onetime", Api.keyIn(order, "tosspayments", Api.GOOD_CARD));
    impUid = paid.response().path("imp_uid").asString();
    api.post("/payments/cancel", Map.of("imp_uid", impUid, "amount", 3_000));
    // Others, of other ends: refused, refused cancel, without an answer, waiting.
    api.post(
        "/subscribe/payments/onetime",
        Api.keyIn(Api.newOrder(), "html5_inicis", "4000000000000010"));
    String standing = Api.newOrder();
    api.post(
        "/subscribe/payments/onetime", Api.keyIn(standing, "tosspayments", "4000000000009015"));
    api.post("/payments/cancel", Map.of("merchant_uid", standing));
    api.post(
        "/subscribe/payments/onetime", Api.keyIn(Api.newOrder(), "settle", "4000000000009002"));
  }

  @AfterAll
  static void close() {
    hub.close();
  }

  private static List<Verification.Difference> verify() {
    List<Verification.Difference> found = new ArrayList<>();
    Verification.Result result = hub.bean(Verification.class).run(found::add, () -> {});
    assertThat(result.payments()).isGreaterThanOrEqualTo(4);
    assertThat(result.differences()).isEqualTo(found.size());
    return found;
  }

  private static JdbcClient sql() {
    return hub.bean(Shards.class).all().getFirst().jdbc();
  }

  @Test
  void whatTheHubWritesIsTrue() {
    assertThat(verify()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "payment set amount = amount + 1",
        "payment set canceled = canceled - 1",
        "payment set currency = 'USD'",
        "payment set merchant_uid = merchant_uid || 'x'",
        "payment set channel_key = channel_key || 'x'",
        "payment set paid_at = paid_at + interval '1 second'",
        "payment set holds_order = not holds_order",
        "payment set doc = jsonb_set(doc, '{name}', '\"other\"')",
        "payment set doc = jsonb_set(doc, '{approval,applyNum}', '\"1\"')",
        "attempt set tid = tid || 'x'",
        "attempt set state = 'declined'",
        "attempt set order_id = reverse(order_id)",
        "cancellation set amount = amount + 1",
        "cancellation set money = money - 1",
        "cancellation set state = 'refused'",
        "cancellation set reason = reason || ' '",
        "event set kind = 'declined' where kind = 'approved' and imp_uid = :uid",
        "event set status = 'failed' where kind = 'approved' and imp_uid = :uid",
        "event set at = at + interval '1 second'",
        "event set data = data || '{\"x\": 1}'",
        "ledger set amount = amount + 1",
        "ledger set debit = debit || 'x'",
        "ledger set credit = 'other'"
      })
  void aFlippedByteIsFound(String change) {
    String statement = "update " + change;
    if (!change.contains(":uid")) {
      statement += " where imp_uid = :uid";
    }
    Shards.Shard shard = hub.bean(Shards.class).all().getFirst();
    String table = change.substring(0, change.indexOf(' '));
    List<Map<String, Object>> before =
        shard.jdbc().sql("select * from " + table).query().listOfRows();
    sql().sql("create table kept as select * from " + table).update();
    try {
      assertThat(sql().sql(statement).param("uid", impUid).update()).isPositive();
      assertThat(verify()).extracting(Verification.Difference::about).contains(impUid);
    } finally {
      restore(table);
    }
    assertThat(shard.jdbc().sql("select * from " + table).query().listOfRows())
        .hasSameSizeAs(before);
    assertThat(verify()).isEmpty();
  }

  private static void restore(String table) {
    String columns =
        String.join(
            ", ",
            sql()
                .sql(
                    "select column_name from information_schema.columns where table_name = :table"
                        + " and is_generated = 'NEVER'")
                .param("table", table)
                .query(String.class)
                .list());
    String key =
        switch (table) {
          case "payment" -> "imp_uid";
          case "event" -> "event_id";
          case "ledger" -> "event_id, line";
          default -> "imp_uid, no";
        };
    String same =
        String.join(
            " and ",
            List.of(key.split(", ")).stream().map(one -> "t." + one + " = k." + one).toList());
    sql()
        .sql(
            "update %s t set (%s) = (select %s from kept k where %s)"
                .formatted(table, columns, columns, same))
        .update();
    sql().sql("drop table kept").update();
  }

  @Test
  void aMissingEventIsFound() {
    sql()
        .sql("update payment set events = events + 1 where imp_uid = :uid")
        .param("uid", impUid)
        .update();
    try {
      assertThat(verify()).extracting(Verification.Difference::about).containsExactly(impUid);
    } finally {
      sql()
          .sql("update payment set events = events - 1 where imp_uid = :uid")
          .param("uid", impUid)
          .update();
    }
  }

  @Test
  void everyNightOnOneNodeAndSaysSo() {
    NightlyVerification nightly = hub.bean(NightlyVerification.class);
    assertThat(nightly.run()).isFalse();
    sql()
        .sql("update payment set amount = amount + 1 where imp_uid = :uid")
        .param("uid", impUid)
        .update();
    hub.bean(HubClock.class).offset(Duration.ofDays(1));
    await().atMost(SOON).until(VerificationTest::isOpen);
    assertThat(nightly.run()).isFalse();
    sql()
        .sql("update payment set amount = amount - 1 where imp_uid = :uid")
        .param("uid", impUid)
        .update();
    hub.bean(HubClock.class).offset(Duration.ofDays(2));
    await().atMost(SOON).until(() -> !isOpen());
    hub.bean(HubClock.class).offset(Duration.ZERO);
  }

  private static boolean isOpen() {
    return hub.bean(Attention.class).open(Place.START, 100).stream()
        .filter(matter -> matter.what() == What.BOOKS_DIFFER)
        .map(Matter::about)
        .anyMatch(impUid::equals);
  }
}
