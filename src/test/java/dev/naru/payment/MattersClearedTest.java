package dev.naru.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.account.Role;
import dev.naru.attention.Attention;
import dev.naru.attention.Clocks;
import dev.naru.attention.Jobs;
import dev.naru.attention.Matter;
import dev.naru.attention.Place;
import dev.naru.attention.What;
import dev.naru.connector.Pg;
import dev.naru.connector.http.PgClocks.Skew;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Wording;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchants;
import dev.naru.merchant.audit.Actor;
import dev.naru.payment.proof.Verification;
import dev.naru.payment.store.PaymentStore;
import dev.naru.payment.story.Story;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.FormBuyer;
import dev.naru.testing.Hub;
import dev.naru.testing.Receiver;
import dev.naru.webhook.Retries;
import dev.naru.webhook.setting.HookPolicies;
import dev.naru.webhook.setting.HookPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Every kind of matter: how it comes about, and how a person at the console gets rid of it. */
@Apart
@Execution(ExecutionMode.SAME_THREAD)
class MattersClearedTest {

  private static final Duration ENDS = Duration.ofSeconds(40);
  private static final long SHOP = 1;
  private static final Teller PG = new Teller();
  private static final Hub HUB =
      Hub.start(
          Map.of("naru.pg.patience", "PT1S", "naru.pg.wait", "PT0.3S"),
          List.of(PG.byRef(), PG.blind(), PG.confirming(), PG.listed()));

  private static Duration ahead = Duration.ZERO;

  private final ConsolePeople people = new ConsolePeople(HUB);
  private final ConsoleVisitor owner =
      people.visitor(people.of(HUB.bean(Merchants.class).get(SHOP), Role.OWNER));

  /** How a matter comes about, and goes; both know it by what it is about. */
  private interface Case {
    void run(What what) throws IOException;
  }

  @AfterAll
  static void end() {
    HUB.close();
    PG.close();
  }

  @BeforeEach
  void begin() {
    PG.reset();
    for (Pg<?> pg : List.of(PG.byRef(), PG.blind(), PG.confirming())) {
      HUB.bean(Channels.class)
          .add(SHOP, "channel-key-" + pg.code(), pg, Pg.Mode.TEST, new Teller.Config("T"));
    }
    HUB.bean(Channels.class)
        .add(SHOP, "channel-key-listed", PG.listed(), Pg.Mode.LIVE, new Teller.Config("T"));
  }

  @TestFactory
  Stream<DynamicTest> everyKindComesAndGoes() {
    Map<What, Case> table = new EnumMap<>(What.class);
    table.put(What.OUTCOME_UNKNOWN, this::outcomeUnknown);
    table.put(What.CANCEL_UNDECIDED, this::cancelUndecided);
    table.put(What.CANCEL_REFUSED, this::cancelRefused);
    table.put(What.REVERSAL_REFUSED, this::reversalRefused);
    table.put(What.PAID_OTHERWISE, this::paidOtherwise);
    table.put(What.LOOKUP_FAILS, this::lookUpFails);
    table.put(What.BALANCE_UNEXPLAINED, this::balanceUnexplained);
    table.put(What.WEBHOOK_GIVEN_UP, this::webhookGivenUp);
    table.put(What.ENDPOINT_PARKED, this::endpointParked);
    table.put(What.JOB_FAILS, this::jobFails);
    table.put(What.CREDENTIALS_FAIL, this::credentialsFail);
    table.put(What.CLOCK_DIFFERS, this::clockDiffers);
    table.put(What.BOOKS_DIFFER, this::booksDiffer);
    table.put(What.TEST_CHARGE_STANDS, this::testChargeStands);
    table.put(What.PG_UNREACHABLE, this::pgUnreachable);
    table.put(What.CHARGE_WITHOUT_REFERENCE, this::chargeWithoutReference);
    table.put(What.NOTICE_UNREADABLE, this::noticeUnreadable);
    assertThat(table.keySet()).containsExactly(What.values());
    Stream<DynamicTest> cases =
        table.entrySet().stream()
            .map(
                one ->
                    DynamicTest.dynamicTest(
                        one.getKey().name(),
                        () -> {
                          PG.reset();
                          one.getValue().run(one.getKey());
                        }));
    return Stream.concat(
        cases, Stream.of(DynamicTest.dynamicTest("the books agree", this::booksAgree)));
  }

