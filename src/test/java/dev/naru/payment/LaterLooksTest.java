package dev.naru.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.attention.Attention;
import dev.naru.attention.What;
import dev.naru.kernel.HubClock;
import dev.naru.testing.Api;
import dev.naru.testing.Between;
import dev.naru.testing.Between.Asked;
import dev.naru.testing.Between.Fate;
import dev.naru.testing.Book;
import dev.naru.testing.FormBuyer;
import dev.naru.testing.Hub;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * PGs that charge after the hub has settled that they did not, refuse to give back, or never answer
 * a net cancel: found out by looks of later and by notices, and brought to one end.
 */
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(OutputCaptureExtension.class)
class LaterLooksTest {

  private static final Duration ENDS = Duration.ofSeconds(40);
  private static final Fate PASSES = new Fate.Passes();
  private static final Fate HELD = new Fate.Held();
  private static final String TOSS = "tosspayments";
  private static final String INICIS = "html5_inicis";

  /** A hub that believes its PGs early, and who stands between them. */
  private static final class World implements AutoCloseable {

    private final Between line = new Between();
    private final Hub hub;
    private final Book book;

    World() {
      hub =
          Hub.start(
              Map.of(
                  "naru.simulator.url", line.url().toString(),
                  "naru.pg.wait", "PT1S",
                  "naru.pg.patience", "PT0.3S"));
      line.leadTo(hub.simulatorUrl());
      book = new Book(hub);
    }

    /** The charge itself has no answer, or this one, and reaches the PG later. */
    void hold(Fate fate) {
      Predicate<Asked> charge = LaterLooksTest::isCharge;
      line.judge(asked -> charge.test(asked) ? fate : PASSES);
    }

    Api api() {
      return new Api(hub.url());
    }

    String status(String order) {
      return api().get("/payments/find/" + order).response().path("status").asString();
    }

    void becomes(String order, String status) {
      await().atMost(ENDS).until(() -> status(order), status::equals);
    }

    /** How it was settled that nothing was charged, before the PG charged it. */
    String unnoticed(String pg, String card) {
      hold(HELD);
      String order = Api.newOrder();
      api().post("/subscribe/payments/onetime", Api.keyIn(order, pg, card));
      becomes(order, "failed");
      return order;
    }

    void charges() {
      line.judge(asked -> PASSES);
      assertThat(line.release()).isPositive();
    }

    long balance(String order) {
      return book.charges(order).stream().mapToLong(one -> one.path("balance").asLong()).sum();
    }

    void isGivenBack(String order) {
      await().atMost(ENDS).until(() -> book.charges(order).size() == 1 && balance(order) == 0);
      await().atMost(ENDS).until(() -> "reversed".equals(of(order, "state")));
      assertThat(status(order)).isEqualTo("failed");
    }

    @Nullable String of(String order, String column) {
      return JdbcClient.create(hub.database().dataSource())
          .sql(
              "select a."
                  + column
                  + "::text from attempt a join payment p on p.merchant_id = a.merchant_id"
                  + " and p.imp_uid = a.imp_uid where p.merchant_uid = :order")
          .param("order", order)
          .query(
              (row, n) -> {
                String value = row.getString(1);
                return value == null ? "" : value;
              })
          .single();
    }

    /** Until the next look is so long after the moment at which it was settled; null: never. */
    void nextLookIs(String order, @Nullable Duration after) {
      await()
          .atMost(ENDS)
          .until(
              () ->
                  JdbcClient.create(hub.database().dataSource())
                      .sql(
                          """
                          select coalesce(extract(epoch from a.due_at - a.decided_at)::bigint, -1)
                          from attempt a join payment p on p.merchant_id = a.merchant_id
                            and p.imp_uid = a.imp_uid where p.merchant_uid = :order
                          """)
                      .param("order", order)
                      .query(Long.class)
                      .single(),
              seconds ->
                  after == null
                      ? seconds == -1
                      : seconds >= after.toSeconds() && seconds <= after.toSeconds() + 5);
    }

    void clock(Duration ahead) {
      hub.bean(HubClock.class).offset(ahead);
    }

    @Override
    public void close() {
      hub.close();
      line.close();
    }
  }

  private static boolean isCharge(Asked asked) {
    return asked.path().endsWith("/v1/payments/key-in")
        || asked.path().endsWith("/spay/APICardActionPay.do")
        || asked.path().endsWith("/capture")
        || asked.path().endsWith("/stdpay/api/payAuth")
        || (asked.path().endsWith("/iniapi/api/v1/billing")
            && asked.text().contains("type=Billing"));
  }

