package dev.naru.payment.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.connector.Decline;
import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.Requester;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Name;
import dev.naru.kernel.Wording;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Payment;
import dev.naru.payment.store.PaymentStore;
import dev.naru.payment.story.StoryEntry.Kind;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import dev.naru.testing.Receiver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of payments that went this way or that. */
class StoryTest {

  private static final Hub HUB = Hub.shared();

  private final Api api = new Api(HUB.url());
  private final Story story = HUB.bean(Story.class);

  private Payment pay(String card, String notice) {
    Map<String, Object> request =
        new LinkedHashMap<>(Api.keyIn(Api.newOrder(), "tosspayments", card));
    if (!notice.isEmpty()) {
      request.put("notice_url", notice);
    }
    Api.Answer answer = api.post("/subscribe/payments/onetime", request);
    return read(answer.response().path("imp_uid").asString());
  }

  private static Payment read(String impUid) {
    return HUB.bean(PaymentStore.class).get(1, new ImpUid(impUid));
  }

  private Payment cancel(Payment payment, int amount) {
    Map<String, Object> request =
        Map.of("imp_uid", payment.impUid().value(), "amount", amount, "reason", "컵 파손");
    Api.Answer answer = api.post("/payments/cancel", request);
    assertThat(answer.code()).as(answer.message()).isZero();
    return read(payment.impUid().value());
  }

  @Test
  void aPartlyCancelledPaymentIsToldInOrder() throws Exception {
    try (Receiver receiver = Receiver.start()) {
      Payment payment = cancel(pay(Api.GOOD_CARD, receiver.url("/hook")), 4_000);
      await()
          .untilAsserted(
              () -> assertThat(story.summary(payment, Wording.KOREAN)).endsWith("웹훅은 모두 전달되었습니다."));
      await()
          .untilAsserted(
              () -> assertThat(kinds(payment)).filteredOn(Kind.CALL::equals).hasSizeGreaterThan(1));
      assertThat(story.summary(payment, Wording.KOREAN))
          .matches(
              "\\d+월 \\d+일 \\d\\d시 \\d\\d분에 .+로 결제되었고, \\d+월 \\d+일 \\d\\d시 \\d\\d분에"
                  + " 가맹점이 4,000원을 취소했습니다. 웹훅은 모두 전달되었습니다.");
      assertThat(story.summary(payment, Wording.ENGLISH))
          .contains("the shop cancelled ₩4,000.", "All webhooks are delivered.");
      List<StoryEntry> entries = story.of(payment);
      assertThat(entries).isSortedAccordingTo(StoryEntry.ORDER).isEqualTo(story.of(payment));
      assertThat(entries.getFirst().kind()).isEqualTo(Kind.REQUEST);
      assertThat(kinds(payment))
          .contains(Kind.ATTEMPT, Kind.EVENT, Kind.CANCEL, Kind.CALL, Kind.LEDGER, Kind.WEBHOOK);
      assertThat(entries)
          .allSatisfy(
              entry ->
                  assertThat(entry.what().text(Wording.KOREAN)).doesNotContain("(으)로", "을(를)"));
      assertThat(entries)
          .extracting(entry -> entry.what().text(Wording.KOREAN))
          .contains("가맹점이 4,000원 취소를 요청했습니다. 사유: 컵 파손", "4,000원이 취소되었습니다.");
      assertThat(entries.toString()).doesNotContain(Api.GOOD_CARD.replace("-", ""));
    }
  }

  private List<Kind> kinds(Payment payment) {
    return story.of(payment).stream().map(StoryEntry::kind).toList();
  }

  @Test
  void whoCancelledAllAndInManyPartsIsToldOtherwise() {
    assertThat(story.summary(cancel(pay(Api.GOOD_CARD, ""), 10_000), Wording.KOREAN))
        .contains("가맹점이 전액을 취소했습니다.");
    Payment parts = cancel(cancel(pay(Api.GOOD_CARD, ""), 4_000), 1_000);
    assertThat(story.summary(parts, Wording.KOREAN))
        .contains("2번에 걸쳐 5,000원이 취소되어 5,000원이 남아 있습니다.");
    assertThat(story.summary(cancel(parts, 5_000), Wording.KOREAN)).contains("3번에 걸쳐 전액이 취소되었습니다.");
  }

  @Test
  void aDeclineIsToldByItsCause() {
    Payment declined = pay("4000-0000-0000-0002", "");
    assertThat(story.summary(declined, Wording.KOREAN)).contains("거절");
    assertThat(kinds(declined)).doesNotContain(Kind.LEDGER, Kind.CANCEL);
  }

  @Test
  void whoAskedForACancelIsTold() {
    Cancellation cancel = cancel(pay(Api.GOOD_CARD, ""), 1_000).cancellations().getFirst();
    assertThat(cancel.requester()).isNull();
    assertThat(Summary.by(cancel).text(Wording.KOREAN)).isEqualTo("가맹점");
    assertThat(Summary.by(askedBy(cancel, Requester.ADMIN)).text(Wording.KOREAN)).isEqualTo("관리자");
    assertThat(Summary.by(askedBy(cancel, Requester.CUSTOMER)).text(Wording.KOREAN))
        .isEqualTo("구매자");
  }

  private static Cancellation askedBy(Cancellation cancel, Requester requester) {
    return new Cancellation(
        cancel.no(),
        cancel.id(),
        cancel.amount(),
        cancel.money(),
        cancel.retain(),
        cancel.tax(),
        cancel.before(),
        cancel.reason(),
        cancel.refund(),
        requester,
        cancel.goods(),
        cancel.announce(),
        cancel.state(),
        cancel.tid(),
        cancel.receiptUrl(),
        cancel.requestedAt(),
        cancel.doneAt(),
        cancel.dueAt(),
        cancel.tries(),
        cancel.absent(),
        cancel.why());
  }

  @ParameterizedTest
  @EnumSource(Decline.Reason.class)
  void everyReasonIsASentenceInBothLanguages(Decline.Reason reason) {
    Decline decline = new Decline(reason, "E1", "사유");
    Said said = Declined.said(decline, new Name("나무페이", "Namu Pay"));
    assertThat(((Declined) said.constant()).name()).isEqualTo(reason.name());
    assertThat(said.text(Wording.KOREAN)).matches("(?s).*(다|요)[.:].*").doesNotContain("{");
    assertThat(said.text(Wording.ENGLISH)).doesNotContain("{").isNotBlank();
  }

  @Test
  void aBuyerIsMaskedUntilTheReaderAsks() {
    Payment payment = pay(Api.GOOD_CARD, "");
    PaymentDetail masked = PaymentDetail.of(payment, false);
    assertThat(masked.buyer().name()).isEqualTo("김•루");
    assertThat(masked.buyer().tel()).isEqualTo("010-••••-0000");
    assertThat(masked.buyer().email()).isEqualTo("b••••@example.com");
    assertThat(PaymentDetail.of(payment, true).buyer()).isEqualTo(payment.purchase().buyer());
    assertThat(Masked.of(Buyer.NONE)).isEqualTo(Buyer.NONE);
  }

  @Test
  void amountsAddUp() {
    PaymentDetail.Amounts amounts =
        PaymentDetail.of(cancel(pay(Api.GOOD_CARD, ""), 4_000), false).amounts();
    assertThat(amounts.supply().plus(amounts.vat()).plus(amounts.taxFree()))
        .isEqualTo(amounts.charged());
    assertThat(amounts.vat().minor()).isEqualTo(909);
    assertThat(amounts.left().minor()).isEqualTo(6_000);
  }
}