  /** Whatever was decided by hand is proved like everything else. */
  private void booksAgree() {
    assertThat(HUB.bean(Verification.class).run(_ -> {}, () -> {}).differences()).isZero();
  }

  // What the PG does not tell

  private void outcomeUnknown(What what) {
    PG.says("charge", Teller.SILENCE);
    JsonNode charged = keyIn("blind", Api.newOrder());
    Matter matter = opens(what, uid(charged));
    refused(matter, "money/take-paid", Map.of("reason", "확인", "tid", "T-1"), "체크해 주세요");
    refused(matter, "money/take-paid", sure("tid", " "), "PG사 거래번호를");
    refused(matter, "money/take-paid", Map.of("sure", "true", "tid", "T-1"), "사유를 입력");
    assertThat(status(charged)).isEqualTo("ready");
    done(matter, "money/take-paid", sure("tid", "T-777"));
    JsonNode paid = payment(charged);
    assertThat(paid.path("status").asString()).isEqualTo("paid");
    assertThat(paid.path("pg_tid").asString()).isEqualTo("T-777");
    assertThat(ledger(charged)).isEqualTo(10_000);
    assertThat(decidedBy(charged, "approved")).isEqualTo("홍길동");
    assertThat(told(charged)).contains("홍길동 님이 10,000원이 결제된 것으로 처리했습니다. 사유: 상점관리자에서 확인");
    closes(matter);
    // Whoever presses once more changes nothing.
    refused(matter, "money/take-unpaid", sure(), "할 수 없는 조치");
    assertThat(status(charged)).isEqualTo("paid");
    assertThat(audited("OUTCOME_TAKEN", uid(charged))).isOne();
    // What was taken as paid is a payment like any other.
    assertThat(api().post("/payments/cancel", Map.of("imp_uid", uid(charged))).code()).isZero();

    PG.says("charge", Teller.SILENCE);
    JsonNode lost = keyIn("blind", Api.newOrder());
    Matter second = opens(what, uid(lost));
    done(second, "money/take-unpaid", sure());
    assertThat(status(lost)).isEqualTo("failed");
    assertThat(told(lost)).contains("홍길동 님이 결제되지 않은 것으로 처리했습니다. 사유: 상점관리자에서 확인");
    assertThat(ledger(lost)).isZero();
    closes(second);
  }

  private void chargeWithoutReference(What what) {
    PG.says("confirm", Teller.NAMELESS);
    JsonNode open = claimed();
    Matter matter = opens(what, uid(open));
    // While its PG is asked, nobody is asked to guess.
    assertThat(owner.get(path(matter)).body()).doesNotContain("/money/");
    until(open, () -> owner.get(path(matter)).body().contains("/money/take-paid"));
    done(matter, "money/take-paid", sure("tid", "T-9"));
    assertThat(payment(open).path("pg_tid").asString()).isEqualTo("T-9");
    assertThat(status(open)).isEqualTo("paid");
    closes(matter);
  }

  /** A window that charges by itself, and whose browser says that it did. */
  private static JsonNode claimed() {
    FormBuyer buyer = FormBuyer.open(HUB.url(), FormBuyer.order("confirming.T"));
    assertThat(buyer.comeBack(Map.of("claim", "paid"))).isEqualTo(303);
    return api().get("/payments/" + buyer.impUid()).response();
  }

  /** Minutes pass, and the PG is asked in each, until it is so. */
  private static void until(JsonNode open, BooleanSupplier so) {
    for (int minute = 0; minute < 30 && !so.getAsBoolean(); minute++) {
      int tries = Integer.parseInt(attempt(open, "tries"));
      moveOn(Duration.ofMinutes(1));
      await().atMost(ENDS).until(() -> Integer.parseInt(attempt(open, "tries")) > tries);
    }
  }

