package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.merchant.audit.Actor;
import dev.naru.promotion.Promotion;
import dev.naru.promotion.Terms;
import dev.naru.testing.Api;
import dev.naru.testing.Book;
import dev.naru.testing.Hub;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Cancels of discounted payments: in order money, with V1's {@code retain_promotion}. */
class PromotionCancelTest {

  private static final Shop SHOP = Shop.fresh();

  private final Book book = new Book(Hub.shared());

  private static String running(Terms terms) {
    return Promoted.running(SHOP, Promoted.SAMSUNG, 1_000_000, terms);
  }

  private static JsonNode paid(String pg, String promotion, Map<String, ?> changes) {
    Map<String, Object> all = new HashMap<>(changes);
    all.put("promotion_id", promotion);
    JsonNode payment = SHOP.paid(pg, all);
    assertThat(payment.path("promotion").path("id").asString()).isEqualTo(promotion);
    return payment;
  }

  private static Api.Answer cancel(
      JsonNode payment,
      @Nullable Integer amount,
      @Nullable Boolean retain,
      @Nullable Integer checksum) {
    Map<String, Object> request = new HashMap<>();
    request.put("imp_uid", payment.path("imp_uid").asString());
    request.put("amount", amount);
    request.put("retain_promotion", retain);
    request.put("checksum", checksum);
    return SHOP.api().post("/payments/cancel", request);
  }

  private static void canceled(Api.Answer answer, int sum) {
    assertThat(answer.code()).as(answer.message()).isZero();
    assertThat(answer.response().path("cancel_amount").asInt()).isEqualTo(sum);
    assertThat(answer.response().path("status").asString()).isEqualTo("cancelled");
  }

  private int balance(JsonNode payment) {
    List<JsonNode> charges = book.charges(payment.path("merchant_uid").asString());
    assertThat(charges).hasSize(1);
    return charges.getFirst().path("balance").asInt();
  }

  private static void spent(String promotion, long spent) {
    assertThat(Promoted.books(SHOP, promotion))
        .isEqualTo(new Promotion.Books(0, spent))
        .isEqualTo(Promoted.sum(SHOP, promotion));
  }

  /** V1's worked examples: 6,000 won from 5,000 on, of which 2,000 are cancelled. */
  @ParameterizedTest
  @CsvSource({
    "tosspayments, RATE, false, 5400, 4000",
    "tosspayments, AMOUNT, false, 5000, 4000",
    "tosspayments, RATE, true, 5400, 3600",
    "tosspayments, AMOUNT, true, 5000, 3200",
    "html5_inicis, RATE, false, 5400, 4000",
    "html5_inicis, AMOUNT, true, 5000, 3200"
  })
  void theWorkedExamples(String pg, Terms.Kind kind, boolean retain, int charged, int left) {
    String promotion = running(kind == Terms.Kind.RATE ? Promoted.TEN_PERCENT : Promoted.THOUSAND);
    JsonNode payment = paid(pg, promotion, Map.of("amount", 6_000));
    assertThat(balance(payment)).isEqualTo(charged);
    spent(promotion, 6_000 - charged);
    canceled(cancel(payment, 2_000, retain, 6_000), 2_000);
    assertThat(balance(payment)).isEqualTo(left);
    spent(promotion, 4_000 - left);
    canceled(cancel(payment, 1_000, retain, 4_000), 3_000);
    canceled(cancel(payment, null, retain, 3_000), 6_000);
    assertThat(balance(payment)).isZero();
    spent(promotion, 0);
    Wire.refused(cancel(payment, null, retain, null), 200, 1);
  }

  @Test
  void aWholeCancelGivesBackWhatWasCharged() {
    String promotion = running(Promoted.TEN_PERCENT);
    JsonNode payment = paid(Shop.INICIS, promotion, Map.of("tax_free", 10_000));
    canceled(cancel(payment, null, null, 10_000), 10_000);
    assertThat(balance(payment)).isZero();
    spent(promotion, 0);
  }

