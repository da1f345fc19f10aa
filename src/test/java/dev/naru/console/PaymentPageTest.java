package dev.naru.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.account.Role;
import dev.naru.connector.Approval;
import dev.naru.merchant.Tiers;
import dev.naru.merchant.audit.Actor;
import dev.naru.payment.Payment;
import dev.naru.testing.Api;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import dev.naru.testing.Receiver;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The page of one payment: what is told of each, and to whom. */
@OwnOrders
class PaymentPageTest {

  private static final String ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final ShopPayments payments = new ShopPayments();
  private final ConsoleVisitor visitor = payments.visitor(Role.MANAGER);

  private String page(Payment payment) {
    HttpResponse<String> page = visitor.get(ShopPayments.path(payment));
    assertThat(page.statusCode()).isEqualTo(200);
    return page.body();
  }

  @Test
  void aPaidOneTellsAllThereIs() {
    Payment payment = payments.charged(Api.GOOD_CARD, Map.of("custom_data", "{\"table\": 7}"));
    await().untilAsserted(() -> assertThat(page(payment)).contains("주고받은 내용"));
    String page = page(payment);
    assertThat(page)
        .contains("10,000원", "결제 완료", "결제되었습니다.", "9,091원", "909원", "원장", "일치")
        .contains(payment.impUid().value(), payment.purchase().merchantUid(), "나무 의자")
        .contains(payment.via().mid(), payment.approval().orElseThrow().ref().tid())
        .contains("&quot;table&quot; : 7", "가맹점이 10,000원 결제를 요청했습니다.", "POST http://")
        .contains("김•루", "010-••••-0000")
        .contains("/cancel\"")
        .doesNotContain("010-0000-0000", "부분 취소");
  }

  @Test
  void aWindowSaysWhereItWasOpenedAndWhatTheShopAnswered() {
    try (Receiver receiver = Receiver.start()) {
      Payment payment = payments.throughWindow(receiver.url("/hook"));
      assertThat(receiver.got("/confirm")).hasSize(1);
      await()
          .untilAsserted(
              () -> assertThat(page(payment)).contains("가맹점에 결제해도 되는지 확인했습니다. HTTP 200"));
      assertThat(page(payment))
          .contains("구매자가 https://shop.example에서 결제창을 열었습니다.", "구매자가 승인했습니다.", "PC");
    }
  }

  @Test
  void cardNumbersAndSecretsAreOnNoPage() {
    Payment payment = payments.paid();
    String all = visitor.get(ShopPayments.path(payment) + "?all=true").body();
    assertThat(all)
        .contains("주고받은 내용")
        .doesNotContain("1234123412341234", Api.GOOD_CARD, "900101", Api.SECRET)
        .doesNotContainPattern("test_g?sk_[A-Za-z0-9]{8}");
  }

  @Test
  void anAccountThatWaitsSaysWhereAndUntilWhen() {
    Payment payment = payments.account(ShopPayments.TOSS, Map.of());
    String number = payment.approval().map(Approval::account).orElseThrow().number();
    assertThat(page(payment))
        .contains("입금 대기", number, "입금 기한", "입금되기를 기다리고 있습니다.")
        .doesNotContain("/cancel\"");
  }

  @Test
  void aFailedOneSaysWhy() {
    Payment payment = payments.charged(ShopPayments.DECLINED, Map.of());
    assertThat(page(payment)).contains("결제 실패", "거절").doesNotContain("/cancel\"", "남은 금액");
  }

  @Test
  void onePartlyCancelledSaysWhatIsLeft() {
    Payment payment = payments.canceled(payments.paid(), 4_000);
    assertThat(page(payment))
        .contains("부분 취소", "남은 금액 6,000원", "−4,000원", "가맹점이 4,000원 취소를 요청했습니다. 사유: 컵 파손")
        .contains("취소 영수증 1");
    assertThat(page(payments.canceled(payment, 6_000)))
        .contains("전체 취소")
        .doesNotContain("/cancel\"");
  }

