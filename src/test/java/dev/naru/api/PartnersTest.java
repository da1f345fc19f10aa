package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** V1's {@code /partners/receipts}: receipts of those who share a payment. */
@OwnOrders
class PartnersTest {

  private static final Shop SHOP = Shop.fresh();
  private static final String SWALLOWED = "4000-0000-0000-9031";
  private static final String LOST = "4000-0000-0000-9032";
  private static final String REFUSED = "4000-0000-0000-9035";

  private final Api api = SHOP.api();

  private static Map<String, Object> part(long amount) {
    return new HashMap<>(
        Map.of(
            "business_registration_number", "123-45-67890",
            "company_name", "나루책방",
            "amount", amount));
  }

  private static String paid(String card) {
    Api.Answer answer = SHOP.onetime(Shop.INICIS, card, Map.of());
    assertThat(answer.response().path("status").asString()).as(answer.message()).isEqualTo("paid");
    return answer.response().path("imp_uid").asString();
  }

  private Api.Answer issue(String impUid, long... amounts) {
    List<Map<String, Object>> data = new ArrayList<>();
    for (long amount : amounts) {
      data.add(part(amount));
    }
    return api.post("/partners/receipts/" + impUid, Map.of("data", data));
  }

  private static String url(Api.Answer answer) {
    assertThat(answer.status()).as(answer.message()).isEqualTo(200);
    assertThat(answer.code()).as(answer.message()).isZero();
    assertThat(answer.response().propertyNames()).containsExactly("receipt_url");
    return answer.response().path("receipt_url").asString();
  }

  /** What the PG's book says was issued for a payment: its amounts, oldest first. */
  private List<String> book(String impUid) {
    String tid = api.get("/payments/" + impUid).response().path("pg_tid").asString();
    JsonNode told =
        Wire.get(Hub.shared().simulatorUrl().resolve("/_sim/told/html5_inicis-partner?tid=" + tid));
    return told.valueStream().map(one -> one.path("fields").path("amount").asString()).toList();
  }