  /** 10,000 won, 10 % from 10,000 on: without 500 it would cost 9,500, and 9,000 are paid. */
  @Test
  void whatWouldCostMoreIsRefused() {
    String promotion =
        running(new Terms(Terms.Kind.RATE, List.of(new Terms.Step(10_000, 1_000)), null));
    JsonNode payment = paid(Shop.TOSS, promotion, Map.of());
    Api.Answer refused = cancel(payment, 500, false, null);
    Wire.refused(refused, 200, 1);
    assertThat(refused.message()).contains("9500").contains("9000");
    assertThat(SHOP.api().get("/payments/" + payment.path("imp_uid").asString()).response())
        .isEqualTo(payment);
    // Without 1,000 it costs just what is paid: the PG has nothing to give back.
    Api.Answer even = cancel(payment, 1_000, false, 10_000);
    canceled(even, 1_000);
    assertThat(even.response().path("cancel_history").path(0).path("amount").asInt())
        .isEqualTo(1_000);
    assertThat(balance(payment)).isEqualTo(9_000);
    spent(promotion, 0);
    canceled(cancel(payment, 4_000, false, 9_000), 5_000);
    assertThat(balance(payment)).isEqualTo(5_000);
    // With the other option it would have been possible from the start.
    JsonNode other = paid(Shop.TOSS, promotion, Map.of());
    canceled(cancel(other, 500, true, null), 500);
    assertThat(balance(other)).isEqualTo(8_550);
  }

  @Test
  void checksumAndAmountAreInOrderMoney() {
    JsonNode payment = paid(Shop.TOSS, running(Promoted.TEN_PERCENT), Map.of());
    Wire.refused(cancel(payment, 1_000, true, 9_000), 200, 1);
    Wire.refused(cancel(payment, 10_001, true, null), 200, 1);
    canceled(cancel(payment, 9_500, true, 10_000), 9_500);
    assertThat(balance(payment)).isEqualTo(450);
  }

  @Test
  void aPaymentKeepsToOneOption() {
    JsonNode payment = paid(Shop.TOSS, running(Promoted.TEN_PERCENT), Map.of());
    canceled(cancel(payment, 1_000, true, null), 1_000);
    Wire.refused(cancel(payment, 1_000, false, null), 200, 1);
    Wire.refused(cancel(payment, 1_000, null, null), 200, 1);
    canceled(cancel(payment, 1_000, true, null), 2_000);
    assertThat(balance(payment)).isEqualTo(7_200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"maybe\"", "7", "{\"a\":1}", "[true]"})
  void anOptionThatIsNoneIsRefused(String retain) {
    JsonNode payment = paid(Shop.TOSS, running(Promoted.TEN_PERCENT), Map.of());
    String body =
        "{\"imp_uid\":\"%s\",\"amount\":1000,\"retain_promotion\":%s}"
            .formatted(payment.path("imp_uid").asString(), retain);
    Wire.refused(SHOP.api().raw("POST", "/payments/cancel", "application/json", body), 200, -1);
    assertThat(balance(payment)).isEqualTo(9_000);
  }

  /** Other payments may name the option as well: it means nothing to them. */
  @Test
  void aFullPriceKnowsNoOptions() {
    JsonNode payment = SHOP.paid(Shop.TOSS);
    canceled(cancel(payment, 1_000, true, 10_000), 1_000);
    canceled(cancel(payment, 2_000, false, 9_000), 3_000);
    assertThat(balance(payment)).isEqualTo(7_000);
  }

  @Test
  void budgetComesBackUnlessThePlanForbidsIt() {
    long merchant = SHOP.merchant().id();
    String promotion = Promoted.running(SHOP, Promoted.SAMSUNG, 1_000, Promoted.THOUSAND);
    JsonNode payment = paid(Shop.TOSS, promotion, Map.of());
    assertThat(Promoted.promotions().get(merchant, promotion).state(Instant.now()))
        .isEqualTo(Promotion.State.EXHAUSTED);
    canceled(cancel(payment, null, null, null), 10_000);
    assertThat(Promoted.promotions().get(merchant, promotion).state(Instant.now()))
        .isEqualTo(Promotion.State.ACTIVE);
    paid(Shop.TOSS, promotion, Map.of());

    String kept =
        Promoted.promotions()
            .make(
                Actor.HUB,
                merchant,
                Promoted.plan(Promoted.SAMSUNG, 1_000, false, Promoted.THOUSAND))
            .id();
    canceled(cancel(paid(Shop.TOSS, kept, Map.of()), null, null, null), 10_000);
    spent(kept, 1_000);
    assertThat(Promoted.promotions().get(merchant, kept).state(Instant.now()))
        .isEqualTo(Promotion.State.EXHAUSTED);
  }

  @Test
  void aRefusedCancelChangesNothing() {
    String promotion = Promoted.running(SHOP, Promoted.SHINHAN, 10_000, Promoted.THOUSAND);
    Map<String, Object> changes = Map.of("promotion_id", promotion);
    JsonNode payment = SHOP.onetime(Shop.TOSS, "4000-0000-0000-9015", changes).response();
    Wire.refused(cancel(payment, 1_000, true, null), 200, -1);
    spent(promotion, 1_000);
    // Nor does it bind the payment to its option.
    Wire.refused(cancel(payment, 1_000, false, null), 200, -1);
    assertThat(balance(payment)).isEqualTo(9_000);
  }