  @Test
  void anUnknownOneSaysThatNobodyKnows() {
    String path = ShopPayments.path(payments.unknown());
    String page = visitor.get(path).body();
    assertThat(page).contains("결과 확인 중", "같은 주문을 다시 결제하지 마세요", "/console/attention", "every 4s");
    // The page looks again, and is told only what it does not show yet.
    await()
        .untilAsserted(
            () -> {
              String mark = visitor.get(path).body().replaceAll("(?s).*seen=([0-9a-f]+).*", "$1");
              assertThat(visitor.get(path + "?seen=" + mark).statusCode()).isEqualTo(204);
            });
    assertThat(visitor.get(path + "?seen=0").statusCode()).isEqualTo(200);
  }

  @Test
  void aBuyerIsShownToWhoAsksAndThatIsWrittenDown() {
    Payment payment = payments.paid();
    String path = ShopPayments.path(payment);
    HttpResponse<String> shown = visitor.post(path, path + "/buyer", Map.of());
    assertThat(shown.body()).contains("김나루", "010-0000-0000", "buyer@example.com");
    assertThat(payments.count("audit where act = 'BUYER_SHOWN' and about = :uid", payment)).isOne();
  }

  @Test
  void whatBuyersAndShopsWriteIsText() {
    try (Receiver receiver = Receiver.start()) {
      Payment payment =
          payments.charged(
              Api.GOOD_CARD,
              Map.of(
                  "name",
                  ATTACK.substring(0, 40),
                  "buyer_name",
                  "<b>악인</b>",
                  "buyer_addr",
                  "<i>서울</i> <i>강남</i> <i>1</i>",
                  "buyer_email",
                  "a@<u>b</u>",
                  "custom_data",
                  ATTACK,
                  "notice_url",
                  receiver.url("/hook")));
      Payment canceled = canceled(payment, ATTACK);
      database("update delivery_try set answer = :text", ATTACK, canceled);
      String page = visitor.get(ShopPayments.path(canceled)).body();
      assertThat(page).contains("&lt;script&gt;alert(1)&lt;/script&gt;");
      assertThat(page).doesNotContain("<script>alert", "<img src=x", "<b>악", "<i>서울", "<u>b");
      String path = ShopPayments.path(canceled);
      assertThat(visitor.post(path, path + "/buyer", Map.of()).body())
          .doesNotContain("<script>alert", "<img src=x", "<b>악", "<i>서울", "<u>b");
      assertThat(
              visitor
                  .get(path + "/cancel?reason=%3Cscript%3Ealert(1)&amount=%3Cimg%20src%3Dx")
                  .body())
          .doesNotContain("<script>alert", "<img src=x");
    }
  }

  private Payment canceled(Payment payment, String reason) {
    Map<String, Object> request =
        Map.of("imp_uid", payment.impUid().value(), "amount", 1_000, "reason", reason);
    assertThat(new Api(hub.url()).post("/payments/cancel", request).code()).isZero();
    return payments.again(payment);
  }

