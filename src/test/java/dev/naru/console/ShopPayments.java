package dev.naru.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.account.Account;
import dev.naru.account.Role;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.ImpUid;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Shops;
import dev.naru.payment.Payment;
import dev.naru.payment.store.PaymentStore;
import dev.naru.testing.Api;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.FormBuyer;
import dev.naru.testing.Hub;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Payments of the demo shop in every state, and its people who look at them. */
final class ShopPayments {

  static final String TOSS = "tosspayments";
  static final String INICIS = "html5_inicis";
  static final String DECLINED = "4000-0000-0000-0002";
  static final String REFUSES_CANCELS = "4000-0000-0000-9015";
  static final String LOSES_CANCELS = "4000-0000-0000-9013";
  static final String SILENT = "4000-0000-0000-9003";

  private static final long DEMO = 1;
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Hub hub = Hub.shared();
  private final Api api = new Api(hub.url());
  private final ConsolePeople people = new ConsolePeople(hub);

  static String path(Payment payment) {
    return "/console/payments/" + payment.impUid().value();
  }

  Merchant shop() {
    return hub.bean(Shops.class).get(DEMO);
  }

  Account person(Role role) {
    return people.of(shop(), role);
  }

  /** Somebody of the shop's at their browser. */
  ConsoleVisitor visitor(Role role) {
    return people.visitor(person(role));
  }

  /** 10,000 won by card, changed by what is given. */
  Payment charged(String card, Map<String, ?> changes) {
    Map<String, Object> request = Api.keyIn(Api.newOrder(), TOSS, card);
    request.putAll(changes);
    Api.Answer answer = api.post("/subscribe/payments/onetime", request);
    return of(String.valueOf(request.get("merchant_uid")), answer);
  }

  Payment paid() {
    return charged(Api.GOOD_CARD, Map.of());
  }

  private Payment of(String order, Api.Answer answer) {
    assertThat(answer.status()).as(answer.message()).isEqualTo(200);
    String impUid =
        JdbcClient.create(hub.database().dataSource())
            .sql("select imp_uid from payment where merchant_id = 1 and merchant_uid = :order")
            .param("order", order)
            .query(String.class)
            .single();
    return read(impUid);
  }

  Payment read(String impUid) {
    return hub.bean(PaymentStore.class).get(DEMO, new ImpUid(impUid));
  }

  Payment again(Payment payment) {
    return read(payment.impUid().value());
  }

  /** By the shop's server. */
  Payment canceled(Payment payment, int amount) {
    Map<String, Object> request =
        Map.of("imp_uid", payment.impUid().value(), "amount", amount, "reason", "컵 파손");
    Api.Answer answer = api.post("/payments/cancel", request);
    assertThat(answer.code()).as(answer.message()).isZero();
    return again(payment);
  }

  /** A virtual account over 10,000 won that waits. */
  Payment account(String pg, Map<String, ?> changes) {
    Map<String, Object> request = new HashMap<>();
    request.put("merchant_uid", Api.newOrder());
    request.put("pg", pg);
    request.put("amount", 10_000);
    request.put("vbank_code", "088");
    request.put("vbank_due", hub.bean(HubClock.class).instant().getEpochSecond() + 86_400);
    request.put("vbank_holder", "나루상점");
    request.put("name", "나무 의자");
    request.put("buyer_name", "김나루");
    request.putAll(changes);
    Api.Answer answer = api.post("/vbanks", request);
    assertThat(answer.code()).as(answer.message()).isZero();
    return read(answer.response().path("imp_uid").asString());
  }