  @Test
  void aLostAnswerIsFoundOut() {
    String promotion = Promoted.running(SHOP, Promoted.SHINHAN, 10_000, Promoted.TEN_PERCENT);
    for (String pg : List.of(Shop.TOSS, Shop.INICIS)) {
      Map<String, Object> changes = Map.of("promotion_id", promotion);
      JsonNode payment = SHOP.onetime(pg, "4000-0000-0000-9012", changes).response();
      canceled(cancel(payment, 2_000, true, 10_000), 2_000);
      assertThat(balance(payment)).isEqualTo(7_200);
      canceled(cancel(payment, null, true, 8_000), 10_000);
      assertThat(balance(payment)).isZero();
    }
    spent(promotion, 0);
  }

  /** Any cancels in any order: the PG's book and the promotion's agree with the payment. */
  @Test
  void anyCancelsKeepTheBooks() {
    long seed = Long.getLong("cancel.seed", new Random().nextLong());
    Random random = new Random(seed);
    for (int round = 0; round < 6; round++) {
      boolean retain = random.nextBoolean();
      String promotion = running(random.nextBoolean() ? Promoted.TEN_PERCENT : Promoted.THOUSAND);
      int ordered = random.nextInt(5_000, 60_000);
      String what = "-Dcancel.seed=" + seed + " round " + round;
      String pg = random.nextBoolean() ? Shop.TOSS : Shop.INICIS;
      int free = random.nextInt(ordered);
      JsonNode payment = paid(pg, promotion, Map.of("amount", ordered, "tax_free", free));
      int rest = ordered;
      while (rest > 0) {
        Integer part = rest < ordered / 4 ? null : Integer.valueOf(random.nextInt(1, rest + 1));
        int before = balance(payment);
        Api.Answer answer = cancel(payment, part, retain, rest);
        if (answer.code() == 0) {
          rest -= part == null ? rest : part;
        } else {
          assertThat(retain).as(what + answer.message()).isFalse();
        }
        int after = balance(payment);
        assertThat(after).as(what).isBetween(0, Math.min(before, rest));
        spent(promotion, rest - after);
      }
      assertThat(balance(payment)).as(what).isZero();
    }
  }

  /** V1 offers the balance for PAYCO alone: a payment as if made by it. */
  @Test
  void theBalanceTellsTheDiscount() {
    String promotion = running(Promoted.TEN_PERCENT);
    JsonNode payment = paid(Shop.TOSS, promotion, Map.of("amount", 55_000, "tax_free", 33_000));
    String impUid = payment.path("imp_uid").asString();
    int rows =
        SHOP.database()
            .sql(
                """
                update payment set doc = jsonb_set(doc, '{provider}', '"payco"')
                where imp_uid = ?
                """)
            .param(impUid)
            .update();
    assertThat(rows).isEqualTo(1);
    JsonNode before = SHOP.api().get("/payments/" + impUid + "/balance").response();
    assertThat(before.path("amount").asInt()).isEqualTo(55_000);
    is(before.path("primary"), 29_700, 18_000, 1_800);
    is(before.path("discount"), 3_300, 2_000, 200);
    is(before.path("histories").path(0).path("discount"), 3_300, 2_000, 200);
    assertThat(cancel(payment, 22_000, true, null).code()).isZero();
    JsonNode after = SHOP.api().get("/payments/" + impUid + "/balance").response();
    assertThat(after.path("amount").asInt()).isEqualTo(33_000);
    assertThat(sum(after.path("primary"))).isEqualTo(29_700);
    assertThat(sum(after.path("discount"))).isEqualTo(3_300);
    assertThat(after.path("histories")).hasSize(2);
    JsonNode back = after.path("histories").path(1);
    assertThat(sum(back.path("primary")) + sum(back.path("discount"))).isEqualTo(-22_000);
  }

  private static int sum(JsonNode parts) {
    return parts.path("tax_free").asInt()
        + parts.path("supply").asInt()
        + parts.path("vat").asInt();
  }

  private static void is(JsonNode parts, int free, int supply, int vat) {
    assertThat(parts.path("tax_free").asInt()).isEqualTo(free);
    assertThat(parts.path("supply").asInt()).isEqualTo(supply);
    assertThat(parts.path("vat").asInt()).isEqualTo(vat);
  }
}