  private void cancelUndecided(What what) {
    JsonNode paid = keyIn("byref", Api.newOrder());
    PG.says("cancel", Teller.SILENCE);
    api().post("/payments/cancel", Map.of("imp_uid", uid(paid), "amount", 4_000));
    Matter matter = opens(what, uid(paid));
    assertThat(owner.get(path(matter) + "/money/take-canceled").body()).contains("4,000원");
    done(matter, "money/take-canceled", sure());
    assertThat(payment(paid).path("cancel_amount").asLong()).isEqualTo(4_000);
    assertThat(ledger(paid)).isEqualTo(6_000);
    assertThat(told(paid)).contains("홍길동 님이 4,000원이 취소된 것으로 처리했습니다. 사유: 상점관리자에서 확인");
    closes(matter);

    JsonNode other = keyIn("byref", Api.newOrder());
    api().post("/payments/cancel", Map.of("imp_uid", uid(other), "amount", 4_000));
    Matter second = opens(what, uid(other));
    done(second, "money/take-not-canceled", sure());
    assertThat(payment(other).path("cancel_amount").asLong()).isZero();
    assertThat(ledger(other)).isEqualTo(10_000);
    assertThat(told(other)).contains("홍길동 님이 4,000원이 취소되지 않은 것으로 처리했습니다. 사유: 상점관리자에서 확인");
    closes(second);
    PG.says("cancel", Teller.YES);
    assertThat(api().post("/payments/cancel", Map.of("imp_uid", uid(other))).code()).isZero();
  }

  private void cancelRefused(What what) {
    JsonNode paid = keyIn("byref", Api.newOrder());
    PG.says("cancel", Teller.SILENCE, "NO:정산 완료된 거래");
    api().post("/payments/cancel", Map.of("imp_uid", uid(paid)));
    Matter matter = opens(what, uid(paid));
    assertThat(owner.get(path(matter)).body()).contains("정산 완료된 거래");
    PG.says("cancel", Teller.YES);
    done(matter, "money/cancel-again", sure("turn", "1"));
    assertThat(status(paid)).isEqualTo("cancelled");
    closes(matter);
  }

  private void reversalRefused(What what) {
    PG.says("charge", Teller.SILENCE);
    PG.says("undo", Teller.NOTHING);
    JsonNode charged = keyIn("byref", Api.newOrder());
    becomes(charged, "failed");
    // It turns up after all, and the PG does not take it back.
    PG.says("cancel", "NO:취소할 수 없는 거래");
    notice(charged);
    Matter matter = opens(what, uid(charged));
    done(matter, "money/take-given-back", sure());
    assertThat(attempt(charged, "state")).isEqualTo("reversed");
    assertThat(told(charged)).contains("홍길동 님이 뒤늦은 승인을 되돌린 것으로 처리했습니다. 사유: 상점관리자에서 확인");
    assertThat(status(charged)).isEqualTo("failed");
    closes(matter);
  }

  private void lookUpFails(What what) {
    PG.says("confirm", Teller.SILENCE);
    JsonNode open = claimed();
    until(open, () -> find(what, uid(open)) != null);
    Matter matter = opens(what, uid(open));
    PG.says("confirm", Teller.YES);
    done(matter, "do/look-again", Map.of());
    becomes(open, "paid");
    closes(matter);
  }

  /** Two accounts wait for one order, and both are paid into. */
  private void paidOtherwise(What what) {
    String order = Api.newOrder();
    JsonNode first = account(order);
    JsonNode second = account(order);
    deposit(first);
    becomes(first, "paid");
    deposit(second);
    becomes(second, "paid");
    Matter matter = opens(what, uid(second));
    // Where the money goes back to an account, the payment's own form asks for it.
    assertThat(owner.get(path(matter)).body())
        .contains("/console/payments/" + uid(second))
        .doesNotContain("give-back");
    dismiss(matter);
    assertThat(told(second)).anyMatch(one -> one.matches("홍길동 님이 직접 종결했습니다: .*확인했습니다"));
  }

