package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.contract.Conformity;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchants;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * V1's {@code POST /vbanks} for numbers the shop was given: one deposit at a time, or any number of
 * them, which {@code deposit_history} lists.
 */
class FixedVbankTest {

  private static final Map<String, Object> REFUND =
      Map.of("refund_holder", "김나루", "refund_bank", "088", "refund_account", "110123456789");

  private final Api demo = new Api(Hub.shared().url());
  private final Map<String, Object> account = Bank.account();

  private JsonNode unlimited() {
    return unlimited(demo);
  }

  private JsonNode unlimited(Api shop) {
    account.put("merchant_uid", Api.newOrder());
    account.put("vbank_num", Bank.unlimited());
    account.put("fixed_unlimited_vbank", true);
    account.remove("amount");
    return Bank.opened(shop, account);
  }

  private static void deposit(JsonNode payment, long amount, String depositor) {
    Api.Answer moved = Bank.deposit(payment.path("vbank_num").asString(), amount, depositor);
    assertThat(moved.status()).as(moved.body().toString()).isEqualTo(200);
  }

  private Api.Answer cancel(JsonNode payment, Map<String, ?> more) {
    Map<String, Object> body = new java.util.HashMap<>(REFUND);
    body.put("imp_uid", payment.path("imp_uid").asString());
    body.putAll(more);
    return demo.post("/payments/cancel", body);
  }

  private static long ledger(JsonNode payment, String account) {
    return Shop.bare()
        .database()
        .sql(
            """
            select coalesce(sum(case when debit = :account then amount
              when credit = :account then -amount else 0 end), 0)
            from ledger where imp_uid = :uid
            """)
        .param("account", account)
        .param("uid", payment.path("imp_uid").asString())
        .query(Long.class)
        .single();
  }

  /** The notice names the account alone, and goes to another shop that has the same MID. */
  @Test
  void growsInAShopThatSharesItsContract() {
    Api shop = Shop.fresh().api();
    JsonNode opened = unlimited(shop);
    deposit(opened, 3_000, "곽입금");
    Bank.becomes(shop, opened, Bank.worth(3_000));
    deposit(opened, 5_000, "황보입금");
    assertThat(Bank.becomes(shop, opened, Bank.worth(8_000)).path("deposit_history")).hasSize(2);
    assertThat(Bank.heard(demo, account)).doesNotContain("failed");
  }

  /** The order was paid by card meanwhile. */
  @Test
  void growsBesideAnOrderThatIsPaidAlready() {
    JsonNode opened = unlimited();
    Map<String, Object> card = Shop.card(Shop.TOSS, Api.GOOD_CARD);
    card.putAll(
        Map.of(
            "merchant_uid",
            opened.path("merchant_uid").asString(),
            "amount",
            1_000,
            "name",
            "나무 의자"));
    Api.Answer paid = demo.post("/subscribe/payments/onetime", card);
    assertThat(paid.response().path("status").asString()).as(paid.message()).isEqualTo("paid");
    deposit(opened, 3_000, "곽입금");
    Bank.becomes(demo, opened, Bank.worth(3_000));
    deposit(opened, 5_000, "황보입금");
    JsonNode grown = Bank.becomes(demo, opened, Bank.worth(8_000));
    assertThat(grown.path("status").asString()).isEqualTo("paid");
    assertThat(ledger(opened, "sales")).isEqualTo(-8_000);
    await()
        .untilAsserted(
            () -> assertThat(Bank.heard(demo, account)).containsExactly("paid", "paid", "ready"));
  }

