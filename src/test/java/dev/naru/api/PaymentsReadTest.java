package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** V1's reads by id: one, in bulk, and by merchant_uid. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaymentsReadTest {

  private static final String UNKNOWN = "존재하지 않는 결제정보입니다.";

  private final Shop shop = Shop.fresh();
  private final Api api = shop.api();

  /** An order that failed twice before it was paid: the imp_uids, oldest first. */
  private final String order = Api.newOrder();

  private String failed = "";
  private String failedAgain = "";
  private String paid = "";

  private static String uid(Api.Answer answer) {
    return answer.response().path("imp_uid").asString("");
  }

  private static List<String> uids(JsonNode list) {
    return list.valueStream().map(one -> one.path("imp_uid").asString("")).toList();
  }

  @BeforeAll
  void anOrderThatFailedTwice() {
    Map<String, ?> same = Map.of("merchant_uid", order);
    failed = uid(shop.onetime(Shop.TOSS, "4000-0000-0000-0010", same));
    failedAgain = uid(shop.onetime(Shop.INICIS, "4000-0000-0000-0028", same));
    paid = uid(shop.onetime(Shop.TOSS, Api.GOOD_CARD, same));
    assertThat(List.of(failed, failedAgain, paid)).doesNotContain("").doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"imp_000000000000", "imps_99999999999999999999999999999", "x", "imp_%20", "-1"})
  void doesNotFindOneThatIsNot(String impUid) {
    Api.Answer none = api.get("/payments/" + impUid);
    Wire.refused(none, 404, -1);
    assertThat(none.message()).isEqualTo(UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "?include_sandbox=true", "?include_sandbox=false", "/?a[]=b"})
  void findsOne(String suffix) {
    Wire.Got got =
        Wire.raw(
            "GET /payments/%s%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s"
                .formatted(paid, suffix, api.token()));
    assertThat(got.status()).as(got.text()).isEqualTo(200);
    assertThat(got.json().path("response").path("imp_uid").asString()).isEqualTo(paid);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "imp_uid[]=A&imp_uid[]=B",
        "imp_uid%5B%5D=A&imp_uid%5B%5D=B",
        "imp_uid[0]=A&imp_uid[1]=B",
        "imp_uid%5B0%5D=A&imp_uid%5B1%5D=B",
        "imp_uid=A&imp_uid=B",
        "imp_uid[]=A&merchant_uid[]=ORDER&imp_uid[]=B",
        "imp_uid[]=A&imp_uid[]=B&imp_uid[]=A"
      })
  void readsInBulkHoweverTheNamesAreWritten(String query) {
    Wire.Got got = bulk(query);
    assertThat(got.status()).as(got.text()).isEqualTo(200);
    assertThat(uids(got.json().path("response"))).contains(failed, paid).doesNotHaveDuplicates();
  }

  @Test
  void takesASingleId() {
    assertThat(uids(bulk("imp_uid=A").json().path("response"))).containsExactly(failed);
    assertThat(uids(bulk("merchant_uid=ORDER").json().path("response"))).containsExactly(paid);
  }

  @ParameterizedTest
  @CsvSource({
    "imp_uid[]=A&imp_uid[]=imp_000000000000, 207",
    "merchant_uid[]=ORDER&merchant_uid[]=nothing, 207",
    "imp_uid[]=imp_000000000000, 404",
    "merchant_uid[]=nothing&imp_uid[]=, 404",
    "'', 200",
    "imp_uid[]=, 200"
  })
  void saysHowManyOfABulkAreThere(String query, int status) {
    Wire.Got got = bulk(query);
    assertThat(got.status()).as(got.text()).isEqualTo(status);
    if (status == 207) {
      assertThat(got.json().path("code").asInt(-99)).isZero();
      assertThat(got.json().path("response")).hasSize(1);
    } else {
      Wire.refused(got, status);
    }
  }

  @Test
  void doesNotReadAnotherShopsPayments() {
    String foreign = uid(Shop.fresh().onetime(Shop.TOSS, Api.GOOD_CARD, Map.of()));
    assertThat(bulk("imp_uid[]=A&imp_uid[]=" + foreign).status()).isEqualTo(207);
    Wire.refused(api.get("/payments/" + foreign), 404, -1);
  }

  @Test
  void limitsABulkToAHundred() {
    String hundred =
        "imp_uid[]=" + String.join("&imp_uid[]=", java.util.Collections.nCopies(100, "A"));
    assertThat(bulk(hundred).status()).isEqualTo(200);
    Wire.refused(bulk(hundred + "&imp_uid[]=A"), 200);
    Wire.refused(bulk(hundred + "&merchant_uid[]=ORDER"), 200);
  }

  private Wire.Got bulk(String query) {
    return Wire.raw(
        "GET /payments?%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s"
            .formatted(
                query.replace("=A", "=" + failed).replace("=B", "=" + paid).replace("ORDER", order),
                api.token()));
  }

  @ParameterizedTest
  @CsvSource({
    "'', paid",
    "/, paid",
    "/all, paid",
    "/all/, paid",
    "/paid, paid",
    "/failed, again",
    "/failed/, again",
    "?sorting=started, first",
    "/failed?sorting=started, first",
    "/?sorting=-started, paid",
    "?sorting=paid, paid",
    "?sorting=-updated, paid",
    "?sorting=updated, first",
    "/cancelled, none",
    "/ready, none"
  })
  void findsTheNewestOfAnOrder(String suffix, String expected) {
    Api.Answer found = api.get("/payments/find/" + order + suffix);
    if ("none".equals(expected)) {
      Wire.refused(found, 404, -1);
    } else {
      String uid = Map.of("paid", paid, "again", failedAgain, "first", failed).get(expected);
      assertThat(uid(found)).isEqualTo(uid);
    }
  }

  @Test
  void findsAllOfAnOrder() {
    for (String suffix : List.of("", "/", "/all", "/all/")) {
      JsonNode all = api.get("/payments/findAll/" + order + suffix).response();
      assertThat(all.propertyNames())
          .containsExactlyInAnyOrder("total", "previous", "next", "list");
      assertThat(all.path("total").asInt()).isEqualTo(3);
      assertThat(all.path("previous").asInt(-1)).isZero();
      assertThat(all.path("next").asInt(-1)).isZero();
      assertThat(uids(all.path("list"))).containsExactly(paid, failedAgain, failed);
    }
    JsonNode failures =
        api.get("/payments/findAll/" + order + "/failed?sorting=started").response();
    assertThat(uids(failures.path("list"))).containsExactly(failed, failedAgain);
    JsonNode second = api.get("/payments/findAll/" + order + "?limit=2&page=2").response();
    assertThat(uids(second.path("list"))).containsExactly(failed);
    assertThat(second.path("previous").asInt()).isEqualTo(1);
    JsonNode byPaid = api.get("/payments/findAll/" + order + "?sorting=-paid&limit=1").response();
    assertThat(uids(byPaid.path("list"))).containsExactly(paid);
    assertThat(byPaid.path("next").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "find/unknown-order, 404",
    "findAll/unknown-order, 404",
    "find/ORDER/paidd, 200",
    "find/ORDER/PAID, 200",
    "findAll/ORDER/x, 400",
    "findAll/ORDER?sorting=up, 400",
    "findAll/ORDER?page=one, 400",
    "findAll/ORDER?page=1.5, 400",
    "findAll/ORDER?limit=1001, 400",
    "findAll, 400",
    "findAll/, 400"
  })
  void refusesWhatItCannotFind(String path, int status) {
    Wire.refused(api.get("/payments/" + path.replace("ORDER", order)), status, -1);
  }
}
