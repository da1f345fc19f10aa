package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** V1's {@code /receipts}: cash receipts of payments and of sales outside. */
class ReceiptsTest {

  private static final Map<String, Object> PHONE =
      Map.of("identifier", "010-2468-1357", "identifier_type", "phone");

  /** The demo shop. */
  private final Api api = new Api(Hub.shared().url());

  private static String uid(JsonNode payment) {
    return payment.path("imp_uid").asString();
  }

  private String paid(String pg) {
    return uid(Deposits.paid(api, pg, Map.of()));
  }

  private boolean flagged(String impUid) {
    return api.get("/payments/" + impUid).response().path("cash_receipt_issued").asBoolean();
  }

  private JsonNode issued(Api.Answer answer) {
    assertThat(answer.status()).as(answer.message()).isEqualTo(200);
    assertThat(answer.code()).isZero();
    return answer.response();
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void isIssuedTakenBackAndIssuedAgain(String pg) {
    String impUid = paid(pg);
    Wire.refused(api.get("/receipts/" + impUid), 404, -1);
    assertThat(flagged(impUid)).isFalse();

    JsonNode receipt = issued(api.post("/receipts/" + impUid, PHONE));
    assertThat(receipt.propertyNames())
        .containsExactly(
            "imp_uid",
            "receipt_tid",
            "apply_num",
            "type",
            "amount",
            "vat",
            "receipt_url",
            "applied_at",
            "cancelled_at");
    assertThat(receipt.path("imp_uid").asString()).isEqualTo(impUid);
    assertThat(receipt.path("type").asString()).isEqualTo("person");
    assertThat(receipt.path("amount").asInt()).isEqualTo(10_000);
    assertThat(receipt.path("vat").asInt()).isEqualTo(909);
    assertThat(receipt.path("applied_at").asLong()).isPositive();
    assertThat(receipt.path("cancelled_at").asLong()).isZero();
    assertThat(api.get("/receipts/" + impUid).response()).isEqualTo(receipt);
    assertThat(flagged(impUid)).isTrue();
    Wire.refused(api.post("/receipts/" + impUid, PHONE), 400, -1);

    JsonNode revoked = issued(api.delete("/receipts/" + impUid));
    assertThat(revoked.path("cancelled_at").asLong()).isPositive();
    assertThat(api.get("/receipts/" + impUid).response()).isEqualTo(revoked);
    assertThat(flagged(impUid)).isFalse();
    Wire.refused(api.delete("/receipts/" + impUid), 400, -1);

    JsonNode again = issued(api.postForm("/receipts/" + impUid, PHONE));
    assertThat(again.path("receipt_tid")).isNotEqualTo(receipt.path("receipt_tid"));
    for (JsonNode one : List.of(receipt, again)) {
      JsonNode book =
          Deposits.book("/_sim/receipts/" + pg + "?tid=" + one.path("receipt_tid").asString());
      assertThat(book.size()).isEqualTo(1);
      assertThat(book.path(0).path("cancelled").asBoolean()).isEqualTo(one.equals(receipt));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void coversWhatIsLeft(String pg) {
    String impUid = paid(pg);
    Map<String, Object> cancel = new HashMap<>();
    cancel.put("imp_uid", impUid);
    cancel.put("amount", 4_000);
    cancel.put("refund_holder", "김나루");
    cancel.put("refund_bank", "088");
    cancel.put("refund_account", "110123456789");
    assertThat(api.post("/payments/cancel", cancel).code()).isZero();
    Map<String, Object> company =
        Map.of("identifier", "123-45-67890", "type", "company", "tax_free", 500, "vat_amount", 500);
    JsonNode receipt = issued(api.post("/receipts/" + impUid, company));
    assertThat(receipt.path("amount").asInt()).isEqualTo(6_000);
    assertThat(receipt.path("vat").asInt()).isEqualTo(500);
    assertThat(receipt.path("type").asString()).isEqualTo("company");
    cancel.remove("amount");
    Api.Answer rest = api.post("/payments/cancel", cancel);
    assertThat(rest.code()).as(rest.message()).isZero();
    assertThat(rest.response().path("cash_receipt_issued").asBoolean()).isTrue();
    issued(api.delete("/receipts/" + impUid));
    Wire.refused(api.post("/receipts/" + impUid, company), 400, -1);
  }

  @Test
  void refusesWhatIsNoCashOrNotPaid() {
    Api.Answer card =
        api.post(
            "/subscribe/payments/onetime", Api.keyIn(Api.newOrder(), Shop.TOSS, Api.GOOD_CARD));
    Wire.refused(api.post("/receipts/" + uid(card.response()), PHONE), 400, -1);
    JsonNode waiting = api.post("/vbanks", Shop.account(Shop.TOSS)).response();
    Wire.refused(api.post("/receipts/" + uid(waiting), PHONE), 400, -1);
    Wire.refused(api.post("/receipts/imp_000000000000", PHONE), 404, -1);
    Wire.refused(api.delete("/receipts/imp_000000000000"), 400, -1);
    Wire.refused(api.get("/receipts/imp_000000000000"), 404, -1);
    assertThat(api.get("/receipts/imp_000000000000").message())
        .isEqualTo("해당 아임포트 고유 번호(imp_000000000000)로 현금영수증을 발급 한 내역이 존재하지 않습니다.");
  }

  @ParameterizedTest
  @CsvSource({
    "identifier, 123",
    "identifier, 010-24x8-1357",
    "identifier, 12345678901234567890",
    "identifier_type, card",
    "identifier_type, business",
    "type, nobody",
    "tax_free, 10001",
    "tax_free, -1",
    "vat_amount, 10001",
    "buyer_name, 열일곱글자가넘는구매자이름은길다니까"
  })
  void refusesWhatDoesNotFit(String name, String value) {
    String impUid = paidOnce();
    Map<String, Object> parameters = new HashMap<>(PHONE);
    parameters.put(name, value);
    Wire.refused(api.post("/receipts/" + impUid, parameters), 400, -1);
    Wire.refused(api.get("/receipts/" + impUid), 404, -1);
  }

  private static final Map<String, String> ONCE = new HashMap<>();

  private String paidOnce() {
    return ONCE.computeIfAbsent(Shop.TOSS, this::paid);
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void thePgsRefusalIsAnErrorAndMayBeTriedAgain(String pg) {
    String impUid = paid(pg);
    Api.Answer refused = api.post("/receipts/" + impUid, Map.of("identifier", "01000000002"));
    Wire.refused(refused, 500, -1);
    assertThat(refused.message()).startsWith("현금영수증 발급에 실패하였습니다. ");
    Wire.refused(api.get("/receipts/" + impUid), 404, -1);
    issued(api.post("/receipts/" + impUid, Map.of("identifier", "01000009015")));
    Wire.refused(api.delete("/receipts/" + impUid), 500, -1);
    assertThat(flagged(impUid)).isTrue();
    assertThat(api.get("/receipts/" + impUid).response().path("cancelled_at").asLong()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"01000009001", "01000009002", "01000009004", "01000009005"})
  void aLostAnswerOfTossIsSettledByRepetition(String magic) {
    String impUid = paid(Shop.TOSS);
    Api.Answer answer = api.post("/receipts/" + impUid, Map.of("identifier", magic));
    assertThat(answer.status()).as(answer.message()).isIn(200, 500);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> api.get("/receipts/" + impUid).status() == 200);
    assertThat(flagged(impUid)).isTrue();
    String tid = api.get("/receipts/" + impUid).response().path("receipt_tid").asString();
    assertThat(Deposits.book("/_sim/receipts/tosspayments?tid=" + tid).size()).isEqualTo(1);
    Wire.refused(api.post("/receipts/" + impUid, PHONE), 400, -1);
  }

  /** INICIS has no means to find out: the truth is told, and nothing is issued twice. */
  @ParameterizedTest
  @ValueSource(strings = {"01000009002", "01000009004"})
  void aLostAnswerOfInicisStaysUnknown(String magic) {
    String impUid = paid(Shop.INICIS);
    int before = Deposits.book("/_sim/receipts/html5_inicis").size();
    Api.Answer answer = api.post("/receipts/" + impUid, Map.of("identifier", magic));
    Wire.refused(answer, 500, -1);
    assertThat(answer.message()).contains("발급 여부를 알 수 없습니다");
    Wire.refused(api.post("/receipts/" + impUid, PHONE), 400, -1);
    Wire.refused(api.delete("/receipts/" + impUid), 400, -1);
    Wire.refused(api.get("/receipts/" + impUid), 404, -1);
    assertThat(flagged(impUid)).isFalse();
    assertThat(Deposits.book("/_sim/receipts/html5_inicis").size()).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  @Execution(ExecutionMode.CONCURRENT)
  void aCancelWhoseAnswerIsLostEndsByItself(String pg) {
    String impUid = paid(pg);
    issued(api.post("/receipts/" + impUid, Map.of("identifier", "01000009012")));
    assertThat(api.delete("/receipts/" + impUid).status()).isEqualTo(500);
    await().atMost(Duration.ofSeconds(30)).until(() -> !flagged(impUid));
    assertThat(api.get("/receipts/" + impUid).response().path("cancelled_at").asLong())
        .isPositive();
  }

  @Test
  void manyAtOnceIssueOne() throws Exception {
    String impUid = paid(Shop.TOSS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> calls =
          threads.invokeAll(
              java.util.Collections.nCopies(
                  8, (Callable<Integer>) () -> api.post("/receipts/" + impUid, PHONE).status()));
      int done = 0;
      for (Future<Integer> call : calls) {
        assertThat(call.get()).isIn(200, 400);
        done += call.get() == 200 ? 1 : 0;
      }
      assertThat(done).isEqualTo(1);
    }
  }

  @Test
  void anotherMerchantSeesNothing() {
    String impUid = paid(Shop.TOSS);
    issued(api.post("/receipts/" + impUid, PHONE));
    Api foreign = Shop.fresh().api();
    Wire.refused(foreign.get("/receipts/" + impUid), 404, -1);
    Wire.refused(foreign.post("/receipts/" + impUid, PHONE), 404, -1);
    Wire.refused(foreign.delete("/receipts/" + impUid), 400, -1);
    assertThat(flagged(impUid)).isTrue();
  }

  private static Map<String, Object> outside(String pg) {
    return new HashMap<>(
        Map.of("pg", pg, "name", "나무 의자", "amount", 22_000, "identifier", "01024681357"));
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void coversASaleOutside(String pg) {
    String path = "/receipts/external/" + Api.newOrder();
    Wire.refused(api.get(path), 404, -1);
    Wire.refused(api.delete(path), 400, -1);
    JsonNode receipt = issued(api.post(path, outside(pg)));
    assertThat(receipt.has("imp_uid")).isFalse();
    assertThat(path).endsWith(receipt.path("merchant_uid").asString());
    assertThat(receipt.path("amount").asInt()).isEqualTo(22_000);
    assertThat(receipt.path("vat").asInt()).isEqualTo(2_000);
    assertThat(api.get(path).response()).isEqualTo(receipt);
    Wire.refused(api.post(path, outside(pg)), 400, -1);
    assertThat(issued(api.delete(path)).path("cancelled_at").asLong()).isPositive();
    issued(api.postForm(path, outside(pg)));
  }

  @ParameterizedTest
  @CsvSource({
    "amount, 0",
    "amount, 1.5",
    "name, ''",
    "channel_key, unknown",
    "pg, nobody",
    "pay_method, card"
  })
  void refusesASaleOutsideThatDoesNotFit(String name, String value) {
    Map<String, Object> parameters = outside(Shop.TOSS);
    parameters.put(name, value);
    String path = "/receipts/external/" + Api.newOrder();
    Wire.refused(api.post(path, parameters), 400, -1);
    Wire.refused(api.get(path), 404, -1);
    Wire.refused(api.post("/receipts/external/" + "a".repeat(41), outside(Shop.TOSS)), 400, -1);
  }

  @Test
  void aPgWithoutReceiptsSaysSo() {
    Map<String, Object> parameters = outside(Shop.KCP_IDENTITY);
    Wire.refused(api.post("/receipts/external/" + Api.newOrder(), parameters), 501, -1);
  }
}