  private void database(String update, String text, Payment payment) {
    await()
        .until(
            () ->
                JdbcClient.create(hub.database().dataSource())
                        .sql(
                            update
                                + " where event_id in (select event_id from event where imp_uid = :uid)")
                        .param("text", text)
                        .param("uid", payment.impUid().value())
                        .update()
                    > 0);
  }

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      names = {"READ_ONLY", "MANAGER", "DEV"})
  void eachRoleMayWhatItsTableSays(Role role) {
    Payment payment = payments.paid();
    ConsoleVisitor one = payments.visitor(role);
    String path = ShopPayments.path(payment);
    int reads = role == Role.DEV ? 403 : 200;
    assertThat(one.get(path).statusCode()).isEqualTo(reads);
    assertThat(one.get(path).body().contains(path + "/cancel")).isEqualTo(role == Role.MANAGER);
    assertThat(one.get(path + "/cancel").statusCode()).isEqualTo(role == Role.MANAGER ? 200 : 403);
    assertThat(one.post("/console", path + "/cancel", Map.of()).statusCode())
        .isEqualTo(role == Role.MANAGER ? 200 : 403);
    assertThat(payments.again(payment).cancellations()).isEmpty();
  }

  @Test
  void aForeignPaymentIsNotThere() {
    Payment payment = payments.paid();
    String path = ShopPayments.path(payment);
    ConsoleVisitor stranger = people.visitor(people.of(people.shop(), Role.MANAGER));
    var sub = hub.bean(Tiers.class).create(Actor.HUB, people.shop(), "SUB", "분점");
    ConsoleVisitor below = people.visitor(people.of(sub, Role.SUB_MANAGER));
    for (ConsoleVisitor one : new ConsoleVisitor[] {stranger, below}) {
      assertThat(one.get(path).statusCode()).isEqualTo(404);
      assertThat(one.get(path).body()).doesNotContain("10,000");
      assertThat(one.get(path + "/cancel").statusCode()).isEqualTo(404);
      for (String post : new String[] {"/cancel", "/cancel/preview", "/buyer", "/resend"}) {
        assertThat(one.post("/console", path + post, Map.of()).statusCode()).isEqualTo(404);
      }
    }
    assertThat(visitor.get("/console/payments/imp_000000000000").statusCode()).isEqualTo(404);
    assertThat(visitor.get("/console/payments/nonsense").statusCode()).isEqualTo(404);
  }

  @Test
  void aWebhookIsSentAgain() {
    try (Receiver receiver = Receiver.start()) {
      receiver.answers("/hook", n -> n == 1 ? 500 : 200);
      Payment payment =
          payments.charged(Api.GOOD_CARD, Map.of("notice_url", receiver.url("/hook")));
      await().untilAsserted(() -> assertThat(page(payment)).contains("answer 500"));
      String page = page(payment);
      assertThat(page).contains("전달 대기", "다시 보내기");
      String hook = page.replaceAll("(?s).*?name=\"hook\" value=\"([0-9-]+)\".*", "$1");
      String path = ShopPayments.path(payment);
      HttpResponse<String> sent = visitor.post(path, path + "/resend", Map.of("hook", hook));
      assertThat(sent.headers().firstValue("location").orElse("")).endsWith("done=webhook-resent");
      await().untilAsserted(() -> assertThat(receiver.got("/hook")).hasSizeGreaterThan(1));
      await().untilAsserted(() -> assertThat(page(payment)).contains("전달됨", "answer 200"));
      Payment other = payments.paid();
      String elsewhere = ShopPayments.path(other);
      assertThat(visitor.post(elsewhere, elsewhere + "/resend", Map.of("hook", hook)).statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  void aLongStoryIsFoldedUntilSomebodyAsks() {
    Payment payment = payments.paid();
    JdbcClient.create(hub.database().dataSource())
        .sql(
            """
            insert into wire_log (merchant_id, wire_id, order_id, at, millis, method, url, request,
              status, answer)
            select 1, (extract(epoch from clock_timestamp()) * 1000000000)::bigint + n, :order,
              clock_timestamp() + n * interval '1 second', 12, 'GET', 'https://pg.example/look', '', 404,
              repeat('가', 9000) || '끝'
            from generate_series(1, 300) n
            """)
        .param("order", payment.attempt().orderId())
        .update();
    String folded = page(payment);
    assertThat(folded).contains("접어 두었습니다", "잘리지 않은 전체 내용 보기").doesNotContain("가끝");
    assertThat(folded.length()).isLessThan(600_000);
    String all = visitor.get(ShopPayments.path(payment) + "?all=true").body();
    assertThat(all).contains("가끝").doesNotContain("접어 두었습니다");
  }
}