  /** The same, and its deposit. */
  Payment deposited(String pg) {
    Payment waiting = account(pg, Map.of());
    JsonNode told = api.get("/payments/" + waiting.impUid().value()).response();
    String path = "/_sim/vbanks/" + pg + "/" + told.path("vbank_num").asString() + "/deposit";
    Api.Answer moved =
        new Api(hub.simulatorUrl())
            .bare(
                HttpRequest.newBuilder(hub.simulatorUrl().resolve(path))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{}")));
    assertThat(moved.status()).as(moved.body().toString()).isEqualTo(200);
    await().atMost(LONG).until(() -> again(waiting).state() instanceof Payment.State.Paid);
    return again(waiting);
  }

  /** One as it stands as long as its PG keeps silent. */
  Payment unknown() {
    Payment payment = charged(SILENT, Map.of());
    forgottenByThePg(payment);
    // By now it may have been found out.
    JdbcClient database = JdbcClient.create(hub.database().dataSource());
    database
        .sql(
            """
            update attempt set state = 'unknown', due_at = now() + interval '1 day'
            where imp_uid = ?
            """)
        .param(payment.impUid().value())
        .update();
    database
        .sql("update payment set state = 'ready', paid_at = null where imp_uid = ?")
        .param(payment.impUid().value())
        .update();
    return again(payment);
  }

  /** From now on nothing that the PG says, or is asked, is about it. */
  void forgottenByThePg(Payment payment) {
    JdbcClient.create(hub.database().dataSource())
        .sql("update attempt set order_id = 'Q' || substr(order_id, 2) where imp_uid = ?")
        .param(payment.impUid().value())
        .update();
  }

  /** As if it had been paid in a window that was asked for escrow. */
  Payment byEscrow(Payment payment) {
    JdbcClient.create(hub.database().dataSource())
        .sql("update payment set doc = jsonb_set(doc, '{escrow}', 'true') where imp_uid = ?")
        .param(payment.impUid().value())
        .update();
    return again(payment);
  }

  /** The path of a page with a payment of this kind; its webhooks go to {@code hook}. */
  String toLookAt(String kind, String hook) {
    return switch (kind) {
      case "rich" -> path(rich(hook));
      case "unknown" -> path(unknown());
      case "window" -> path(throughWindow(hook));
      case "receipt" -> path(deposited(TOSS)) + "/cash-receipt";
      case "delivery" -> path(byEscrow(deposited(INICIS))) + "/delivery";
      case "waits" -> path(account(TOSS, Map.of()));
      case "failed" -> path(charged(DECLINED, Map.of("name", "정기 배송 11월")));
      case "cancel" -> path(canceled(paid(), 1_000)) + "/cancel";
      case "deposit-cancel" -> path(deposited(TOSS)) + "/cancel?part=true&amount=4000";
      case "too-much" -> path(paid()) + "/cancel?part=true&amount=4000000";
      default -> throw new IllegalArgumentException(kind);
    };
  }

  /** Paid in a window, after the shop was asked; its webhooks go to {@code hook}. */
  Payment throughWindow(String hook) {
    Map<String, Object> order = FormBuyer.order("kakaopay");
    order.put("notice_url", hook);
    order.put("confirm_url", hook.replaceFirst("/[^/]*$", "/confirm"));
    FormBuyer buyer = FormBuyer.open(hub.url(), order).pay(Api.GOOD_CARD);
    buyer.comeBack();
    await().atMost(LONG).until(() -> read(buyer.impUid()).state() instanceof Payment.State.Paid);
    return read(buyer.impUid());
  }

  private Payment rich(String hook) {
    Map<String, Object> changes = new HashMap<>();
    changes.put("name", "다도 세트 (찻잔 4개, 다관, 숙우)");
    changes.put("amount", 58_000);
    changes.put("tax_free", 8_000);
    changes.put("card_quota", 3);
    changes.put("buyer_addr", "경상남도 하동군 화개면 차길 12");
    changes.put("buyer_postcode", "52305");
    changes.put("custom_data", "{\"table\": 7, \"gift\": true, \"note\": \"부재 시 경비실\"}");
    changes.put("notice_url", hook);
    Payment payment = canceled(charged(Api.GOOD_CARD, changes), 18_000);
    await()
        .until(
            () ->
                count(
                        "delivery_try t join event e on e.event_id = t.event_id where e.imp_uid = :uid",
                        payment)
                    > 0);
    return payment;
  }

  /** How many rows there are about it. */
  int count(String sql, Payment payment) {
    return JdbcClient.create(hub.database().dataSource())
        .sql("select count(*) from " + sql)
        .param("uid", payment.impUid().value())
        .query(Integer.class)
        .single();
  }
}