  @Test
  void growsWithEachDeposit() {
    JsonNode opened = unlimited();
    assertThat(opened.path("amount").asLong()).isZero();
    assertThat(opened.path("vbank_num").asString()).isEqualTo(account.get("vbank_num"));
    assertThat(opened.path("deposit_history").isArray()).isTrue();
    assertThat(opened.path("deposit_history")).isEmpty();

    deposit(opened, 3_000, "곽입금");
    JsonNode first = Bank.becomes(demo, opened, Bank.worth(3_000));
    assertThat(first.path("status").asString()).isEqualTo("paid");
    deposit(opened, 5_000, "황보입금");
    JsonNode second = Bank.becomes(demo, opened, Bank.worth(8_000));
    assertThat(second.path("status").asString()).isEqualTo("paid");
    assertThat(second.path("paid_at")).isEqualTo(first.path("paid_at"));
    JsonNode history = second.path("deposit_history");
    assertThat(history.valueStream().map(one -> one.path("depositor_name").asString()))
        .containsExactly("곽입금", "황보입금");
    assertThat(history.valueStream().map(one -> one.path("amount").asLong()))
        .containsExactly(3_000L, 5_000L);
    assertThat(history.valueStream().map(one -> one.path("pg_tid").asString()))
        .doesNotHaveDuplicates()
        .doesNotContain("");
    assertThat(Conformity.problems("Payment", second)).isEmpty();
    await()
        .untilAsserted(
            () -> assertThat(Bank.heard(demo, account)).containsExactly("paid", "paid", "ready"));
    assertThat(ledger(opened, "sales")).isEqualTo(-8_000);
    String rows =
        Shop.bare()
            .database()
            .sql("select string_agg(d::text, ' ') from vbank_deposit d where imp_uid = :uid")
            .param("uid", opened.path("imp_uid").asString())
            .query(String.class)
            .single();
    assertThat(rows).doesNotContain("곽입금", "황보입금");
    Wire.refused(demo.delete("/vbanks/" + opened.path("imp_uid").asString()), 400, -1);
  }

  @Test
  void anAccountThatAnEarlierVersionOpenedTakesDeposits() {
    JsonNode opened = unlimited();
    Shop.bare()
        .database()
        .sql(
            """
            update payment set doc = (doc - 'wishes') || jsonb_build_object('options',
              jsonb_build_object('fixed_unlimited_vbank', 'true', 'vbank_num', :number::text))
            where imp_uid = :uid
            """)
        .param("number", opened.path("vbank_num").asString())
        .param("uid", opened.path("imp_uid").asString())
        .update();
    deposit(opened, 3_000, "곽입금");
    Bank.becomes(demo, opened, Bank.worth(3_000));
    deposit(opened, 5_000, "황보입금");
    assertThat(Bank.becomes(demo, opened, Bank.worth(8_000)).path("deposit_history")).hasSize(2);
  }

