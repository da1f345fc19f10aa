package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import dev.naru.testing.OwnOrders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** V1's {@code /certifications}. */
@OwnOrders
class CertificationsTest {

  private static final Shop SHOP = Shop.fresh();
  private static final Shop APPROVED =
      Shop.bare()
          .withChannel(Shop.KCP_IDENTITY, Map.of("carrierApproved", true))
          .withChannel(Shop.DANAL_OTP, Map.of("account", "A010007777", "carrierApproved", true));

  private static final String UNKNOWN = "인증결과가 존재하지 않습니다.";

  private static Api.Answer request(Shop shop, Map<String, ?> person) {
    return shop.api().post("/certifications/otp/request", person);
  }

  private static Api.Answer confirm(Shop shop, String impUid, String otp) {
    return shop.api().post("/certifications/otp/confirm/" + impUid, Map.of("otp", otp));
  }

  private static Map<String, Object> person(String pg, String phone, Map<String, ?> changes) {
    Map<String, Object> person = Shop.person(pg, phone);
    person.putAll(changes);
    return person;
  }

  private static String requested(Shop shop, Map<String, ?> person) {
    Api.Answer answer = request(shop, person);
    assertThat(answer.status()).as(answer.message()).isEqualTo(200);
    assertThat(answer.code()).isZero();
    assertThat(answer.response().propertyNames()).containsExactly("imp_uid");
    String impUid = answer.response().path("imp_uid").asString();
    assertThat(impUid).matches("imp_[0-9]{12,}");
    return impUid;
  }

  private static JsonNode certified(Shop shop, Map<String, ?> person) {
    String impUid = requested(shop, person);
    Api.Answer answer = confirm(shop, impUid, Shop.code(String.valueOf(person.get("phone"))));
    assertThat(answer.status()).as(answer.message()).isEqualTo(200);
    assertThat(shop.api().get("/certifications/" + impUid).body()).isEqualTo(answer.body());
    return answer.response();
  }

  private static String wrong(String code) {
    return code.equals("000000") ? "000001" : "000000";
  }