  @ParameterizedTest
  @CsvSource({"10", "60", "1440"})
  void anApprovalThatLandsBeforeALaterLookIsReversedByIt(int minutes) {
    try (World world = new World()) {
      String order = world.unnoticed(INICIS, Api.GOOD_CARD);
      List<Integer> looks = List.of(10, 60, 1440);
      for (int look : looks) {
        world.nextLookIs(order, Duration.ofMinutes(look));
        if (look == minutes) {
          world.charges();
          assertThat(world.balance(order)).isEqualTo(10_000);
        }
        world.clock(Duration.ofMinutes(look).plusSeconds(30));
        if (look == minutes) {
          world.isGivenBack(order);
          return;
        }
      }
    }
  }

  @Test
  void afterADayNobodyLooksAnyMore() {
    try (World world = new World()) {
      String order = world.unnoticed(INICIS, Api.GOOD_CARD);
      world.clock(Duration.ofHours(25));
      world.nextLookIs(order, null);
      assertThat(world.status(order)).isEqualTo("failed");
    }
  }

  /** The PG tells of its charge itself: nobody waits for the next look. */
  @ParameterizedTest
  @CsvSource({"tosspayments"})
  void aNoticeOfAnUnnoticedChargeIsALook(String pg) {
    try (World world = new World()) {
      String order = world.unnoticed(pg, Api.GOOD_CARD);
      world.nextLookIs(order, Duration.ofMinutes(10));
      world.charges();
      world.isGivenBack(order);
    }
  }

  /** It said no, and charges all the same. */
  @Test
  void aNoticeOfAChargeThatPaypalDeclinedIsALook() {
    try (World world = new World()) {
      world.hold(
          new Fate.Answered(
              422,
              "application/json",
              """
              {"name":"UNPROCESSABLE_ENTITY","details":[{"issue":"INSTRUMENT_DECLINED"}]}
              """));
      Map<String, Object> order = FormBuyer.order("paypal_v2");
      order.put("pay_method", "paypal");
      order.put("amount", 12.5);
      FormBuyer buyer = FormBuyer.open(world.hub.url(), order).pay(Api.GOOD_CARD);
      assertThat(buyer.comeBack()).isEqualTo(303);
      String uid = String.valueOf(order.get("merchant_uid"));
      world.becomes(uid, "failed");
      assertThat(world.of(uid, "state")).isEqualTo("declined");
      world.charges();
      world.isGivenBack(uid);
    }
  }

  /** As INICIS posts it of its mobile window; a notice proves nothing by itself. */
  @Test
  void aNoticeOfInicisAboutADeclinedAttemptIsALook() {
    try (World world = new World()) {
      String order = world.unnoticed(INICIS, Api.GOOD_CARD);
      world.nextLookIs(order, Duration.ofMinutes(10));
      notice(world, order);
      // Nothing was charged: it stays at that.
      world.nextLookIs(order, Duration.ofMinutes(10));
      assertThat(world.of(order, "state")).isEqualTo("declined");
      world.charges();
      notice(world, order);
      world.isGivenBack(order);
    }
  }

  private static void notice(World world, String order) {
    String channel =
        JdbcClient.create(world.hub.database().dataSource())
            .sql("select channel_key from payment where merchant_uid = :order")
            .param("order", order)
            .query(String.class)
            .single();
    String fields =
        "P_STATUS=00&P_TYPE=CARD&P_MID=INIpayTest&P_AMT=10000&P_OID=" + world.of(order, "order_id");
    HttpRequest told =
        HttpRequest.newBuilder(world.hub.url().resolve("/notices/1/" + channel))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(fields))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(http.send(told, BodyHandlers.ofString()).body()).isEqualTo("OK");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Toss Payments repeats its answer to a key: each refusal is followed by a new one. */
  @Test
  void aRefusedReversalIsAskedForUnderANewKeyAndThenAMatter() {
    try (World world = new World()) {
      String order = world.unnoticed(TOSS, Api.GOOD_CARD);
      Map<String, Integer> keys = new ConcurrentHashMap<>();
      world.line.judge(
          asked -> {
            if (!asked.method().equals("POST") || !asked.path().endsWith("/cancel")) {
              return PASSES;
            }
            keys.merge(asked.header("Idempotency-Key"), 1, Integer::sum);
            // What is asked for under the fourth key is done.
            return keys.size() > 3
                ? PASSES
                : new Fate.Answered(
                    403,
                    "application/json",
                    "{\"code\":\"NOT_CANCELABLE_PAYMENT\",\"message\":\"취소할 수 없는 결제입니다.\"}");
          });
      assertThat(world.line.release()).isPositive();
      await()
          .atMost(ENDS)
          .until(
              () ->
                  world.hub.bean(Attention.class).counts().containsKey(What.REVERSAL_REFUSED)
                      || keys.size() > 3);
      await().atMost(ENDS).until(() -> world.balance(order) == 0);
      assertThat(keys.values()).allMatch(times -> times == 1);
      assertThat(keys).hasSize(4);
      assertThat(lookedUpBeforeEachCancel(world)).isTrue();
      world.becomes(order, "failed");
      await()
          .atMost(ENDS)
          .until(
              () -> !world.hub.bean(Attention.class).counts().containsKey(What.REVERSAL_REFUSED));
    }
  }

