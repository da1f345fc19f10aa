package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Pg;
import dev.naru.connector.facts.Reads;
import dev.naru.connector.facts.Reads.Door;
import dev.naru.contract.Operation;
import dev.naru.contract.Parameter;
import dev.naru.contract.Value;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What shops really send, at every operation that it can concern: the answer is the same as to the
 * request without it. Money alone is taken as it must be, or refused.
 */
@OwnOrders
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShopsSendTest {

  /** Which goods money goes back for is said or left out: no empty list stands for all of them. */
  private static final Set<String> GOODS =
      Set.of(
          "POST /payments/{imp_uid}/naver/cancel",
          "POST /payments/{imp_uid}/naver/approve-cancel",
          "POST /payments/{imp_uid}/naver/approve-return");

  private final Shop shop = Shop.fresh();
  private final Playbook playbook = new Playbook(shop);

  static Stream<Operation> operations() {
    return Playbook.operations();
  }

  /** Few operations fail whoever asks: what is compared below is mostly a success. */
  @Test
  void theRequestsAreGood() {
    Set<String> refused = new TreeSet<>();
    operations()
        .forEach(
            operation -> {
              Wire.Got got = playbook.send(playbook.request(operation));
              if (!Playbook.succeeded(got)) {
                refused.add(operation.call() + " " + got.text());
              }
            });
    assertThat(refused).isEmpty();
  }

  private void same(Playbook.Request odd, Wire.Got got, Wire.Got plain) {
    assertThat(Playbook.common(got))
        .as("%s %s %s", odd.operation().call(), odd.query(), odd.body())
        .isEqualTo(Playbook.common(plain));
  }

  private static boolean isMoney(Parameter parameter) {
    Value value = parameter.value();
    return "money".equals(value.format())
        || parameter.name().equals("amount")
        || parameter.name().equals("checksum");
  }

  private static boolean isNoGoods(
      Operation operation, Parameter parameter, @Nullable Object word) {
    return List.of().equals(word)
        && parameter.name().equals("product_order_id")
        && GOODS.contains(operation.call());
  }

  private static List<Parameter> optional(Playbook.Request request) {
    return request.operation().parameters().stream()
        .filter(parameter -> parameter.where() != Parameter.Where.PATH)
        .filter(parameter -> !parameter.required() || parameter.marks().relaxed())
        .filter(parameter -> !request.has(parameter))
        .filter(parameter -> !parameter.marks().ignored())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void whatSaysNothingIsAbsent(Operation operation) {
    Wire.Got plain = playbook.send(playbook.request(operation));
    List<Object> words = new ArrayList<>(List.of("", List.of(), Map.of(), "null", "undefined"));
    words.add(null);
    for (Object word : words) {
      Playbook.Request odd = playbook.request(operation);
      for (Parameter parameter : optional(odd)) {
        boolean inQuery = parameter.where() == Parameter.Where.QUERY;
        boolean sayable = !inQuery || word instanceof String;
        boolean strict = isMoney(parameter) && word != null && !"".equals(word);
        if (sayable && !strict && !isNoGoods(operation, parameter, word)) {
          odd = odd.with(parameter, word);
        }
      }
      same(odd, playbook.send(odd), plain);
    }
  }

  /** The other way round: words in the place of what was there, against nothing there. */
  @ParameterizedTest
  @MethodSource("operations")
  void whatSaysNothingIsMissingWhereItWas(Operation operation) {
    if (operation.path().endsWith("/unschedule")) {
      // Without orders it is about all that there are, which are never the same.
      return;
    }
    List<Parameter> given =
        operation.parameters().stream()
            .filter(parameter -> parameter.where() == Parameter.Where.BODY)
            .filter(parameter -> !isMoney(parameter))
            .filter(parameter -> parameter.value().type() != Value.Type.OBJECT)
            .toList();
    for (Parameter parameter : given) {
      Playbook.Request with = playbook.request(operation);
      if (with.has(parameter)) {
        Wire.Got plain = playbook.send(with.without(parameter));
        for (Object word : List.of("", "undefined", List.of())) {
          Playbook.Request odd = playbook.request(operation).with(parameter, word);
          if (!isNoGoods(operation, parameter, word)) {
            same(odd, playbook.send(odd), plain);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void zeroIsTheDefaultOfACount(Operation operation) {
    Wire.Got plain = playbook.send(playbook.request(operation));
    Playbook.Request odd = playbook.request(operation);
    int counts = 0;
    for (Parameter parameter : optional(odd)) {
      boolean count =
          parameter.value().type() == Value.Type.INTEGER
              && parameter.value().format() == null
              && !isMoney(parameter);
      if (count) {
        counts++;
        odd = odd.with(parameter, 0);
      }
    }
    if (counts > 0) {
      same(odd, playbook.send(odd), plain);
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void moneyIsNotGuessed(Operation operation) {
    for (Parameter parameter : operation.parameters()) {
      if (parameter.where() == Parameter.Where.BODY
          && isMoney(parameter)
          && !parameter.name().equals("vat")
          && !parameter.marks().ignored()) {
        for (Object wrong : List.of("15,000", "1000원", "undefined", List.of(), 1000.5, "0x10")) {
          Playbook.Request odd = playbook.request(operation).with(parameter, wrong);
          Wire.Got got = playbook.send(odd);
          assertThat(got.json().path("code").asInt())
              .as("%s %s=%s %s", operation.call(), parameter.name(), wrong, got.text())
              .isNotZero();
        }
      }
    }
  }

  /** Nobody reads them with this PG and method, so nobody judges them. */
  @ParameterizedTest
  @MethodSource("operations")
  void whatNobodyReadsIsNotJudged(Operation operation) {
    Playbook.Request odd = playbook.request(operation);
    String pg =
        switch (operation.path()) {
          case "/cvs" -> Shop.GALAXIA;
          case "/receipts/external/{merchant_uid}" -> Shop.INICIS;
          default -> Shop.TOSS;
        };
    boolean otp = operation.path().equals("/certifications/otp/request");
    Pg<?> known =
        Hub.shared().bean(PgDirectory.class).find(otp ? Shop.DANAL_OTP : pg).orElseThrow();
    String method = operation.path().startsWith("/vbanks") ? "vbank" : "card";
    List<String> unread = Reads.unread(otp ? Door.OTP : Door.API, known, method);
    Map<String, Object> garbage = new LinkedHashMap<>();
    for (Parameter parameter : operation.parameters()) {
      boolean body = parameter.where() == Parameter.Where.BODY;
      if (body && unread.contains(parameter.name()) && isReadByPg(operation)) {
        garbage.put(parameter.name(), Map.of("odd", List.of(1)));
      }
    }
    if (!garbage.isEmpty()) {
      Wire.Got plain = playbook.send(playbook.request(operation));
      same(odd.body(garbage), playbook.send(odd.body(garbage)), plain);
    }
  }

  /** The others are of one PG each, which reads all of theirs. */
  private static boolean isReadByPg(Operation operation) {
    return !operation.path().startsWith("/kcpquick")
        && !operation.path().startsWith("/benepia")
        && !operation.path().startsWith("/receipts/{")
        && !operation.path().startsWith("/escrows");
  }

  @Test
  void whatNobodyReadsIsNotJudgedInASchedule() {
    String customer = Plans.customer(shop, Shop.TOSS, Api.GOOD_CARD);
    Map<String, Object> entry = Plans.entry(Api.newOrder(), Plans.in(86_400));
    entry.put("product_type", "odd");
    entry.put("cash_receipt_type", "odd");
    entry.put("product_count", "many");
    Api.Answer answer = shop.api().post(Plans.PATH, Plans.request(customer, entry));
    assertThat(answer.code()).as(answer.message()).isZero();
  }

  @Test
  void whatIsReadIsJudged() {
    Map<String, Object> account = Shop.account(Bank.SETTLE);
    account.put("vbank_num", "odd");
    assertThat(shop.api().post("/vbanks", account).code()).isEqualTo(-1);
    Map<String, Object> person = Shop.person(Shop.KCP_IDENTITY, Shop.newPhone());
    person.put("verification_method", "POST");
    assertThat(shop.api().post("/certifications/otp/request", person).code()).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({"tosspayments, 88", "html5_inicis, 88", "settle, 04", "tosspayments, 04"})
  void banksOfTwoDigits(String pg, String two) {
    Map<String, Object> account = Shop.account(pg);
    account.put("vbank_code", "0" + two);
    JsonNode three = shop.api().post("/vbanks", account).response();
    account.put("merchant_uid", Api.newOrder());
    account.put("vbank_code", two);
    Api.Answer answer = shop.api().post("/vbanks", account);
    assertThat(answer.code()).as(answer.message()).isZero();
    assertThat(answer.response().path("vbank_code").asString("?"))
        .isEqualTo(three.path("vbank_code").asString());
    assertThat(answer.response().path("vbank_name").asString("?"))
        .isEqualTo(three.path("vbank_name").asString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tosspayments", "html5_inicis", "settle"})
  void aRefundToABankOfTwoDigits(String pg) {
    Api demo = new Api(Hub.shared().url());
    Map<String, Object> changes = pg.equals("settle") ? Map.of("vbank_code", "04") : Map.of();
    JsonNode payment = Deposits.paid(demo, pg, changes);
    Map<String, Object> cancel = new LinkedHashMap<>();
    cancel.put("imp_uid", payment.path("imp_uid").asString());
    cancel.put("refund_holder", "김나루");
    cancel.put("refund_bank", "88");
    cancel.put("refund_account", "110123456789");
    Api.Answer answer = demo.post("/payments/cancel", cancel);
    assertThat(answer.code()).as(answer.message()).isZero();
    assertThat(answer.response().path("status").asString()).isEqualTo("cancelled");
  }

  @Test
  void theHolderAtABankOfTwoDigits() {
    String holder = "/vbanks/holder?bank_num=110123456789&bank_code=";
    JsonNode three = shop.api().get(holder + "088").body();
    assertThat(shop.api().get(holder + "88").body()).isEqualTo(three);
    assertThat(three.path("code").asInt(-1)).isZero();
  }

  /** The same moment in every form; of a day its last second. */
  @Test
  void datesUntilWhenToPay() {
    LocalDate day = LocalDate.ofInstant(Instant.now().plusSeconds(864_000), HubClock.SEOUL);
    String digits = DateTimeFormatter.BASIC_ISO_DATE.format(day);
    long end = day.atTime(23, 59, 59).atZone(HubClock.SEOUL).toEpochSecond();
    for (Object form :
        List.of(
            end,
            end + ".75",
            digits,
            day.toString(),
            day.toString().replace('-', '/'),
            digits + "235959",
            day + " 23:59:59",
            day + "T23:59:59.000",
            day + "T14:59:59.000Z",
            day + "T23:59:59+09:00")) {
      Map<String, Object> account = Shop.account(Shop.INICIS);
      account.put("vbank_due", form);
      Api.Answer answer = shop.api().post("/vbanks", account);
      assertThat(answer.response().path("vbank_date").asLong())
          .as("%s %s", form, answer.message())
          .isEqualTo(end);
    }
    for (Object wrong : List.of("tomorrow", "20301399", "2030-1-1", "1000", "-5")) {
      Map<String, Object> account = Shop.account(Shop.INICIS);
      account.put("vbank_due", wrong);
      assertThat(shop.api().post("/vbanks", account).code()).as("%s", wrong).isEqualTo(-1);
    }
  }

  @Test
  void cardDataWithLongDates() {
    operations()
        .filter(operation -> operation.parameters().stream().anyMatch(ShopsSendTest::isCard))
        .forEach(
            operation -> {
              Map<String, Object> card = Shop.card(Shop.TOSS, Api.GOOD_CARD);
              Wire.Got plain = playbook.send(playbook.request(operation).body(card));
              Playbook.Request odd = playbook.request(operation).body(card);
              odd = odd.body(Map.of("birth", "19900101", "expiry", "203912"));
              same(odd, playbook.send(odd), plain);
            });
  }

  private static boolean isCard(Parameter parameter) {
    return parameter.name().equals("card_number");
  }

  @Test
  void aPersonWithALongDate() {
    Map<String, Object> person = Shop.person(Shop.DANAL, Shop.newPhone());
    person.put("birth", "20000229");
    Api.Answer answer = shop.api().post("/certifications/otp/request", person);
    assertThat(answer.code()).as(answer.message()).isZero();
    String impUid = answer.response().path("imp_uid").asString();
    Api.Answer told =
        shop.api()
            .post(
                "/certifications/otp/confirm/" + impUid,
                Map.of("otp", Shop.code(String.valueOf(person.get("phone")))));
    assertThat(told.response().path("birthday").asString()).isEqualTo("2000-02-29");
  }

  /** As the clients of 2016 send it: no PG, no birth date, no PIN. */
  @Test
  void aForeignCardByItsNumberAlone() {
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("merchant_uid", Api.newOrder());
    order.put("amount", 10_000);
    order.put("card_number", Api.GOOD_CARD);
    order.put("expiry", "2039-12");
    Api.Answer answer = shop.api().post("/subscribe/payments/foreign", order);
    assertThat(answer.response().path("status").asString(""))
        .as(answer.message())
        .isEqualTo("paid");
  }

  @Test
  void rangesHaveDefaults() {
    String customer = Plans.customer(shop, Shop.TOSS, Api.GOOD_CARD);
    String order = Plans.scheduled(shop, customer, Plans.in(86_400));
    Api.Answer schedules = shop.api().get("/subscribe/customers/" + customer + "/schedules");
    assertThat(schedules.response().path("list").path(0).path("merchant_uid").asString(""))
        .isEqualTo(order);
    assertThat(shop.api().get("/subscribe/payments/schedule/customers/" + customer).response())
        .isEqualTo(schedules.response());
    Api.Answer reviews = shop.api().get("/naver/reviews?review_type=general");
    assertThat(reviews.code()).as(reviews.message()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"html5_inicis.INIBillTst", "html5_inicis.iniescrow0", "inicis.INIpayTest"})
  void publishedMids(String pg) {
    Api.Answer answer = shop.onetime(pg, Api.GOOD_CARD, Map.of());
    assertThat(answer.response().path("status").asString(""))
        .as(answer.message())
        .isEqualTo("paid");
    assertThat(answer.response().path("pg_provider").asString()).isEqualTo(Shop.INICIS);
  }

  @Test
  void aMidThatNobodyPublishedIsUnknown() {
    Map<String, Object> account = Shop.account("html5_inicis.INIother00");
    assertThat(shop.api().post("/vbanks", account).code()).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /subscribe/payments/onetime, 카드 정보 결제",
    "POST, /vbanks, 가상계좌 발급",
    "POST, /subscribe/customers/somebody, 빌링키 발급"
  })
  void aPgThatIsThereForSomethingElse(String method, String path, String what) {
    Map<String, Object> order = Api.keyIn(Api.newOrder(), "kcp", Api.GOOD_CARD);
    order.putAll(Map.of("vbank_code", "088", "vbank_due", Plans.in(86_400)));
    Api.Answer answer = shop.api().post(path, order);
    assertThat(answer.message())
        .isEqualTo("PG(kcp)에는 " + what + "에 사용할 수 있는 채널이 없습니다. 지원하지 않는 기능입니다.");
    assertThat(answer.code()).isEqualTo(-1);
  }

  @Test
  void textsThatClientsAssert() {
    Api api = shop.api();
    assertThat(api.post("/users/getToken", Map.of()).message())
        .isEqualTo("imp_key, imp_secret 파라메터가 누락되었습니다.");
    assertThat(api.get("/payments/prepare/nothing").message()).isEqualTo("사전등록된 결제정보가 존재하지 않습니다.");
    assertThat(api.get("/payments/status/odd").message()).isEqualTo("지원되지 않는 상태값입니다.");
    assertThat(api.post("/payments/cancel", Map.of()).message()).endsWith("지정해주셔야합니다.");
    Map<String, Object> again =
        Map.of("customer_uid", "nobody", "merchant_uid", Api.newOrder(), "amount", 1_000);
    assertThat(api.post("/subscribe/payments/again", again).message()).isEqualTo("등록되지 않은 구매자입니다.");
    Map<String, Object> entry = Plans.entry(Api.newOrder(), Plans.in(86_400));
    assertThat(api.post(Plans.PATH, Plans.request("nobody", entry)).message())
        .isEqualTo("요청하신 customer_uid(nobody)에 등록된 고객정보가 없습니다.");
    Map<String, Object> nameless = Api.keyIn(Api.newOrder(), Shop.INICIS, Api.GOOD_CARD);
    nameless.remove("name");
    Api.Answer refused = api.post("/subscribe/payments/onetime", nameless);
    Wire.refused(refused, 200, -1);
    assertThat(refused.message()).isEqualTo("이니시스 빌링결제는 상품명이 필수입니다.");
  }
}
