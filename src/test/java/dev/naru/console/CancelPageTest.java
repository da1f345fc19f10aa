package dev.naru.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.account.Account;
import dev.naru.account.Role;
import dev.naru.connector.order.Requester;
import dev.naru.kernel.Money;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Payment;
import dev.naru.testing.Api;
import dev.naru.testing.Book;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import dev.naru.testing.Receiver;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Giving money back at the console. */
@OwnOrders
class CancelPageTest {

  private static final Pattern HIDDEN =
      Pattern.compile("type=\"hidden\" name=\"(once|shown)\" value=\"([^\"]*)\"");

  private final Hub hub = Hub.shared();
  private final ShopPayments payments = new ShopPayments();
  private final ConsoleVisitor visitor = payments.visitor(Role.MANAGER);

  private static String form(Payment payment) {
    return ShopPayments.path(payment) + "/cancel";
  }

  /** What the page gives a browser to send back, and what the person fills in. */
  private static Map<String, String> filled(String page, Map<String, String> typed) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher hidden = HIDDEN.matcher(page);
    while (hidden.find()) {
      fields.put(hidden.group(1), hidden.group(2));
    }
    fields.putAll(typed);
    return fields;
  }

  /** Opens the form, has the amounts shown, and says yes. */
  private HttpResponse<String> cancel(Payment payment, Map<String, String> typed) {
    String page = visitor.get(form(payment)).body();
    Map<String, String> asked = filled(page, typed);
    String preview = visitor.postOnly(form(payment) + "/preview", asked).body();
    asked.putAll(filled(preview, Map.of()));
    return visitor.postOnly(form(payment), asked);
  }

  private static void isDone(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    assertThat(answer.headers().firstValue("location").orElse(""))
        .endsWith("?done=payment-canceled");
  }

  private static List<Long> amounts(Payment payment) {
    return payment.cancellations().stream()
        .filter(Cancellation::isDone)
        .map(cancel -> cancel.amount().minor())
        .toList();
  }

  private int asked(Payment payment) {
    return payments.count("audit where act = 'PAYMENT_CANCEL_ASKED' and about = :uid", payment);
  }

  /** How often the PG was asked to cancel something of it. */
  private int calls(Payment payment) {
    return payments.count(
        """
        wire_log where url like '%/cancel' and order_id in (
          select order_id from attempt where imp_uid = :uid)""",
        payment);
  }

  @Test
  void theWholeIsTheDefaultAndTellsWhoItWas() {
    try (Receiver receiver = Receiver.start()) {
      Payment payment =
          payments.charged(Api.GOOD_CARD, Map.of("notice_url", receiver.url("/hook")));
      String page = visitor.get(form(payment)).body();
      assertThat(page)
          .contains("전액 취소 · 10,000원", "구매자에게 환불되는 금액", "10,000원 취소", "value=\"10000\"");
      isDone(visitor.postOnly(form(payment), filled(page, Map.of("part", "false"))));
      Cancellation made = payments.again(payment).cancellations().getLast();
      assertThat(made.reason()).isEqualTo("관리자페이지취소");
      assertThat(made.requester()).isEqualTo(Requester.ADMIN);
      assertThat(made.amount()).isEqualTo(Money.krw(10_000));
      String told = visitor.get(ShopPayments.path(payment)).body();
      assertThat(told).contains("관리자가 10,000원 취소를 요청했습니다.", "관리자가 전액을 취소했습니다.", "홍길동 · 127.0.0.1");
      await()
          .untilAsserted(
              () ->
                  assertThat(receiver.got("/hook"))
                      .anyMatch(got -> got.body().contains("cancelled")));
      assertThat(
              JdbcClient.create(hub.database().dataSource())
                  .sql(
                      "select before::text || ' ' || after::text || actor_name from audit where about = ?")
                  .param(payment.impUid().value())
                  .query(String.class)
                  .single())
          .contains("10000 KRW", "0 KRW", "관리자페이지취소", made.id(), "홍길동");
    }
  }

  @Test
  void aPartLeavesTheRest() {
    Payment payment = payments.paid();
    isDone(cancel(payment, Map.of("part", "true", "amount", "4,000", "reason", "컵 파손")));
    Payment after = payments.again(payment);
    assertThat(amounts(after)).containsExactly(4_000L);
    assertThat(after.cancelable()).isEqualTo(Money.krw(6_000));
    assertThat(after.cancellations().getLast().reason()).isEqualTo("컵 파손");
    assertThat(
            new Book(hub)
                .charges(payment.purchase().merchantUid())
                .getFirst()
                .path("balance")
                .asLong())
        .isEqualTo(6_000);
    assertThat(visitor.get(form(payment)).body()).contains("전액 취소 · 6,000원", "value=\"6000\"");
  }

  @Test
  void nothingIsDoneBeforeItWasShown() {
    Payment payment = payments.paid();
    String page = visitor.get(form(payment)).body();
    // As without a script: the amount was changed, and nobody saw what that comes to.
    Map<String, String> typed = filled(page, Map.of("part", "true", "amount", "4000"));
    HttpResponse<String> shown = visitor.postOnly(form(payment), typed);
    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(shown.body()).contains("4,000원 취소", "6,000원");
    assertThat(payments.again(payment).cancellations()).isEmpty();
    isDone(
        visitor.postOnly(
            form(payment), filled(shown.body(), Map.of("part", "true", "amount", "4000"))));
    assertThat(amounts(payments.again(payment))).containsExactly(4_000L);
  }

  @Test
  void tooMuchAndWhatIsNoAmountIsRefusedBeforeAnybodyIsAsked() {
    Payment payment = payments.paid();
    for (String amount : List.of("10001", "0", "-5", "천원", "1.5", "99999999999999999999")) {
      HttpResponse<String> answer = cancel(payment, Map.of("part", "true", "amount", amount));
      assertThat(answer.statusCode()).as(amount).isIn(409, 422);
      assertThat(answer.body()).contains("role=\"alert\"");
    }
    assertThat(cancel(payment, Map.of("part", "true", "amount", "4000", "taxFree", "5000")).body())
        .contains("면세 금액");
    assertThat(payments.again(payment).cancellations()).isEmpty();
    assertThat(asked(payment)).isZero();
    assertThat(calls(payment)).isZero();
  }

  @Test
  void theSameFormSentTwiceCancelsOnce() {
    Payment payment = payments.paid();
    String page = visitor.get(form(payment)).body();
    String preview =
        visitor
            .postOnly(
                form(payment) + "/preview", filled(page, Map.of("part", "true", "amount", "3000")))
            .body();
    Map<String, String> asked = filled(page + preview, Map.of("part", "true", "amount", "3000"));
    isDone(visitor.postOnly(form(payment), asked));
    isDone(visitor.postOnly(form(payment), asked));
    assertThat(amounts(payments.again(payment))).containsExactly(3_000L);
    assertThat(asked(payment)).isOne();
  }

  @Test
  void theSameFormSentTwiceAtOnceCancelsOnce() throws Exception {
    Payment payment = payments.paid();
    String page = visitor.get(form(payment)).body();
    String preview =
        visitor
            .postOnly(
                form(payment) + "/preview", filled(page, Map.of("part", "true", "amount", "3000")))
            .body();
    Map<String, String> asked = filled(page + preview, Map.of("part", "true", "amount", "3000"));
    Callable<HttpResponse<String>> press = () -> visitor.postOnly(form(payment), asked);
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : many.invokeAll(List.of(press, press, press, press))) {
        assertThat(answer.get().statusCode()).isEqualTo(302);
      }
    }
    await().until(() -> payments.again(payment).cancelRunning().isEmpty());
    assertThat(amounts(payments.again(payment))).containsExactly(3_000L);
    await().untilAsserted(() -> assertThat(calls(payment)).isOne());
  }

  @Test
  void anotherAmountThanWasShownIsNotCancelled() {
    Payment payment = payments.paid();
    Map<String, String> asked = filled(visitor.get(form(payment)).body(), Map.of("part", "false"));
    payments.canceled(payment, 1_000);
    HttpResponse<String> answer = visitor.postOnly(form(payment), asked);
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("금액이 바뀌었습니다", "전액 취소 · 9,000원");
    assertThat(amounts(payments.again(payment))).containsExactly(1_000L);
  }

  @Test
  void aRefusalIsToldInThePgsWords() {
    Payment payment = payments.charged(ShopPayments.REFUSES_CANCELS, Map.of());
    HttpResponse<String> answer = cancel(payment, Map.of("part", "false", "reason", "단순 변심"));
    assertThat(answer.statusCode()).isEqualTo(409);
    Cancellation refused = payments.again(payment).cancellations().getLast();
    assertThat(refused.state()).isEqualTo(Cancellation.State.REFUSED);
    assertThat(answer.body())
        .contains(String.valueOf(refused.why()).substring(0, 8), "value=\"단순 변심\"");
    assertThat(payments.again(payment).cancelable()).isEqualTo(Money.krw(10_000));
    // The form is a new one: it can be tried again.
    assertThat(filled(answer.body(), Map.of()).get("once")).isNotEmpty();
    assertThat(
            visitor
                .postOnly(form(payment), filled(answer.body(), Map.of("part", "false")))
                .statusCode())
        .isEqualTo(409);
    assertThat(payments.again(payment).cancellations()).hasSize(2);
  }

  @Test
  void anUnknownOutcomeIsToldAsUnknown() {
    Payment payment = payments.charged(ShopPayments.LOSES_CANCELS, Map.of());
    HttpResponse<String> answer = cancel(payment, Map.of("part", "false"));
    assertThat(answer.statusCode()).isEqualTo(302);
    // Here the PG does it later: until then the page says so, afterwards that it was done.
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () ->
                assertThat(visitor.get(ShopPayments.path(payment)).body())
                    .contains("전체 취소", "답하지 않아 취소되었는지 모릅니다.")
                    .doesNotContain("취소 결과를 확인하고 있습니다."));
    assertThat(amounts(payments.again(payment))).containsExactly(10_000L);
  }

  @Test
  void asLongAsNobodyKnowsThePageSaysSo() {
    Payment payment = payments.canceled(payments.paid(), 4_000);
    payments.forgottenByThePg(payment);
    JdbcClient.create(hub.database().dataSource())
        .sql(
            """
            update cancellation set state = :state, done_at = null, tid = null,
              due_at = now() + interval '1 day' where imp_uid = :uid
            """)
        .param("state", "unknown")
        .param("uid", payment.impUid().value())
        .update();
    assertThat(visitor.get(ShopPayments.path(payment)).body())
        .contains("취소 결과를 확인하고 있습니다.", "취소 처리 중", "every 4s")
        .doesNotContain("/cancel\"");
    assertThat(visitor.get(form(payment)).body())
        .contains("다른 취소의 결과를 확인하고 있습니다")
        .doesNotContain("name=\"reason\"");
    JdbcClient.create(hub.database().dataSource())
        .sql("update cancellation set state = 'pending' where imp_uid = :uid")
        .param("uid", payment.impUid().value())
        .update();
    assertThat(visitor.get(ShopPayments.path(payment)).body()).contains("취소를 처리하고 있습니다.");
  }

  @Test
  void aDepositGoesBackToAnAccount() {
    Payment payment = payments.deposited(ShopPayments.TOSS);
    assertThat(visitor.get(form(payment)).body()).contains("환불 계좌", "KB국민은행", "name=\"account\"");
    Map<String, String> typed = new LinkedHashMap<>(Map.of("part", "false", "bank", "088"));
    HttpResponse<String> part = cancel(payment, typed);
    assertThat(part.statusCode()).isEqualTo(422);
    assertThat(part.body()).contains("은행, 계좌번호, 예금주를 모두 입력해 주세요.");
    assertThat(cancel(payment, Map.of("part", "false")).statusCode()).isEqualTo(422);
    typed.put("account", "110-123-456789");
    typed.put("holder", "김나루");
    isDone(cancel(payment, typed));
    assertThat(amounts(payments.again(payment))).containsExactly(10_000L);
    assertThat(visitor.get(ShopPayments.path(payment) + "?all=true").body())
        .doesNotContain("110123456789", "110-123-456789");
  }

  @Test
  void aLargeOneWantsAFreshProof() {
    Payment payment = payments.charged(Api.GOOD_CARD, Map.of("amount", 1_000_000));
    Payment small = payments.charged(Api.GOOD_CARD, Map.of("amount", 999_999));
    Account account = payments.person(Role.MANAGER);
    ConsoleVisitor owner = new ConsolePeople(hub).visitor(account);
    String page = owner.get(form(payment)).body();
    assertThat(page).contains("100만 원 이상", "1,000,000원 취소");
    JdbcClient.create(hub.database().dataSource())
        .sql("update console_session set proved_at = proved_at - interval '1 hour' where email = ?")
        .param(account.email())
        .update();
    // An hour later neither the form nor what it sends is enough.
    for (HttpResponse<String> answer :
        List.of(
            owner.get(form(payment)),
            owner.postOnly(form(payment), filled(page, Map.of("part", "false"))))) {
      assertThat(answer.headers().firstValue("location").orElse(""))
          .endsWith("/console/prove?next=" + form(payment).replace("/", "%2F"));
    }
    assertThat(payments.again(payment).cancellations()).isEmpty();
    assertThat(owner.get(form(small)).statusCode()).isEqualTo(200);
    String secret = ConsolePeople.PASSWORD.reveal();
    HttpResponse<String> proved =
        owner.post(
            "/console/account",
            "/console/prove",
            Map.of("password", secret, "next", form(payment)));
    assertThat(proved.headers().firstValue("location").orElse("")).endsWith(form(payment));
    String again = owner.get(form(payment)).body();
    isDone(owner.postOnly(form(payment), filled(again, Map.of("part", "false"))));
    assertThat(amounts(payments.again(payment))).containsExactly(1_000_000L);
  }
}
