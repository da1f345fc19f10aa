package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.kernel.Secret;
import dev.naru.testing.Api;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code IMP.certification} from the page's request to V1's {@code GET /certifications}. */
class IdentityWindowsTest {

  private static final Shop SHOP = Shop.fresh();

  /** Whose rows are counted: tests that run at once are about the other. */
  private static final Shop STILL = Shop.fresh();

  private static final Shop APPROVED =
      Shop.bare()
          .withChannel(Shop.KCP_IDENTITY, Map.of("carrierApproved", true))
          .withChannel(Shop.DANAL, Map.of("carrierApproved", true))
          .withChannel(IdentityVisit.UNIFIED, Map.of("carrierApproved", true, "reqSvcCd", "03"));

  private static IdentityVisit open(String pg) {
    return IdentityVisit.open(SHOP, IdentityVisit.params(pg));
  }

  private static long rows() {
    return STILL.rows("certification") + STILL.rows("checkout");
  }

  private static String column(String name, String impUid) {
    return SHOP.database()
        .sql("select " + name + "::text from certification where imp_uid = :uid")
        .param("uid", impUid)
        .query(String.class)
        .single();
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.DANAL, Shop.KCP_IDENTITY, IdentityVisit.UNIFIED, IdentityVisit.CARD})
  void certifies(String pg) {
    Map<String, Object> params = IdentityVisit.params(pg);
    IdentityVisit visit = IdentityVisit.open(SHOP, params);
    JsonNode open = visit.certification();
    assertThat(open.path("certified").asBoolean(true)).isFalse();
    assertThat(open.path("name").isNull()).isTrue();
    assertThat(open.path("origin").isNull()).isTrue();

    JsonNode result = visit.end(IdentityVisit.somebody());
    assertThat(result.propertyNames())
        .containsExactlyInAnyOrder("success", "imp_uid", "merchant_uid", "pg_provider", "pg_type");
    assertThat(result.path("pg_provider").asString()).isEqualTo(pg);
    assertThat(result.path("pg_type").asString()).isEqualTo("certification");
    assertThat(result.path("success").asBoolean()).isTrue();
    assertThat(result.path("imp_uid").asString()).isEqualTo(visit.impUid()).startsWith("imp_");
    assertThat(result.path("merchant_uid").asString()).isEqualTo(params.get("merchant_uid"));

    JsonNode told = visit.certification();
    assertThat(told.path("certified").asBoolean()).isTrue();
    assertThat(told.path("pg_provider").asString()).isEqualTo(pg);
    assertThat(told.path("pg_tid").asString()).isNotBlank();
    assertThat(told.path("merchant_uid").asString()).isEqualTo(params.get("merchant_uid"));
    assertThat(told.path("name").asString()).isEqualTo("남궁나루");
    assertThat(told.path("birthday").asString()).isEqualTo("2000-02-29");
    assertThat(told.path("birth").asLong()).isEqualTo(951_750_000);
    assertThat(told.path("unique_key").asString()).hasSize(88);
    assertThat(told.path("origin").asString()).isEqualTo("https://shop.example/join");
    assertThat(told.has("phone")).isFalse();
    assertThat(told.path("foreigner").asBoolean(true)).isFalse();
    boolean unified = pg.equals(IdentityVisit.UNIFIED);
    assertThat(told.path("gender").asString("")).isEqualTo(unified ? "" : "female");
    assertThat(told.path("unique_in_site").asString("")).hasSize(unified ? 0 : 64);
    for (String secret :
        List.of(
            "남궁나루",
            "20000229",
            "2000-02-29",
            "01075319086",
            told.path("unique_key").asString().substring(0, 20))) {
      assertThat(visit.seen()).noneMatch(page -> page.contains(secret));
    }
  }

  @Test
  void tellsApprovedMerchantsThePhone() {
    for (String pg : List.of(Shop.DANAL, Shop.KCP_IDENTITY, IdentityVisit.UNIFIED)) {
      IdentityVisit visit = IdentityVisit.open(APPROVED, IdentityVisit.params(pg));
      visit.end(IdentityVisit.somebody());
      JsonNode told = visit.certification();
      assertThat(told.path("phone").asString()).isEqualTo("01075319086");
      assertThat(told.path("foreigner").asBoolean()).isTrue();
      assertThat(told.path("foreigner_v2").asBoolean()).isTrue();
      assertThat(told.path("carrier").asString(""))
          .isEqualTo(pg.equals(IdentityVisit.UNIFIED) ? "" : "KT_MVNO");
      assertThat(told.path("gender").asString()).isEqualTo("female");
    }
  }

  static Stream<Arguments> endings() {
    return Stream.of(Shop.DANAL, Shop.KCP_IDENTITY, IdentityVisit.UNIFIED, IdentityVisit.CARD)
        .flatMap(
            pg ->
                Stream.of("REFUSED", "IDENTITY", "SUSPENDED", "UNREACHABLE")
                    .map(outcome -> Arguments.of(pg, outcome)));
  }

  @ParameterizedTest
  @MethodSource("endings")
  void passesTheRefusalOn(String pg, String outcome) {
    IdentityVisit visit = open(pg);
    JsonNode result = visit.end(IdentityVisit.ending(outcome));
    assertThat(result.path("success").asBoolean(true)).isFalse();
    assertThat(result.path("error_code").asString("")).isNotBlank().isNotEqualTo("F400");
    assertThat(result.path("error_msg").asString("")).containsPattern("[가-힣]{2,}");
    assertThat(visit.certification().path("certified").asBoolean(true)).isFalse();
    assertThat(column("person is null", visit.impUid())).isEqualTo("true");
    // Neither another look nor another return makes it a yes.
    assertThat(visit.result(visit.send(IdentityVisit.get(visit.url())))).isEqualTo(result);
    assertThat(visit.result(visit.send(IdentityVisit.get(visit.url() + "/return"))))
        .isEqualTo(result);
    assertThat(visit.close().response().path("result")).isEqualTo(result);
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.DANAL, Shop.KCP_IDENTITY, IdentityVisit.UNIFIED, IdentityVisit.CARD})
  void whoClosesThePgsWindowHasGivenUp(String pg) {
    JsonNode result = open(pg).end(IdentityVisit.closing());
    assertThat(result.path("success").asBoolean(true)).isFalse();
    assertThat(result.path("error_code").asString("")).isNotBlank();
    assertThat(result.path("error_msg").asString("")).contains("취소");
  }

  @Test
  void thePageClosesTheWindow() {
    IdentityVisit visit = open(Shop.DANAL);
    HttpRequest back = visit.back(IdentityVisit.somebody());
    Api.Answer closed = visit.close();
    assertThat(closed.code()).isZero();
    assertThat(closed.response().path("closed").asBoolean()).isTrue();
    assertThat(closed.response().path("result").path("error_code").asString()).isEqualTo("F400");
    // Too late: what is closed stays so.
    assertThat(visit.result(visit.send(back)).path("success").asBoolean(true)).isFalse();
    assertThat(visit.certification().path("certified").asBoolean(true)).isFalse();
    assertThat(visit.close().response()).isEqualTo(closed.response());

    IdentityVisit done = open(Shop.DANAL);
    JsonNode result = done.end(IdentityVisit.somebody());
    assertThat(done.close().response().path("closed").asBoolean()).isTrue();
    assertThat(done.close().response().path("result")).isEqualTo(result);
    assertThat(done.certification().path("certified").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.DANAL, Shop.KCP_IDENTITY, IdentityVisit.UNIFIED, IdentityVisit.CARD})
  void comingBackAgainGivesTheSame(String pg) throws Exception {
    IdentityVisit visit = open(pg);
    HttpRequest back = visit.back(IdentityVisit.somebody());
    List<Integer> statuses;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse<String>>> running =
          IntStream.range(0, 6).mapToObj(i -> threads.submit(() -> visit.send(back))).toList();
      List<Integer> all = new java.util.ArrayList<>();
      for (Future<HttpResponse<String>> each : running) {
        all.add(each.get().statusCode());
      }
      statuses = all;
    }
    assertThat(statuses).hasSize(6).allMatch(status -> status / 100 == 3);
    JsonNode told = visit.certification();
    assertThat(told.path("certified").asBoolean()).isTrue();
    assertThat(visit.result(visit.send(back)).path("success").asBoolean()).isTrue();
    assertThat(visit.certification()).isEqualTo(told);
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.DANAL, Shop.KCP_IDENTITY, IdentityVisit.CARD})
  void anotherPersonsReturnIsForged(String pg) {
    IdentityVisit mine = open(pg);
    IdentityVisit others = open(pg);
    HttpRequest theirs = others.back(IdentityVisit.somebody());
    String query = theirs.uri().getRawQuery();
    HttpRequest.Builder stolen =
        HttpRequest.newBuilder(
                URI.create(mine.url() + "/return" + (query == null ? "" : "?" + query)))
            .method(
                theirs.method(),
                theirs.bodyPublisher().orElse(HttpRequest.BodyPublishers.noBody()));
    theirs.headers().map().forEach((name, values) -> stolen.header(name, values.getFirst()));
    HttpResponse<String> refused = mine.send(stolen.build());
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("본인인증 결과를 신뢰할 수 없습니다.");
    stolen.setHeader("Accept-Language", "en");
    assertThat(mine.send(stolen.build()).body())
        .contains("The answer of the identity service could not be used.");
    assertThat(mine.end(IdentityVisit.somebody()).path("success").asBoolean()).isTrue();
    assertThat(others.result(others.send(theirs)).path("success").asBoolean()).isTrue();
  }

  @Test
  void anotherPersonsTransactionAtInicisIsRefusedByItsOrder() {
    IdentityVisit mine = open(IdentityVisit.UNIFIED);
    IdentityVisit others = open(IdentityVisit.UNIFIED);
    HttpRequest theirs = others.back(IdentityVisit.somebody());
    HttpRequest.Builder stolen =
        HttpRequest.newBuilder(URI.create(mine.url() + "/return"))
            .POST(theirs.bodyPublisher().orElseThrow())
            .header("Content-Type", "application/x-www-form-urlencoded");
    assertThat(mine.result(mine.send(stolen.build())).path("success").asBoolean(true)).isFalse();
    assertThat(mine.certification().path("certified").asBoolean(true)).isFalse();
  }

  @Test
  void aReturnWithNothingChangesNothing() {
    for (String pg : List.of(Shop.DANAL, Shop.KCP_IDENTITY, IdentityVisit.UNIFIED)) {
      IdentityVisit visit = open(pg);
      for (String query : List.of("", "?TID=1", "?success=true", "?resultCode=0000&txId=1")) {
        HttpResponse<String> answer =
            visit.send(IdentityVisit.get(visit.url() + "/return" + query));
        assertThat(answer.statusCode()).as(query).isEqualTo(400);
      }
      assertThat(visit.end(IdentityVisit.somebody()).path("success").asBoolean()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.DANAL, Shop.KCP_IDENTITY, IdentityVisit.UNIFIED, IdentityVisit.CARD})
  @Execution(ExecutionMode.CONCURRENT)
  void aConfirmWithoutAnAnswerIsRepeatedOrEnds(String pg) {
    IdentityVisit silent = open(pg);
    assertThat(silent.end(IdentityVisit.ending("CONFIRM_TIMEOUT")).path("success").asBoolean())
        .isTrue();
    IdentityVisit lost = open(pg);
    HttpResponse<String> back = lost.send(lost.back(IdentityVisit.ending("CONFIRM_ANSWER_LOST")));
    boolean once = pg.equals(Shop.DANAL) || pg.equals(IdentityVisit.UNIFIED);
    if (once) {
      // The PG has told, and nobody heard: the person has to go there again.
      assertThat(lost.result(back).path("success").asBoolean(true)).isFalse();
      return;
    }
    // Two answers lost: the person is told so, and presses again.
    assertThat(back.statusCode()).isEqualTo(502);
    assertThat(back.body()).contains("PG사의 응답을 확인할 수 없습니다", lost.url().replaceFirst(".*/", ""));
    assertThat(column("state", lost.impUid())).isEqualTo("requested");
    URI result = URI.create(lost.url() + "/result");
    HttpRequest english = HttpRequest.newBuilder(result).header("Accept-Language", "en").build();
    HttpResponse<String> told = lost.send(english);
    assertThat(told.statusCode()).isEqualTo(502);
    // Our own words are there in English, too; nothing is claimed of an answer that did not come.
    assertThat(told.body()).contains("being looked for").doesNotContain("could not be used");
    assertThat(lost.result(lost.send(IdentityVisit.get(lost.url()))).path("success").asBoolean())
        .isTrue();
  }

  @Test
  void theYoungerFail() {
    Map<String, Object> params = IdentityVisit.params(Shop.DANAL);
    params.put("min_age", 19);
    Map<String, String> child = IdentityVisit.somebody();
    child.put("birth", "20150505");
    JsonNode refused = IdentityVisit.open(SHOP, params).end(child);
    assertThat(refused.path("success").asBoolean(true)).isFalse();
    assertThat(refused.path("error_code").asString()).isEqualTo("9028");
    assertThat(
            IdentityVisit.open(SHOP, params)
                .end(IdentityVisit.somebody())
                .path("success")
                .asBoolean())
        .isTrue();
    // PGs that know no least age: the hub does.
    params.put("pg", Shop.KCP_IDENTITY);
    IdentityVisit kcp = IdentityVisit.open(SHOP, params);
    assertThat(kcp.end(child).path("error_msg").asString()).contains("만 19세");
    assertThat(column("person is null", kcp.impUid())).isEqualTo("true");
  }

  @Test
  void phonesGoAwayUnlessAskedForAWindow() {
    Map<String, Object> params = IdentityVisit.params(Shop.DANAL);
    Map<String, Object> mobile = IdentityVisit.body(SHOP, params);
    mobile.put("mobile", true);
    Wire.refused(IdentityVisit.asked(SHOP, mobile), 400, -1);
    params.put("popup", true);
    assertThat(presentation(mobile)).isEqualTo("popup");
    params.put("popup", false);
    params.put("m_redirect_url", "https://shop.example/back?cart=9#done");
    assertThat(presentation(mobile)).isEqualTo("redirect");
    mobile.put("mobile", false);
    assertThat(presentation(mobile)).isEqualTo("popup");

    IdentityVisit visit = IdentityVisit.open(SHOP, params, Map.of("mobile", true));
    assertThat(home(visit, IdentityVisit.somebody()))
        .isEqualTo(
            "https://shop.example/back?cart=9&imp_uid="
                + visit.impUid()
                + "&merchant_uid="
                + params.get("merchant_uid")
                + "&success=true#done");
    IdentityVisit closed = IdentityVisit.open(SHOP, params, Map.of("mobile", true));
    assertThat(home(closed, IdentityVisit.closing()))
        .contains("&success=false&error_code=F400&error_msg=")
        .endsWith("#done");
  }

  private static String presentation(Map<String, Object> body) {
    return IdentityVisit.asked(SHOP, body).response().path("presentation").asString();
  }

  /** Where the browser is sent in the end. */
  private static String home(IdentityVisit visit, Map<String, String> typed) {
    HttpResponse<String> back = visit.send(visit.back(typed));
    String result = back.headers().firstValue("Location").orElseThrow();
    return visit.send(IdentityVisit.get(result)).headers().firstValue("Location").orElseThrow();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("merchant_uid", null),
        Arguments.of("merchant_uid", ""),
        Arguments.of("merchant_uid", 7),
        Arguments.of("merchant_uid", "x".repeat(41)),
        Arguments.of("merchant_uid", "a\u0000b"),
        Arguments.of("min_age", "19"),
        Arguments.of("min_age", -1),
        Arguments.of("min_age", 19.5),
        Arguments.of("min_age", 151),
        Arguments.of("min_age", 1e300),
        Arguments.of("name", "n".repeat(51)),
        Arguments.of("name", List.of("n")),
        Arguments.of("phone", "02-123-4567"),
        Arguments.of("phone", "x"),
        Arguments.of("carrier", "KT"),
        Arguments.of("carrier", 1),
        Arguments.of("company", "c".repeat(101)),
        Arguments.of("pg", "nobody"),
        Arguments.of("pg", "danal.OTHER"),
        Arguments.of("pg", 1),
        Arguments.of("channelKey", "channel-key-unknown"),
        Arguments.of("m_redirect_url", "javascript:alert(1)"),
        Arguments.of("m_redirect_url", "//evil.example"),
        Arguments.of("app_scheme", "1 2"),
        Arguments.of("bypass", Map.of("x", "y\u0000")));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsRefusedAndChangesNothing(String name, @Nullable Object value) {
    long before = rows();
    Map<String, Object> params = IdentityVisit.params(Shop.DANAL);
    params.put(name, value);
    Wire.refused(IdentityVisit.asked(STILL, IdentityVisit.body(STILL, params)), 400, -1);
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void aWrongEnvelopeIsRefused() {
    long before = rows();
    Map<String, Object> params = IdentityVisit.params(Shop.DANAL);
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("params", params),
            Map.of("user_code", "imp-nobody", "params", params),
            Map.of("user_code", STILL.merchant().userCode()),
            Map.of("user_code", STILL.merchant().userCode(), "params", "x"),
            Map.of("user_code", STILL.merchant().userCode(), "tier_code", "no1", "params", params),
            Map.of(
                "user_code",
                STILL.merchant().userCode(),
                "page",
                "https://evil.example/",
                "params",
                params))) {
      Api.Answer answer = IdentityVisit.asked(STILL, wrong);
      assertThat(answer.status()).as(wrong.toString()).isIn(400, 404);
      assertThat(answer.code()).isEqualTo(-1);
    }
    Map<String, Object> byToss = new HashMap<>(params);
    byToss.put("pg", Shop.TOSS);
    Wire.refused(IdentityVisit.asked(STILL, IdentityVisit.body(STILL, byToss)), 501, -1);
    byToss.remove("pg");
    byToss.put("channelKey", STILL.channelKey(Shop.DANAL_OTP));
    Wire.refused(IdentityVisit.asked(STILL, IdentityVisit.body(STILL, byToss)), 501, -1);
    Wire.refused(
        IdentityVisit.asked(
            Shop.bare(), IdentityVisit.body(Shop.bare(), Map.of("merchant_uid", "m1"))),
        400,
        -1);
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void findsItsChannel() {
    Map<String, Object> params = IdentityVisit.params("danal.A010002002");
    IdentityVisit.open(SHOP, params);
    params.remove("pg");
    params.put("channelKey", SHOP.channelKey(IdentityVisit.UNIFIED));
    IdentityVisit unified = IdentityVisit.open(SHOP, params);
    assertThat(unified.certification().path("pg_provider").asString()).isEqualTo("inicis_unified");
    params.put("pg", IdentityVisit.CARD);
    params.remove("channelKey");
    assertThat(IdentityVisit.open(SHOP, params).certification().path("pg_provider").asString())
        .isEqualTo("inicis");
  }

  @Test
  void anotherMerchantKnowsNothingOfIt() {
    IdentityVisit visit = open(Shop.DANAL);
    visit.end(IdentityVisit.somebody());
    Shop other = Shop.bare();
    Wire.refused(other.api().get("/certifications/" + visit.impUid()), 404, -1);
    Wire.refused(other.api().delete("/certifications/" + visit.impUid()), 404, -1);
    String token = visit.url().replaceFirst(".*/", "");
    String foreign =
        visit
            .url()
            .replace(
                token, Long.toString(other.merchant().id(), 36) + token.replaceFirst("[^-]*", ""));
    assertThat(visit.send(IdentityVisit.get(foreign)).statusCode()).isEqualTo(404);
    // A verification's window opens nothing of a payment, and the other way round.
    assertThat(visit.send(IdentityVisit.get(visit.url().replace("/identity", ""))).statusCode())
        .isEqualTo(404);
    assertThat(
            visit
                .send(IdentityVisit.get(visit.url().replace("/identity", "") + "/result"))
                .statusCode())
        .isEqualTo(404);
    assertThat(
            visit
                .send(
                    IdentityVisit.get(
                        PayWindow.asked(SHOP, PayWindow.order(PayWindow.PAYCO))
                            .response()
                            .path("url")
                            .asString()
                            .replace("/checkout/", "/checkout/identity/")))
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void isNotConfirmedByACode() {
    IdentityVisit visit = open(Shop.DANAL);
    String path = "/certifications/otp/confirm/" + visit.impUid();
    Wire.refused(SHOP.api().post(path, Map.of("otp", "123456")), 400, -1);
    visit.end(IdentityVisit.somebody());
    Wire.refused(SHOP.api().post(path, Map.of("otp", "123456")), 400, -1);
  }

  @Test
  void isErasedWithItsWindow() {
    IdentityVisit visit = open(Shop.DANAL);
    visit.end(IdentityVisit.somebody());
    JsonNode told = visit.certification();
    assertThat(SHOP.api().delete("/certifications/" + visit.impUid()).response()).isEqualTo(told);
    Wire.refused(SHOP.api().get("/certifications/" + visit.impUid()), 404, -1);
    assertThat(visit.send(IdentityVisit.get(visit.url() + "/result")).statusCode()).isEqualTo(404);
    IdentityVisit open = open(Shop.DANAL);
    HttpRequest back = open.back(IdentityVisit.somebody());
    assertThat(SHOP.api().delete("/certifications/" + open.impUid()).code()).isZero();
    assertThat(open.send(back).statusCode()).isEqualTo(404);
    assertThat(
            SHOP.database()
                .sql("select count(*) from checkout where certification_uid = any(:uids)")
                .param("uids", new String[] {visit.impUid(), open.impUid()})
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void aPgThatRefusesTheWindowSaysSo() {
    Shop wrong = Shop.bare().withChannel(Shop.DANAL, Map.of("cppwd", new Secret("not it")));
    Api.Answer answer =
        IdentityVisit.asked(wrong, IdentityVisit.body(wrong, IdentityVisit.params(Shop.DANAL)));
    Wire.refused(answer, 200, -1);
    assertThat(answer.message()).startsWith("[9002]");
    assertThat(wrong.rows("checkout")).isZero();
  }

  @Test
  void aFormMayCloseItToo() {
    IdentityVisit visit = open(Shop.DANAL);
    HttpRequest form =
        IdentityVisit.post(
            URI.create(visit.url() + "/close"), Map.of("TID", "1"), StandardCharsets.UTF_8);
    assertThat(visit.result(visit.send(form)).path("error_msg").asString()).contains("취소");
  }
}
