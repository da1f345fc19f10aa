package dev.naru.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Approval;
import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.Wishes;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Money;
import dev.naru.kernel.Vault;
import dev.naru.payment.store.IntentDoc;
import dev.naru.payment.store.PaymentDoc;
import dev.naru.payment.store.PaymentRows;
import dev.naru.payment.store.WrittenRows;
import dev.naru.testing.Documents;
import dev.naru.testing.Hub;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Payments whose documents were written by earlier versions, each as that wrote it. */
class EarlierDocumentsTest {

  private final PaymentRows rows = new PaymentRows(Hub.shared().bean(Vault.class));

  private Purchase purchase(String text) {
    return rows.doc(text, "payment.doc/1/imp_1")
        .purchase("order-1", Money.krw(10_000), Buyer.NONE, "customer-1");
  }

  private static Payment payment(Purchase of) {
    Ids ids = Hub.shared().bean(Ids.class);
    return new Opening(
            1,
            ids.impUid(true, 1),
            of,
            new Payment.Via("channel", "settle", "mid", true),
            ids.orderId(1),
            Instant.EPOCH)
        .open(Attempt.Verb.CHECKOUT)
        .after();
  }

  @Test
  void beforeWishesHadTypes() {
    Purchase purchase = purchase(Documents.text("payment-1.json"));
    assertThat(purchase.escrow()).isTrue();
    assertThat(purchase.customerId()).isEqualTo("owner-1");
    assertThat(purchase.promotionId()).isEqualTo("promotion-1");
    Wishes wishes = purchase.wishes();
    assertThat(wishes.account().due()).isEqualTo(Instant.parse("2039-12-31T14:59:59Z"));
    assertThat(wishes.cards().company()).isEqualTo("361");
    assertThat(wishes.cards().quotas()).containsExactly(2, 3);
    assertThat(wishes.cards().choices()).isEqualTo(List.of(new Wishes.Choice("366", false)));
    assertThat(wishes.goods().digital()).isTrue();
    assertThat(wishes.goods().products()).startsWith("[{\"id\"");
    assertThat(wishes.names().shop()).isEqualTo("나루상점");
    assertThat(wishes.bypass("kakaopay.custom_message")).isEqualTo("정기 배송");
  }

  @Test
  void anAccountForAnyNumberOfDepositsStaysOne() {
    Purchase purchase = purchase(Documents.text("payment-2.json"));
    assertThat(purchase.wishes())
        .isEqualTo(Wishes.none().with(new Wishes.Account(null, "2022011000056", true)));
  }

  @Test
  void whatIsWrittenNowSaysTheSame() {
    for (String name : List.of("payment-1.json", "payment-2.json")) {
      Purchase read = purchase(Documents.text(name));
      Payment payment = payment(read);
      String now = rows.json(new WrittenRows(rows).doc(payment));
      assertThat(now).doesNotContain("options", "fixed_unlimited_vbank", "card.direct.code");
      // What a shop hands on to its PG, and names, are sealed with the rest of what is personal.
      assertThat(now).doesNotContain("bypass", "정기 배송", "나루상점");
      assertThat(
              rows.doc(now, "payment.doc/1/" + payment.impUid().value())
                  .purchase("order-1", Money.krw(10_000), Buyer.NONE, "customer-1"))
          .isEqualTo(read);
    }
    Purchase plain = purchase(Documents.text("payment-2.json")).with(Wishes.none());
    assertThat(rows.json(PaymentDoc.of(payment(plain), null, null))).doesNotContain("wishes");
  }

  private IntentDoc intent(String text) {
    return rows.intent(JsonMapper.shared().readTree(text));
  }

  @Test
  void beforeTheHubsNotesStoodApartFromWhatConnectorsKeep() {
    IntentDoc read = intent(Documents.text("intent-1.json"));
    assertThat(read.kept()).isEqualTo(Map.of("secret", "ps_1", Window.MAY_CHARGE, "true"));
    Instant due = Instant.parse("2039-12-31T14:59:59Z");
    assertThat(read.notes())
        .isEqualTo(
            new Noted(
                true,
                true,
                2,
                new Noted.Changing(9_000, due),
                null,
                new Approval.Account("004", "KB국민은행", "110-123", "나루상점", due)));
    assertThat(intent(rows.json(read))).isEqualTo(read);
    assertThat(intent("{\"secret\":\"ps_1\"}").notes()).isEqualTo(Noted.NOTHING);
    assertThat(rows.json(new IntentDoc(Map.of("kept", "x"), null)))
        .isEqualTo("{\"kept\":{\"kept\":\"x\"}}");
  }
}
