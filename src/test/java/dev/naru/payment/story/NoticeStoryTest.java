package dev.naru.payment.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Wording;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.payment.Payment;
import dev.naru.payment.store.PaymentStore;
import dev.naru.payment.story.StoryEntry.Kind;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a PG tells of a payment by itself is a row of its story, with what became of it. */
@OwnOrders
class NoticeStoryTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Hub HUB = Hub.shared();
  private static final String DEPOSITOR = "임꺽정";

  private final Api api = new Api(HUB.url());

  /** One of the demo shop's. */
  private Payment waiting(String pg) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("merchant_uid", Api.newOrder());
    parameters.put("pg", pg);
    parameters.put("amount", 10_000);
    parameters.put("vbank_code", "088");
    parameters.put("vbank_due", System.currentTimeMillis() / 1000 + 86_400);
    parameters.put("vbank_holder", "나루상점");
    parameters.put("name", "나무 의자");
    parameters.put("buyer_name", "김나루");
    Api.Answer answer = api.post("/vbanks", parameters);
    assertThat(answer.code()).as(answer.message()).isZero();
    return read(answer.response().path("imp_uid").asString());
  }

  private static Payment read(String impUid) {
    return HUB.bean(PaymentStore.class).get(1, new ImpUid(impUid));
  }

  private static List<StoryEntry> notices(Payment payment) {
    return HUB.bean(Story.class).of(read(payment.impUid().value())).stream()
        .filter(entry -> entry.kind() == Kind.NOTICE)
        .toList();
  }

  private static List<String> said(Payment payment) {
    return notices(payment).stream().map(entry -> entry.what().text(Wording.KOREAN)).toList();
  }

  private static String number(Payment payment) {
    return Objects.requireNonNull(payment.approval().orElseThrow().account()).number();
  }

  private static void deposit(Payment payment) {
    String path = "/_sim/vbanks/" + payment.via().provider() + "/" + number(payment) + "/deposit";
    Api.Answer moved =
        new Api(HUB.simulatorUrl())
            .bare(
                HttpRequest.newBuilder(HUB.simulatorUrl().resolve(path))
                    .POST(BodyPublishers.ofString("{\"depositor\":\"" + DEPOSITOR + "\"}")));
    assertThat(moved.status()).isEqualTo(200);
  }

  /** As anybody may. */
  private static int post(Payment payment, String type, String body) throws Exception {
    Channel channel = HUB.bean(Channels.class).get(1, payment.via().channelKey());
    HttpRequest request =
        HttpRequest.newBuilder(HUB.url().resolve("/notices/1/" + channel.key()))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, BodyHandlers.discarding()).statusCode();
  }

  @Test
  void aDepositIsToldWithWhatCameOfIt() {
    Payment payment = waiting("html5_inicis");
    deposit(payment);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(said(payment)).containsExactly("KG이니시스에서 입금 알림이 와서 반영했습니다."));
    StoryEntry entry = notices(payment).getFirst();
    assertThat(entry.who()).isEqualTo(StoryEntry.Who.PG);
    assertThat(entry.what().text(Wording.ENGLISH)).contains("told of a deposit");
    assertThat(entry.detail().get("body"))
        .contains("no_oid=" + payment.attempt().orderId(), "amt_input=10000", "nm_input=***")
        .doesNotContain(number(payment), DEPOSITOR);
    assertThat(entry.detail())
        .containsEntry("channel_key", payment.via().channelKey())
        .containsKey("sender");
    // It comes before what came of it.
    List<Kind> kinds =
        HUB.bean(Story.class).of(read(payment.impUid().value())).stream()
            .map(StoryEntry::kind)
            .toList();
    assertThat(kinds.subList(kinds.indexOf(Kind.NOTICE), kinds.size()))
        .contains(Kind.EVENT, Kind.LEDGER);
  }

  @Test
  void whatDoesNotCountIsToldToo() throws Exception {
    Payment payment = waiting("html5_inicis");
    String form =
        "no_oid=%s&no_vacct=1&amt_input=10000&type_msg=0200&id_merchant=INIpayTest&no_tid=T1"
                .formatted(payment.attempt().orderId())
            + "&dt_trans=20260101&tm_trans=120000&nm_input=%00"
            + DEPOSITOR
            + "&<script>=1";
    assertThat(post(payment, "application/x-www-form-urlencoded", form)).isEqualTo(500);
    assertThat(said(payment)).containsExactly("KG이니시스에서 온 입금 알림을 확인할 수 없어 반영하지 않았습니다.");
    assertThat(notices(payment).getFirst().detail())
        .hasEntrySatisfying("why", why -> assertThat(why).contains("differ"))
        .hasEntrySatisfying(
            "body", body -> assertThat(body).doesNotContain(DEPOSITOR, "script", "\0"));
    assertThat(read(payment.impUid().value()).state()).isInstanceOf(Payment.State.Waiting.class);
  }

  @Test
  void whatIsAboutNoPaymentIsNotKept() throws Exception {
    Payment payment = waiting("tosspayments");
    int before = kept();
    post(payment, "application/json", "{\"orderId\":\"nobody-has-this\",\"status\":\"DONE\"}");
    post(payment, "application/json", "nonsense");
    assertThat(kept()).isEqualTo(before);
  }

  private static int kept() {
    return HUB.bean(JdbcClient.class)
        .sql("select count(*) from notice_log where order_id like 'nobody%' or body = '(8 bytes)'")
        .query(Integer.class)
        .single();
  }

  /** Anybody may post there. */
  @Test
  void ofOneOrderNoMoreThanTwoHundredAreKept() throws Exception {
    Payment payment = waiting("tosspayments");
    HUB.bean(JdbcClient.class)
        .sql(
            """
            insert into notice_log select 1, -(:seed + n), :order, now(), 'c', '::1', 'CHANGED', '{}',
              'nothing_new', '' from generate_series(1, 199) n
            """)
        .param("seed", payment.startedAt().toEpochMilli() * 1000)
        .param("order", payment.attempt().orderId())
        .update();
    String body =
        "{\"eventType\":\"PAYMENT_STATUS_CHANGED\",\"data\":{\"orderId\":\"%s\"}}"
            .formatted(payment.attempt().orderId());
    post(payment, "application/json", body);
    post(payment, "application/json", body);
    assertThat(notices(payment)).hasSize(200);
  }
}