  private static long changed(Shop shop) {
    return shop.rows("certification");
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.KCP_IDENTITY, Shop.DANAL})
  void certifies(String pg) {
    Map<String, Object> person =
        person(pg, Shop.newPhone(), Map.of("merchant_uid", "join-1", "company", "나루찻집"));
    String impUid = requested(SHOP, person);
    String phone = String.valueOf(person.get("phone"));
    assertThat(Shop.message(phone).path("text").asString()).contains("나루찻집");

    JsonNode open = SHOP.api().get("/certifications/" + impUid).response();
    assertThat(open.path("certified").asBoolean(true)).isFalse();
    assertThat(open.path("certified_at").asLong(-1)).isZero();
    assertThat(open.path("name").isNull()).isTrue();
    assertThat(open.path("unique_key").isNull()).isTrue();

    Api.Answer answer = confirm(SHOP, impUid, Shop.code(phone));
    assertThat(answer.status()).isEqualTo(200);
    JsonNode result = answer.response();
    assertThat(result.propertyNames())
        .containsExactlyInAnyOrder(
            "imp_uid",
            "merchant_uid",
            "pg_tid",
            "pg_provider",
            "name",
            "gender",
            "birth",
            "birthday",
            "foreigner",
            "foreigner_v2",
            "certified",
            "certified_at",
            "unique_key",
            "unique_in_site",
            "origin");
    assertThat(result.path("imp_uid").asString()).isEqualTo(impUid);
    assertThat(result.path("merchant_uid").asString()).isEqualTo("join-1");
    assertThat(result.path("pg_provider").asString()).isEqualTo(pg);
    assertThat(result.path("pg_tid").asString()).isNotBlank();
    assertThat(result.path("name").asString()).isEqualTo("김나루");
    assertThat(result.path("gender").asString()).isEqualTo("female");
    assertThat(result.path("birthday").asString()).isEqualTo("2000-02-29");
    assertThat(result.path("birth").asLong()).isEqualTo(951_750_000);
    assertThat(result.path("foreigner").isBoolean()).isTrue();
    assertThat(result.path("foreigner").asBoolean()).isFalse();
    assertThat(result.path("foreigner_v2").isNull()).isTrue();
    assertThat(result.path("certified").asBoolean()).isTrue();
    assertThat(result.path("certified_at").asLong())
        .isBetween(System.currentTimeMillis() / 1000 - 60, System.currentTimeMillis() / 1000 + 1);
    assertThat(result.path("unique_key").asString()).hasSize(88);
    assertThat(result.path("unique_in_site").asString()).hasSize(64);

    Wire.refused(confirm(SHOP, impUid, Shop.code(phone)), 400, -1);
    assertThat(SHOP.api().get("/certifications/" + impUid).body()).isEqualTo(answer.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.KCP_IDENTITY, Shop.DANAL})
  void takesForms(String pg) {
    String phone = Shop.newPhone();
    Map<String, Object> person =
        person(
            pg,
            phone.substring(0, 3) + "-" + phone.substring(3, 7) + "-" + phone.substring(7),
            Map.of("birth", "00-02-29", "is_mvno", "true", "carrier", "LGT"));
    Api.Answer asked = SHOP.api().postForm("/certifications/otp/request", person);
    assertThat(asked.status()).as(asked.message()).isEqualTo(200);
    String impUid = asked.response().path("imp_uid").asString();
    Api.Answer answer =
        SHOP.api()
            .postForm(
                "/certifications/otp/confirm/" + impUid + "/", Map.of("otp", Shop.code(phone)));
    assertThat(answer.response().path("certified").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.KCP_IDENTITY, Shop.DANAL})
  void tellsApprovedMerchantsThePhone(String pg) {
    String phone = Shop.newPhone();
    JsonNode foreigner =
        certified(
            APPROVED,
            person(pg, phone, Map.of("gender_digit", 7, "birth", "110101", "is_mvno", true)));
    assertThat(foreigner.path("phone").asString()).isEqualTo(phone);
    assertThat(foreigner.path("carrier").asString()).isEqualTo("KT_MVNO");
    assertThat(foreigner.path("foreigner").asBoolean()).isTrue();
    assertThat(foreigner.path("foreigner_v2").asBoolean()).isTrue();
    assertThat(foreigner.path("gender").asString()).isEqualTo("male");
    assertThat(foreigner.path("birthday").asString()).isEqualTo("2011-01-01");

    JsonNode korean = certified(APPROVED, person(pg, phone, Map.of("carrier", "SKT")));
    assertThat(korean.path("carrier").asString()).isEqualTo("SKT");
    assertThat(korean.path("foreigner").asBoolean(true)).isFalse();
    assertThat(korean.path("foreigner_v2").asBoolean(true)).isFalse();
    assertThat(korean.path("foreigner_v2").isBoolean()).isTrue();

    String open = requested(APPROVED, Shop.person(pg, phone));
    assertThat(APPROVED.api().get("/certifications/" + open).response().has("phone")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "500101, 1, male, 1950-01-01",
    "991231, 2, female, 1999-12-31",
    "000101, 3, male, 2000-01-01",
    "150505, 4, female, 2015-05-05",
    "991231, 5, male, 1999-12-31",
    "881231, 6, female, 1988-12-31",
    "010203, 7, male, 2001-02-03",
    "240229, 8, female, 2024-02-29"
  })
  void readsCenturyAndGenderFromTheSeventhDigit(
      String birth, String digit, String gender, String birthday) {
    JsonNode result =
        certified(
            SHOP,
            person(Shop.DANAL, Shop.newPhone(), Map.of("birth", birth, "gender_digit", digit)));
    assertThat(result.path("gender").asString()).isEqualTo(gender);
    assertThat(result.path("birthday").asString()).isEqualTo(birthday);
    assertThat(result.path("foreigner").asBoolean(true)).isFalse();
  }

  @Test
  void anUnknownIdIsToldBeforeAMalformedCode() {
    Wire.refused(
        SHOP.api().post("/certifications/otp/confirm/imp_000", Map.of("otp", "1")), 404, -1);
  }

  @Test
  void onePersonIsTheSameEverywhereAndAnotherAtEachSite() {
    String phone = Shop.newPhone();
    JsonNode kcp = certified(SHOP, Shop.person(Shop.KCP_IDENTITY, phone));
    JsonNode danal = certified(SHOP, Shop.person(Shop.DANAL, phone));
    JsonNode elsewhere = certified(APPROVED, Shop.person(Shop.DANAL, phone));
    Set<String> keys = new TreeSet<>();
    Set<String> sites = new TreeSet<>();
    for (JsonNode each : List.of(kcp, danal, elsewhere)) {
      keys.add(each.path("unique_key").asString());
      sites.add(each.path("unique_in_site").asString());
    }
    assertThat(keys).hasSize(1);
    assertThat(sites).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.KCP_IDENTITY, Shop.DANAL})
  void fiveWrongCodesEndIt(String pg) {
    String phone = Shop.newPhone();
    String impUid = requested(SHOP, Shop.person(pg, phone));
    String code = Shop.code(phone);
    for (int i = 0; i < 5; i++) {
      Api.Answer answer = confirm(SHOP, impUid, wrong(code));
      Wire.refused(answer, 500, -1);
      assertThat(answer.message()).contains("인증번호가 일치하지 않습니다.");
    }
    Wire.refused(confirm(SHOP, impUid, code), 400, -1);
    JsonNode failed = SHOP.api().get("/certifications/" + impUid).response();
    assertThat(failed.path("certified").asBoolean(true)).isFalse();
    assertThat(personOf(impUid)).isZero();
  }

  /** How many bytes are kept of this person. */
  private static long personOf(String impUid) {
    return SHOP.database()
        .sql(
            """
            select coalesce(sum(octet_length(person)), 0) from certification
            where merchant_id = :merchant and imp_uid = :uid
            """)
        .param("merchant", SHOP.merchant().id())
        .param("uid", impUid)
        .query(Long.class)
        .single();
  }

  @Test
  void aRightCodeAfterWrongOnesCertifies() {
    String phone = Shop.newPhone();
    String impUid = requested(SHOP, Shop.person(Shop.DANAL, phone));
    String code = Shop.code(phone);
    for (int i = 0; i < 4; i++) {
      assertThat(confirm(SHOP, impUid, wrong(code)).status()).isEqualTo(500);
    }
    assertThat(confirm(SHOP, impUid, code).response().path("certified").asBoolean()).isTrue();
    assertThat(personOf(impUid)).isPositive();
  }

  @Test
  void confirmsAtOnceCertifyOnce() throws Exception {
    String phone = Shop.newPhone();
    String impUid = requested(SHOP, Shop.person(Shop.KCP_IDENTITY, phone));
    String code = Shop.code(phone);
    List<Integer> statuses;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Api.Answer>> running =
          IntStream.range(0, 12)
              .mapToObj(i -> threads.submit(() -> confirm(SHOP, impUid, code)))
              .toList();
      List<Integer> all = new java.util.ArrayList<>();
      for (Future<Api.Answer> each : running) {
        all.add(each.get().status());
      }
      statuses = all;
    }
    assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 400).hasSize(11);
  }

  @ParameterizedTest
  @CsvSource({
    "01000000002, 통신사에서 본인확인을 거절하였습니다.",
    "01000000069, 입력하신 정보가 통신사에 등록된 정보와 일치하지 않습니다.",
    "01000000085, 이용이 정지된 휴대폰입니다.",
    "01000000119, 통신사 시스템을 점검하고 있습니다."
  })
  void passesThePgsRefusalOn(String phone, String text) {
    for (String pg : List.of(Shop.KCP_IDENTITY, Shop.DANAL)) {
      Api.Answer answer = request(SHOP, Shop.person(pg, phone));
      Wire.refused(answer, 500, -1);
      assertThat(answer.message()).endsWith(text).startsWith("[");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"01000009001", "01000009002", "01000009004"})
  void aRequestWithoutAnAnswerHasFailedAndMayBeMadeAgain(String phone) {
    for (String pg : List.of(Shop.KCP_IDENTITY, Shop.DANAL)) {
      Shop shop = Shop.fresh();
      Api.Answer answer = request(shop, Shop.person(pg, phone));
      Wire.refused(answer, 500, -1);
      assertThat(answer.message()).contains("다시 시도해 주세요.");
      assertThat(
              shop.database()
                  .sql("select state from certification where merchant_id = :merchant")
                  .param("merchant", shop.merchant().id())
                  .query(String.class)
                  .list())
          .containsExactly("failed");
      requested(shop, Shop.person(pg, Shop.newPhone()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"01000009021", "01000009024"})
  void aConfirmWithoutAnAnswerIsRepeated(String phone) {
    for (String pg : List.of(Shop.KCP_IDENTITY, Shop.DANAL)) {
      assertThat(certified(SHOP, Shop.person(pg, phone)).path("certified").asBoolean()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.KCP_IDENTITY, Shop.DANAL})
  void aConfirmThatStaysUnansweredMayBeMadeAgain(String pg) {
    String phone = "01000009022";
    String impUid = requested(SHOP, Shop.person(pg, phone));
    String code = Shop.code(phone);
    Api.Answer answer = confirm(SHOP, impUid, code);
    Wire.refused(answer, 500, -1);
    assertThat(answer.message()).contains("같은 인증번호로 다시");
    assertThat(
            SHOP.api()
                .get("/certifications/" + impUid)
                .response()
                .path("certified")
                .asBoolean(true))
        .isFalse();
    assertThat(confirm(SHOP, impUid, code).response().path("certified").asBoolean()).isTrue();
    Wire.refused(confirm(SHOP, impUid, code), 400, -1);
  }

  @Test
  void certifiesByApp() {
    String phone = Shop.newPhone();
    Map<String, Object> person =
        person(Shop.KCP_IDENTITY, phone, Map.of("verification_method", "APP", "carrier", "SKT"));
    String impUid = requested(SHOP, person);
    String path = "/certifications/otp/confirm/" + impUid;
    Api.Answer early = SHOP.api().post(path, Map.of());
    Wire.refused(early, 500, -1);
    assertThat(early.message()).contains("앱에서 아직");
    String message = Shop.message(phone).path("id").asString();
    assertThat(
            Wire.send("POST", "/sandbox/outbox/" + message + "/approve", Map.of(), new byte[0])
                .status())
        .isEqualTo(200);
    JsonNode result = SHOP.api().post(path, Map.of()).response();
    assertThat(result.path("certified").asBoolean()).isTrue();
    assertThat(
            Wire.send("POST", "/sandbox/outbox/" + message + "/approve", Map.of(), new byte[0])
                .status())
        .isEqualTo(409);
  }

  @Test
  void anAppThatDeclinesEndsIt() {
    String phone = Shop.newPhone();
    Map<String, Object> person =
        person(Shop.KCP_IDENTITY, phone, Map.of("verification_method", "APP"));
    String path = "/certifications/otp/confirm/" + requested(SHOP, person);
    String message = Shop.message(phone).path("id").asString();
    Wire.send("POST", "/sandbox/outbox/" + message + "/decline", Map.of(), new byte[0]);
    Wire.refused(SHOP.api().post(path, Map.of()), 500, -1);
    Wire.refused(SHOP.api().post(path, Map.of()), 400, -1);
  }

  @Test
  void aPgWithoutAnAppSaysSo() {
    long before = changed(SHOP);
    Map<String, Object> person =
        person(Shop.DANAL, Shop.newPhone(), Map.of("verification_method", "APP"));
    Wire.refused(request(SHOP, person), 501, -1);
    Map<String, Object> byToss = Shop.person(Shop.TOSS, Shop.newPhone());
    Wire.refused(request(SHOP, byToss), 501, -1);
    assertThat(changed(SHOP)).isEqualTo(before);
  }

  @Test
  void findsItsChannel() {
    String phone = Shop.newPhone();
    Map<String, Object> person = Shop.person("danal.A010002002", phone);
    assertThat(certified(SHOP, person).path("pg_provider").asString()).isEqualTo("danal");
    person.remove("pg");
    assertThat(certified(SHOP, person).path("pg_provider").asString()).isEqualTo("kcp_v2");
    person.put("channel_key", SHOP.channelKey(Shop.DANAL_OTP));
    person.put("pg", Shop.KCP_IDENTITY);
    assertThat(certified(SHOP, person).path("pg_provider").asString()).isEqualTo("danal");
    person.put("channel_key", SHOP.channelKey(Shop.DANAL));
    Wire.refused(request(SHOP, person), 501, -1);
    person.put("channel_key", "channel-key-of-nobody");
    Wire.refused(request(SHOP, person), 400, -1);
    Wire.refused(request(SHOP, Shop.person("danal.A000000000", phone)), 400, -1);
    person.remove("channel_key");
    person.remove("pg");
    Wire.refused(request(Shop.bare(), person), 400, -1);
  }

  @Test
  void takesBypassAsObjectTextAndForm() {
    Map<String, Object> kcp =
        Map.of(
            "media_type",
            "MC02",
            "web_siteid",
            "J123",
            "cp_sms_msg",
            "찻집 [000000] 입니다",
            "cp_callback",
            "02-1234-5678");
    String text = "{\"kcpV2\":{\"media_type\":\"MC02\",\"cp_sms_msg\":\"찻집 [000000] 입니다\"}}";
    for (Object bypass : List.of(Map.of("kcpV2", kcp), kcp, text)) {
      String phone = Shop.newPhone();
      requested(
          SHOP, person(Shop.KCP_IDENTITY, phone, Map.of("bypass", bypass, "ip", "203.0.113.9")));
      assertThat(Shop.message(phone).path("text").asString())
          .isEqualTo("찻집 [" + Shop.code(phone) + "] 입니다");
    }
    String phone = Shop.newPhone();
    Map<String, Object> form = Shop.person(Shop.KCP_IDENTITY, phone);
    form.put("bypass[kcpV2][cp_sms_msg]", "폼 [000000]");
    assertThat(SHOP.api().postForm("/certifications/otp/request", form).status()).isEqualTo(200);
    assertThat(Shop.message(phone).path("text").asString()).startsWith("폼 [");
  }

  @Test
  void refusesWhatDoesNotFit() {
    long before = changed(SHOP);
    Map<String, List<Object>> wrong = new HashMap<>();
    wrong.put("name", List.of("가".repeat(51), List.of("a"), Map.of()));
    wrong.put("phone", List.of("0212345678", "0101234567890", "010-1234", "없음", "+8210"));
    wrong.put("birth", List.of("000230", "001301", "19900101", "9901", "생일", "000000"));
    wrong.put("gender_digit", List.of("0", "9", "11", "남", "-1", 1.5));
    wrong.put("carrier", List.of("KTF", "skt", "MVNO", "LGU", 1));
    wrong.put("is_mvno", List.of("yes", "KT", 2));
    wrong.put("verification_method", List.of("sms", "PUSH", "LMS"));
    wrong.put("company", List.of("가".repeat(41)));
    wrong.put("merchant_uid", List.of("a".repeat(41)));
    wrong.put("pg", List.of("nobody", "a".repeat(81)));
    wrong.put("channel_key", List.of("nobody", "a".repeat(56)));
    wrong.put("ip", List.of("localhost", "1.2.3.4 or so"));
    wrong.put(
        "bypass",
        List.of(
            "text",
            "[]",
            "17",
            "{",
            Map.of("kcpV2", "text"),
            Map.of("kcpV2", Map.of("media_type", "MC03")),
            Map.of("kcpV2", Map.of("cp_sms_msg", "인증번호 없음")),
            Map.of("kcpV2", Map.of("cp_sms_msg", "[000000]" + "가".repeat(80))),
            Map.of("kcpV2", Map.of("cp_callback", "070-1234-5678")),
            Map.of("kcpV2", Map.of("cp_callback", "0601234567")),
            Map.of("kcpV2", Map.of("web_siteid", "a".repeat(41)))));
    wrong.forEach(
        (name, values) ->
            values.forEach(
                value -> {
                  Api.Answer answer =
                      request(
                          SHOP, person(Shop.KCP_IDENTITY, Shop.newPhone(), Map.of(name, value)));
                  assertThat(answer.status()).as(name + "=" + value).isEqualTo(400);
                  Wire.refused(answer, 400, -1);
                }));
    Map<String, Object> unborn =
        person(Shop.DANAL, Shop.newPhone(), Map.of("birth", "991231", "gender_digit", "3"));
    Wire.refused(request(SHOP, unborn), 400, -1);
    assertThat(changed(SHOP)).isEqualTo(before);
  }

  @Test
  void refusesCodesThatAreNone() {
    String phone = Shop.newPhone();
    String impUid = requested(SHOP, Shop.person(Shop.DANAL, phone));
    String path = "/certifications/otp/confirm/" + impUid;
    for (Map<String, ?> body :
        List.<Map<String, ?>>of(
            Map.of(),
            Map.of("otp", ""),
            Map.of("otp", "  "),
            Map.of("otp", "12345"),
            Map.of("otp", "1234567"),
            Map.of("otp", "12345a"),
            Map.of("otp", "١٢٣٤٥٦"),
            Map.of("otp", List.of("123456")),
            Map.of("otp", true),
            Map.of("otp", "1".repeat(100)))) {
      for (int i = 0; i < 2; i++) {
        Wire.refused(SHOP.api().post(path, body), 400, -1);
      }
    }
    assertThat(confirm(SHOP, impUid, Shop.code(phone)).status())
        .as("no try was lost")
        .isEqualTo(200);
  }

  @Test
  void knowsNothingOfOthers() {
    String phone = Shop.newPhone();
    String impUid = requested(SHOP, Shop.person(Shop.DANAL, phone));
    Shop other = Shop.fresh();
    for (Shop stranger : List.of(other, SHOP.tier("ABC"))) {
      for (Api.Answer answer :
          List.of(
              stranger.api().get("/certifications/" + impUid),
              stranger.api().delete("/certifications/" + impUid),
              confirm(stranger, impUid, Shop.code(phone)))) {
        Wire.refused(answer, 404, -1);
        assertThat(answer.message()).isEqualTo(UNKNOWN);
      }
    }
    assertThat(confirm(SHOP, impUid, Shop.code(phone)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"imp_000000000000", "nonsense", "imp_", "imps_123456789012345"})
  void doesNotFindWhatThereIsNot(String impUid) {
    for (Api.Answer answer :
        List.of(
            SHOP.api().get("/certifications/" + impUid),
            SHOP.api().delete("/certifications/" + impUid),
            confirm(SHOP, impUid, "123456"))) {
      Wire.refused(answer, 404, -1);
      assertThat(answer.message()).isEqualTo(UNKNOWN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.KCP_IDENTITY, Shop.DANAL})
  void deletesForGood(String pg) {
    JsonNode certified = certified(SHOP, Shop.person(pg, Shop.newPhone()));
    String path = "/certifications/" + certified.path("imp_uid").asString();
    long before = changed(SHOP);
    assertThat(SHOP.api().delete(path).response()).isEqualTo(certified);
    assertThat(changed(SHOP)).isEqualTo(before - 1);
    Wire.refused(SHOP.api().get(path), 404, -1);
    Wire.refused(SHOP.api().delete(path), 404, -1);

    String phone = Shop.newPhone();
    String open = requested(SHOP, Shop.person(pg, phone));
    assertThat(
            SHOP.api()
                .delete("/certifications/" + open)
                .response()
                .path("certified")
                .asBoolean(true))
        .isFalse();
    Wire.refused(confirm(SHOP, open, Shop.code(phone)), 404, -1);
  }
}