  private static JsonNode account(String order) {
    Map<String, Object> wanted = new HashMap<>(Api.keyIn(order, "tosspayments", Api.GOOD_CARD));
    wanted.keySet().removeIf(name -> name.startsWith("card") || name.equals("pwd_2digit"));
    wanted.put("vbank_code", "088");
    wanted.put(
        "vbank_due", HUB.bean(HubClock.class).instant().plus(Duration.ofDays(1)).getEpochSecond());
    wanted.put("vbank_holder", "나루상점");
    Api.Answer answer = api().post("/vbanks", wanted);
    assertThat(answer.code()).as(answer.message()).isZero();
    return answer.response();
  }

  private static void deposit(JsonNode account) {
    String number = account.path("vbank_num").asString();
    URI to = HUB.simulatorUrl().resolve("/_sim/vbanks/tosspayments/" + number + "/deposit");
    Api.Answer moved =
        new Api(HUB.simulatorUrl())
            .bare(
                HttpRequest.newBuilder(to)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{}")));
    assertThat(moved.status()).as(moved.body().toString()).isEqualTo(200);
  }

  /** The PG undoes a charge that it tells of in that moment, and that is being cancelled. */
  private void balanceUnexplained(What what) {
    String order = Api.newOrder();
    PG.says("charge", Teller.SILENCE);
    PG.says("cancel", Teller.SILENCE);
    PG.meanwhile(
        "undo",
        () -> {
          JsonNode told = api().get("/payments/find/" + order).response();
          notice(told);
          api().post("/payments/cancel", Map.of("imp_uid", uid(told), "amount", 4_000));
        });
    JsonNode charged = keyIn("byref", order);
    Matter matter = opens(what, uid(charged));
    assertThat(owner.get(path(matter)).body()).contains("/do/look-again");
    dismiss(matter);
    // The cancel that ran is told of by who has looked at the PG's pages.
    done(opens(What.CANCEL_UNDECIDED, uid(charged)), "money/take-not-canceled", sure());
  }

  /** A card is tested by a charge that is cancelled at once. */
  private void testChargeStands(What what) {
    String order = Api.newOrder();
    String customer = "customer-" + order;
    Map<String, Object> card = new HashMap<>(Api.keyIn(order, "blind.T", Api.GOOD_CARD));
    card.remove("amount");
    assertThat(api().issueKey(customer, card).code()).isZero();
    PG.says("cancel", "NO:거절");
    Map<String, Object> one =
        Map.of(
            "merchant_uid",
            order,
            "schedule_at",
            HUB.bean(HubClock.class).instant().getEpochSecond() + 86_400,
            "amount",
            10_000);
    api()
        .post(
            "/subscribe/payments/schedule",
            Map.of("customer_uid", customer, "checking_amount", 1_000, "schedules", List.of(one)));
    Matter matter = opensBeneath(what, "imps_");
    JsonNode paid = api().get("/payments/" + matter.about()).response();
    refused(matter, "money/give-back", sure("turn", "0"), "거절");
    PG.says("cancel", Teller.YES);
    done(matter, "money/give-back", sure("turn", "1"));
    assertThat(status(paid)).isEqualTo("cancelled");
    closes(matter);
  }

  // Webhooks

  private void webhookGivenUp(What what) {
    try (Receiver shop = Receiver.start()) {
      HUB.bean(HookPolicies.class)
          .update(Actor.HUB, SHOP, new HookPolicy(null, Retries.NONE, false, false, null));
      shop.answers("/hook", n -> n == 1 ? 500 : 200);
      Map<String, Object> wanted = Api.keyIn(Api.newOrder(), "blind.T", Api.GOOD_CARD);
      wanted.put("notice_url", shop.url("/hook"));
      JsonNode paid = api().post("/subscribe/payments/onetime", wanted).response();
      Matter matter = opensBeneath(what, uid(paid) + "/");
      done(matter, "do/resend", Map.of());
      assertThat(audited("HOOKS_RESENT", matter.about().replaceFirst(".*/", ""))).isOne();
      await().atMost(ENDS).until(() -> shop.got("/hook").size() == 2);
      closes(matter);
    } finally {
      HUB.bean(HookPolicies.class).update(Actor.HUB, SHOP, HookPolicy.DEFAULT);
    }
  }

  private void endpointParked(What what) {
    Receiver gone = Receiver.start();
    String origin = gone.url("");
    gone.close();
    for (int n = 0; n < 12 && find(what, origin) == null; n++) {
      Map<String, Object> wanted = Api.keyIn(Api.newOrder(), "blind.T", Api.GOOD_CARD);
      wanted.put("notice_url", origin + "/hook");
      api().post("/subscribe/payments/onetime", wanted);
    }
    Matter matter = opens(what, origin);
    done(matter, "do/unpark", Map.of());
    assertThat(audited("HOOK_UNPARKED", null)).isPositive();
  }

  // What concerns no single payment

  private void jobFails(What what) {
    for (int n = 0; n < 3; n++) {
      HUB.bean(Jobs.class).failed(SHOP, "a job", new IllegalStateException("x"));
    }
    dismiss(opens(what, "a job"));
  }

  private void clockDiffers(What what) {
    Clocks clocks = HUB.bean(Clocks.class);
    Skew off = new Skew(Duration.ofSeconds(20), Duration.ofSeconds(21));
    clocks.measured("pg.example", off);
    clocks.measured("pg.example", off);
    Matter matter = opens(what, "pg.example");
    assertThat(owner.get(path(matter)).body()).contains("NTP").doesNotContain("/do/", "/money/");
    for (int n = 0; n < 3; n++) {
      clocks.measured("pg.example", new Skew(Duration.ZERO, Duration.ofMillis(1)));
    }
    closes(matter);
  }

  private void booksDiffer(What what) {
    JsonNode paid = keyIn("blind", Api.newOrder());
    add(paid, 1);
    HUB.bean(Verification.class).run(_ -> {}, () -> {});
    Matter matter = opens(what, uid(paid));
    refused(matter, "do/verify", Map.of(), "아직 맞지 않습니다");
    refused(matter, "do/dismiss", Map.of("reason", "괜찮음"), "할 수 없는 조치");
    add(paid, -1);
    done(matter, "do/verify", Map.of());
    closes(matter);
  }

  private static void add(JsonNode paid, int more) {
    jdbc()
        .sql(
            "update payment set canceled = canceled + :more where merchant_id = 1 and imp_uid ="
                + " :uid")
        .param("more", more)
        .param("uid", uid(paid))
        .update();
  }

  private void pgUnreachable(What what) {
    PG.says("charge", Teller.SILENCE);
    for (int n = 0; n < 6; n++) {
      keyIn("blind", Api.newOrder());
    }
    moveOn(Duration.ofMinutes(2));
    keyIn("blind", Api.newOrder());
    Matter matter = opens(what, "blind");
    PG.says("charge", Teller.YES);
    keyIn("blind", Api.newOrder());
    closes(matter);
  }

  private void credentialsFail(What what) {
    PG.says("charge", Teller.KEYS);
    keyIn("blind", Api.newOrder());
    Matter matter = opens(what, "channel-key-blind");
    assertThat(owner.get(path(matter)).body()).contains("/do/dismiss");
    PG.says("charge", Teller.YES);
    keyIn("blind", Api.newOrder());
    closes(matter);
  }

  private void noticeUnreadable(What what) {
    post("channel-key-listed", "nothing=here");
    dismiss(opens(what, "channel-key-listed"));
  }

  private void dismiss(Matter matter) {
    refused(matter, "do/dismiss", Map.of("reason", " "), "사유를 입력");
    done(matter, "do/dismiss", Map.of("reason", "확인했습니다"));
    closes(matter);
    assertThat(owner.get(path(matter)).body()).contains("확인했습니다", "홍길동");
    assertThat(audited("MATTER_DISMISSED", matter.about())).isPositive();
  }

  // Small things

  private static Map<String, String> sure(String... more) {
    Map<String, String> all = new HashMap<>(Map.of("sure", "true", "reason", "상점관리자에서 확인"));
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }

  private static String path(Matter matter) {
    return "/console/attention/" + matter.merchantId() + "/" + matter.id();
  }

  private void done(Matter matter, String step, Map<String, String> fields) {
    String path = path(matter);
    assertThat(owner.get(path).body()).contains(path + "/" + step);
    HttpResponse<String> answer = owner.post(path, path + "/" + step, fields);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    assertThat(answer.headers().firstValue("location").orElse("")).contains("done=matter-");
  }

  private void refused(Matter matter, String step, Map<String, String> fields, String why) {
    String path = path(matter);
    HttpResponse<String> answer = owner.post(path, path + "/" + step, fields);
    assertThat(answer.statusCode()).isBetween(400, 499);
    assertThat(answer.body()).contains(why);
  }

  private static Matter opens(What what, String about) {
    await().atMost(ENDS).until(() -> find(what, about) != null);
    return Objects.requireNonNull(find(what, about));
  }

  private static Matter opensBeneath(What what, String about) {
    return await()
        .atMost(ENDS)
        .until(
            () ->
                open().filter(one -> one.what() == what && one.about().startsWith(about)).toList(),
            found -> !found.isEmpty())
        .getFirst();
  }

  private static void closes(Matter matter) {
    await().atMost(ENDS).until(() -> find(matter.what(), matter.about()) == null);
  }

  private static @Nullable Matter find(What what, String about) {
    return open()
        .filter(one -> one.what() == what && one.about().equals(about))
        .findFirst()
        .orElse(null);
  }

  private static Stream<Matter> open() {
    return HUB.bean(Attention.class).open(Place.START, 1_000).stream();
  }

  private static void moveOn(Duration by) {
    ahead = ahead.plus(by);
    HUB.bean(HubClock.class).offset(ahead);
  }

  private static Api api() {
    return new Api(HUB.url());
  }

  private static JsonNode keyIn(String code, String order) {
    api().post("/subscribe/payments/onetime", Api.keyIn(order, code + ".T", Api.GOOD_CARD));
    return api().get("/payments/find/" + order).response();
  }

  private static String uid(JsonNode payment) {
    return payment.path("imp_uid").asString();
  }

  private static JsonNode payment(JsonNode payment) {
    return api().get("/payments/" + uid(payment)).response();
  }

  private static String status(JsonNode payment) {
    return payment(payment).path("status").asString();
  }

  private static void becomes(JsonNode payment, String status) {
    await().atMost(ENDS).until(() -> status(payment), status::equals);
  }

  private static JdbcClient jdbc() {
    return JdbcClient.create(HUB.database().dataSource());
  }

  private static String attempt(JsonNode payment, String column) {
    return jdbc()
        .sql("select coalesce(" + column + "::text, '') from attempt where imp_uid = :uid")
        .param("uid", uid(payment))
        .query(String.class)
        .single();
  }

  /** What happened to it, in sentences. */
  private static List<String> told(JsonNode payment) {
    Payment of = HUB.bean(PaymentStore.class).get(1, new ImpUid(uid(payment)));
    return HUB.bean(Story.class).of(of).stream()
        .map(entry -> entry.what().text(Wording.KOREAN))
        .toList();
  }

  /** What the PG owes for it. */
  private static long ledger(JsonNode payment) {
    return jdbc()
        .sql(
            """
            select coalesce(sum(case when debit like 'pg:%' then amount else 0 end)
              - sum(case when credit like 'pg:%' then amount else 0 end), 0)
            from ledger where imp_uid = :uid
            """)
        .param("uid", uid(payment))
        .query(Long.class)
        .single();
  }

  private static String decidedBy(JsonNode payment, String kind) {
    return jdbc()
        .sql("select data ->> 'by' from event where imp_uid = :uid and kind = :kind")
        .param("uid", uid(payment))
        .param("kind", kind)
        .query(String.class)
        .single();
  }

  private static long audited(String act, @Nullable String about) {
    return jdbc()
        .sql(
            "select count(*) from audit where act = :act and (:about::text is null or about = :about)")
        .param("act", act)
        .param("about", about)
        .query(Long.class)
        .single();
  }

  /** The PG's word that it was charged. */
  private static void notice(JsonNode payment) {
    assertThat(post("channel-key-byref", "order=" + attempt(payment, "order_id"))).isEqualTo(200);
  }

  private static int post(String channel, String fields) {
    URI to = HUB.url().resolve("/notices/1/" + channel);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(to)
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString(fields))
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