  private static boolean lookedUpBeforeEachCancel(World world) {
    boolean looked = false;
    for (Asked asked : world.line.asked()) {
      if (asked.method().equals("GET") && asked.path().contains("/v1/payments/orders/")) {
        looked = true;
      } else if (asked.path().endsWith("/cancel")) {
        if (!looked) {
          return false;
        }
        looked = false;
      }
    }
    return true;
  }

  private static Map<String, Object> window() {
    return FormBuyer.order(INICIS);
  }

  private static final Pattern UNDO = Pattern.compile("/(netCancel|payNetCancel)");

  private static Map<String, Object> phone() {
    Map<String, Object> order = new HashMap<>(window());
    order.put("m_redirect_url", "https://shop.example/done");
    return order;
  }

  /** Nobody answers it: the books are read in the end, and what they say counts. */
  @Test
  void aNetCancelThatIsNeverAnsweredIsFollowedByTheBooks(CapturedOutput log) {
    try (World world = new World()) {
      world.line.judge(asked -> UNDO.matcher(asked.path()).find() ? HELD : PASSES);
      Map<String, Object> order = phone();
      FormBuyer buyer = FormBuyer.open(world.hub.url(), order).pay("4000000000009002");
      assertThat(buyer.comeBack()).isEqualTo(303);
      String uid = String.valueOf(order.get("merchant_uid"));
      for (int minute = 1; minute < 20 && !world.status(uid).equals("paid"); minute++) {
        int tries = Integer.parseInt(String.valueOf(world.of(uid, "tries")));
        world.clock(Duration.ofMinutes(minute));
        await()
            .atMost(ENDS)
            .until(
                () ->
                    world.status(uid).equals("paid")
                        || Integer.parseInt(String.valueOf(world.of(uid, "tries"))) > tries);
      }
      assertThat(world.status(uid)).isEqualTo("paid");
      assertThat(world.balance(uid)).isEqualTo(10_000);
      long undone =
          world.line.asked().stream().filter(one -> UNDO.matcher(one.path()).find()).count();
      assertThat(undone).isBetween(6L, 8L);
      assertThat(log.getOut().lines())
          .filteredOn(line -> line.contains("the net cancel of " + buyer.impUid()))
          .isNotEmpty();
    }
  }

  /** It was undone, says the PG, and then it charges. */
  @Test
  void aNetCancelThatWasAnsweredIsFollowedByALook() {
    try (World world = new World()) {
      world.line.judge(
          asked ->
              UNDO.matcher(asked.path()).find()
                  ? new Fate.Answered(200, "text/html", "P_STATUS=00&P_RMESG1=ok")
                  : asked.path().endsWith("/smart/payReq.ini") ? HELD : PASSES);
      Map<String, Object> order = phone();
      FormBuyer buyer = FormBuyer.open(world.hub.url(), order).pay(Api.GOOD_CARD);
      assertThat(buyer.comeBack()).isEqualTo(303);
      String uid = String.valueOf(order.get("merchant_uid"));
      world.becomes(uid, "failed");
      world.nextLookIs(uid, Duration.ofMinutes(10));
      world.line.judge(asked -> PASSES);
      // What was held is the approval first, then the net cancel that the PG did not make.
      assertThat(world.line.releaseFirst()).isTrue();
      await().atMost(ENDS).until(() -> world.balance(uid) == 10_000);
      world.clock(Duration.ofMinutes(11));
      world.isGivenBack(uid);
    }
  }
}