  @Test
  void manyDepositsAtOnceAreAllCounted() throws Exception {
    JsonNode opened = unlimited();
    List<Callable<Integer>> deposits = new ArrayList<>();
    for (int i = 1; i <= 12; i++) {
      long amount = 100L * i;
      deposits.add(() -> Bank.deposit(opened.path("vbank_num").asString(), amount, "입금자").status());
    }
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> one : all.invokeAll(deposits)) {
        assertThat(one.get()).isEqualTo(200);
      }
    }
    JsonNode paid = Bank.becomes(demo, opened, Bank.worth(7_800));
    assertThat(paid.path("deposit_history")).hasSize(12);
    assertThat(ledger(opened, "sales")).isEqualTo(-7_800);
  }

  @Test
  void eachCancelGivesBackAPartOfOneDeposit() {
    JsonNode opened = unlimited();
    deposit(opened, 3_000, "곽입금");
    Bank.becomes(demo, opened, Bank.worth(3_000));
    deposit(opened, 5_000, "황보입금");
    Bank.becomes(demo, opened, Bank.worth(8_000));

    Wire.refused(cancel(opened, Map.of()), 200, 1);
    Wire.refused(cancel(opened, Map.of("amount", 5_001)), 200, 1);
    Wire.refused(
        demo.post(
            "/payments/cancel",
            Map.of("imp_uid", opened.path("imp_uid").asString(), "amount", 2_000)),
        200,
        -1);
    Api.Answer part = cancel(opened, Map.of("amount", 2_000, "checksum", 8_000));
    assertThat(part.code()).as(part.message()).isZero();
    assertThat(part.response().path("status").asString()).isEqualTo("cancelled");
    assertThat(part.response().path("amount").asLong()).isEqualTo(8_000);
    assertThat(part.response().path("cancel_amount").asLong()).isEqualTo(2_000);
    assertThat(part.response().path("deposit_history")).hasSize(2);
    Api.Answer whole = cancel(opened, Map.of("amount", 5_000));
    assertThat(whole.code()).as(whole.message()).isZero();
    assertThat(balances(opened)).containsExactly(1_000L, 0L);

    deposit(opened, 700, "남궁입금");
    JsonNode more = Bank.becomes(demo, opened, Bank.worth(8_700));
    assertThat(more.path("status").asString()).isEqualTo("cancelled");
    Wire.refused(cancel(opened, Map.of("amount", 1_700)), 200, 1);
    assertThat(cancel(opened, Map.of("amount", 1_000)).code()).isZero();
    // The rest is of one deposit.
    Api.Answer rest = cancel(opened, Map.of());
    assertThat(rest.code()).as(rest.message()).isZero();
    assertThat(rest.response().path("cancel_amount").asLong()).isEqualTo(8_700);
    assertThat(balances(opened)).containsExactly(0L, 0L, 0L);
    Wire.refused(cancel(opened, Map.of("amount", 1)), 200, 1);
    assertThat(ledger(opened, "sales")).isEqualTo(-8_700);
    assertThat(ledger(opened, "refunds")).isEqualTo(8_700);
    await()
        .untilAsserted(
            () ->
                assertThat(Bank.heard(demo, account))
                    .containsExactly("cancelled", "paid", "paid", "ready"));
  }

  /** What the PG still has of each deposit, oldest first. */
  private List<Long> balances(JsonNode opened) {
    JsonNode now = demo.get("/payments/" + opened.path("imp_uid").asString()).response();
    return now.path("deposit_history")
        .valueStream()
        .map(
            one ->
                Wire.get(
                        Hub.shared()
                            .simulatorUrl()
                            .resolve("/_sim/books/settle?tid=" + one.path("pg_tid").asString()))
                    .path(0)
                    .path("balance")
                    .asLong(-1))
        .toList();
  }

  @Test
  void aNoticeCountsOnceAndOnlyIfItIsTrue() {
    JsonNode opened = unlimited();
    deposit(opened, 3_000, "곽입금");
    JsonNode paid = Bank.becomes(demo, opened, Bank.worth(3_000));
    JsonNode deposit = paid.path("deposit_history").path(0);
    String tid = deposit.path("pg_tid").asString();
    assertThat(notice(opened, tid, 3_000, true)).isEqualTo(200);
    assertThat(notice(opened, tid, 3_000, true)).isEqualTo(200);
    // Signed wrongly; never made; of another amount than in the PG's books.
    assertThat(notice(opened, "VA" + tid, 3_000, false)).isEqualTo(500);
    assertThat(notice(opened, tid + "9", 3_000, true)).isEqualTo(500);
    JsonNode other = unlimited();
    deposit(other, 900, "황보입금");
    Bank.becomes(demo, other, Bank.worth(900));
    assertThat(notice(opened, tid, 9_000, true)).isEqualTo(200);
    assertThat(demo.get("/payments/" + opened.path("imp_uid").asString()).response())
        .isEqualTo(paid);
    assertThat(Bank.heard(demo, account)).doesNotContain("failed");
  }

  /** Posts what Hecto would post of a deposit, as an attacker or a repetition might. */
  private static int notice(JsonNode payment, String tid, long amount, boolean signed) {
    String stamp =
        DateTimeFormatter.ofPattern("yyyyMMddHHmmss")
            .withZone(ZoneId.of("Asia/Seoul"))
            .format(Instant.now());
    String mid = payment.path("pg_id").asString();
    String text = "0021" + stamp + mid + "0000000" + amount + "ST1009281328226982205";
    String hash = signed ? sha256(text) : sha256(text + "x");
    String form =
        "outStatCd=0021&trdNo=%s&method=VA&bizType=B1&mchtId=%s&mchtTrdNo=0000000&trdDtm=%s&trdAmt=%d&vAcntNo=%s&dpstrNm=A&pktHash=%s"
            .formatted(tid, mid, stamp, amount, payment.path("vbank_num").asString(), hash);
    long demo = Hub.shared().bean(Merchants.class).byUserCode("imp00000000").orElseThrow().id();
    Channel channel = Hub.shared().bean(Channels.class).byPg(demo, Bank.SETTLE).orElseThrow();
    return Wire.page(
            HttpRequest.newBuilder(
                    Hub.shared()
                        .url()
                        .resolve("/notices/" + Long.toString(demo, 36) + "/" + channel.key()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build())
        .status();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void itsAmountIsNobodysToChange() {
    JsonNode opened = unlimited();
    String path = "/vbanks/" + opened.path("imp_uid").asString();
    Api.Answer ignored = demo.put(path, Map.of("amount", 5_000));
    assertThat(ignored.code()).as(ignored.message()).isZero();
    assertThat(ignored.response()).isEqualTo(opened);
    long later = opened.path("vbank_date").asLong() + 86_400;
    Api.Answer moved = demo.put(path, Map.of("amount", 0, "vbank_due", later));
    assertThat(moved.code()).as(moved.message()).isZero();
    assertThat(moved.response().path("amount").asLong()).isZero();
    assertThat(moved.response().path("vbank_date").asLong()).isEqualTo(later);
    deposit(opened, 4_000, "곽입금");
    Bank.becomes(demo, opened, Bank.worth(4_000));
    Wire.refused(demo.put(path, Map.of("vbank_due", later)), 400, -1);
  }

  @Test
  void oneThatNobodyPaidIntoIsRevokedAndGivenToAnother() {
    JsonNode opened = unlimited();
    Wire.refused(demo.post("/vbanks", account), 200, -1);
    Api.Answer closed = demo.delete("/vbanks/" + opened.path("imp_uid").asString());
    assertThat(closed.response().path("status").asString())
        .as(closed.message())
        .isEqualTo("failed");
    account.put("merchant_uid", Api.newOrder());
    JsonNode second = Bank.opened(demo, account);
    deposit(second, 2_000, "곽입금");
    Bank.becomes(demo, second, Bank.worth(2_000));
    assertThat(demo.get("/payments/" + opened.path("imp_uid").asString()).response())
        .isEqualTo(closed.response());
  }

  @Test
  void aFixedNumberIsPaidOnceAndOpenAgain() {
    account.put("vbank_num", Bank.fixed());
    JsonNode first = Bank.opened(demo, account);
    assertThat(first.path("vbank_num").asString()).isEqualTo(account.get("vbank_num"));
    assertThat(first.has("deposit_history")).isFalse();
    assertThat(first.path("escrow").asBoolean()).isFalse();
    account.put("merchant_uid", Api.newOrder());
    Wire.refused(demo.post("/vbanks", account), 200, -1);
    deposit(first, 10_000, "김나루");
    Bank.becomes(demo, first, Bank.is("paid"));
    account.put("merchant_uid", Api.newOrder());
    account.put("amount", 4_000);
    JsonNode second = Bank.opened(demo, account);
    deposit(second, 4_000, "김나루");
    assertThat(Bank.becomes(demo, second, Bank.is("paid")).path("amount").asLong())
        .isEqualTo(4_000);
  }

  @Test
  void anEscrowAccountHasAPasswordThatNobodyKeeps() {
    account.put("vbank_num", Bank.fixed());
    account.put("escrow_password", "escrow-geheim-77");
    JsonNode opened = Bank.opened(demo, account);
    assertThat(opened.path("escrow").asBoolean()).isTrue();
    String doc =
        Shop.bare()
            .database()
            .sql("select doc::text from payment where imp_uid = :uid")
            .param("uid", opened.path("imp_uid").asString())
            .query(String.class)
            .single();
    assertThat(doc).doesNotContain("geheim");
    account.put("vbank_num", Bank.fixed());
    account.put("merchant_uid", Api.newOrder());
    account.remove("buyer_email");
    Wire.refused(demo.post("/vbanks", account), 200, -1);
  }

  @ParameterizedTest
  @CsvSource({
    "amount, 1000, 200",
    "amount, text, 200",
    "vbank_num, '', 200",
    "vbank_num, abcdefgh, 200",
    "tax_free, 0, 200",
    "vat_amount, 0, 200",
    "escrow_password, 1234, 200",
    "pg, tosspayments, 501",
    "pg, html5_inicis, 501",
    "fixed_unlimited_vbank, maybe, 200"
  })
  void refusesWhatDoesNotFit(String name, String value, int status) {
    Shop shop = Shop.fresh();
    account.put("vbank_num", "2022004000099");
    account.put("fixed_unlimited_vbank", true);
    account.remove("amount");
    account.put(name, value);
    Wire.refused(shop.api().post("/vbanks", account), status, -1);
    assertThat(shop.rows("payment")).isZero();
  }

  /** Other PGs go on ignoring the number, as they did. */
  @Test
  void elsewhereANumberIsIgnored() {
    Shop shop = Shop.fresh();
    Map<String, Object> toss = Shop.account(Shop.TOSS);
    toss.put("vbank_num", "2022004000098");
    JsonNode opened = Bank.opened(shop.api(), toss);
    assertThat(opened.path("vbank_num").asString()).isNotEqualTo("2022004000098");
  }
}