  @Test
  void issuesThemAndShowsThem() {
    String impUid = paid(Api.GOOD_CARD);
    Map<String, Object> taxed = part(5_500);
    taxed.put("tax_free", 1_100);
    taxed.put("vat_amount", 400);
    taxed.put("company_name", "<나루> & 벗");
    Map<String, Object> body = Map.of("data", List.of(part(1_000), taxed));
    String url = url(api.post("/partners/receipts/" + impUid, body));
    assertThat(url).startsWith(Hub.shared().simulatorUrl().toString());
    Wire.Got shown = Wire.page(URI.create(url));
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.text())
        .contains("123-45-67890", "나루책방", "1,000", "91", "&lt;나루&gt; &amp; 벗", "5,500", "1,100")
        .doesNotContain("<나루>");
    assertThat(Wire.page(URI.create(url + "x")).status()).isEqualTo(404);
    assertThat(book(impUid)).containsExactly("6500");
  }

  @Test
  void theSameIsIssuedOnceAndMoreBesideIt() {
    String impUid = paid(Api.GOOD_CARD);
    String first = url(issue(impUid, 3_000, 2_000));
    assertThat(url(issue(impUid, 3_000, 2_000))).isEqualTo(first);
    assertThat(url(issue(impUid, 5_000))).isNotEqualTo(first);
    Wire.refused(issue(impUid, 1), 400, -1);
    assertThat(url(issue(impUid, 3_000, 2_000))).isEqualTo(first);
    assertThat(book(impUid)).containsExactly("5000", "5000");
  }

  @Test
  void neverMoreThanIsLeft() {
    String impUid = paid(Api.GOOD_CARD);
    Wire.refused(issue(impUid, 10_000, 1), 400, -1);
    api.post("/payments/cancel", Map.of("imp_uid", impUid, "amount", 4_000));
    Wire.refused(issue(impUid, 6_001), 400, -1);
    url(issue(impUid, 6_000));
    // What was issued stays, whatever is given back later.
    api.post("/payments/cancel", Map.of("imp_uid", impUid));
    url(issue(impUid, 6_000));
    Wire.refused(issue(impUid, 1), 400, -1);
    assertThat(book(impUid)).containsExactly("6000");
  }

  @ParameterizedTest
  @ValueSource(strings = {SWALLOWED, LOST})
  void whatHasNoAnswerIsAskedForAgain(String card) {
    String impUid = paid(card);
    Wire.refused(issue(impUid, 7_000), 500, -1);
    assertThat(book(impUid)).hasSize(card.equals(LOST) ? 1 : 0);
    String url = url(issue(impUid, 7_000));
    assertThat(url(issue(impUid, 7_000))).isEqualTo(url);
    assertThat(book(impUid)).containsExactly("7000");
  }

  /** It may have been issued, so it is asked for again before another. */
  @ParameterizedTest
  @ValueSource(strings = {SWALLOWED, LOST})
  void anotherWaitsForWhatHasNoAnswer(String card) {
    String impUid = paid(card);
    Wire.refused(issue(impUid, 7_000), 500, -1);
    Wire.refused(issue(impUid, 4_000), 400, -1);
    assertThat(book(impUid)).containsExactly("7000");
    url(issue(impUid, 7_000));
    if (card.equals(LOST)) {
      // Each first answer is lost.
      Wire.refused(issue(impUid, 3_000), 500, -1);
    }
    Api.Answer last = issue(impUid, 3_000);
    url(last.status() == 500 ? issue(impUid, 3_000) : last);
    assertThat(book(impUid)).containsExactly("7000", "3000");
  }

  @Test
  void whatThePgRefusesLeavesRoom() {
    String impUid = paid(REFUSED);
    Api.Answer refused = issue(impUid, 10_000);
    Wire.refused(refused, 400, -1);
    assertThat(refused.message()).contains("거절");
    Wire.refused(issue(impUid, 10_000), 400, -1);
    assertThat(book(impUid)).isEmpty();
  }

  @Test
  void ofManyAtOnceNoMoreIsIssuedThanWasPaid() throws Exception {
    String impUid = paid(Api.GOOD_CARD);
    List<Callable<Api.Answer>> calls = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      long amount = 3_000L + i;
      calls.add(() -> issue(impUid, amount));
    }
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Api.Answer> one : all.invokeAll(calls)) {
        statuses.add(one.get().status());
      }
    }
    assertThat(statuses).isSubsetOf(200, 400, 500).contains(200);
    long issued = statuses.stream().filter(status -> status == 200).count();
    assertThat(issued).isBetween(1L, 3L);
    assertThat(book(impUid)).hasSize((int) issued);
  }

  @Test
  void onlyOfWhatIsPaidByThisPg() {
    String paid = paid(Api.GOOD_CARD);
    Wire.refused(issue("imp_000000000000", 1_000), 404, -1);
    Map<String, Object> data = Map.of("data", List.of(part(1_000)));
    Wire.refused(Shop.fresh().api().post("/partners/receipts/" + paid, data), 404, -1);
    String waiting =
        api.post("/vbanks", Shop.account(Shop.INICIS)).response().path("imp_uid").asString();
    Wire.refused(issue(waiting, 1_000), 400, -1);
    String declined =
        SHOP.onetime(Shop.INICIS, "4000-0000-0000-0002", Map.of())
            .response()
            .path("imp_uid")
            .asString();
    Wire.refused(issue(declined, 1_000), 400, -1);
    Wire.refused(issue(SHOP.paid(Shop.TOSS).path("imp_uid").asString(), 1_000), 501, -1);
    assertThat(book(paid)).isEmpty();
  }

  @Test
  void aShopWithoutAChannelForThemHasNone() {
    Shop shop = Shop.bare().withChannel(Shop.INICIS, Map.of());
    String impUid = shop.paid(Shop.INICIS).path("imp_uid").asString();
    Map<String, Object> data = Map.of("data", List.of(part(1_000)));
    Wire.refused(shop.api().post("/partners/receipts/" + impUid, data), 404, -1);
    // One of another contract is none.
    shop.withChannel("html5_inicis-partner", Map.of("mid", "OTHER00001"));
    Wire.refused(shop.api().post("/partners/receipts/" + impUid, data), 404, -1);
    assertThat(shop.rows("partner_receipt")).isZero();
  }

  @Test
  void aFormCarriesThemAsText() {
    String impUid = paid(Api.GOOD_CARD);
    String data =
        "[{\"business_registration_number\":\"1234567890\",\"company_name\":\"나루\",\"amount\":\"500\"}]";
    url(api.postForm("/partners/receipts/" + impUid + "/", Map.of("data", data)));
    assertThat(book(impUid)).containsExactly("500");
  }

  @ParameterizedTest
  @CsvSource({
    "business_registration_number, 123",
    "business_registration_number, 12-345-67890",
    "business_registration_number, 123-45-6789a",
    "business_registration_number, ''",
    "company_name, ''",
    "company_name, 가나다라마바사아자차가나다라마바사아자차가나다라마바사아자차가나다라마바사아자차카",
    "amount, 0",
    "amount, -1",
    "amount, text",
    "amount, 10001",
    "tax_free, -1",
    "tax_free, 1001",
    "vat_amount, 0.5",
    "vat_amount, 1001"
  })
  void refusesWhatDoesNotFit(String name, String value) {
    String impUid = paid(Api.GOOD_CARD);
    Map<String, Object> part = part(1_000);
    part.put(name, value);
    Map<String, Object> data = Map.of("data", List.of(part(1_000), part));
    long before = SHOP.rows("partner_receipt");
    Wire.refused(api.post("/partners/receipts/" + impUid, data), 400, -1);
    Wire.refused(api.post("/partners/receipts/" + impUid, Map.of()), 400, -1);
    Wire.refused(api.post("/partners/receipts/" + impUid, Map.of("data", List.of())), 400, -1);
    Wire.refused(api.post("/partners/receipts/" + impUid, Map.of("data", "text")), 400, -1);
    assertThat(SHOP.rows("partner_receipt")).isEqualTo(before);
    assertThat(book(impUid)).isEmpty();
  }
}
