package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.contract.Conformity;
import dev.naru.contract.Contract;
import dev.naru.contract.Operation;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the hub answers, in every state there is, against the models of the documentation. */
class ModelsTest {

  private static final Shop SHOP = Shop.fresh();

  private final Api api = SHOP.api();

  private static JsonNode conforms(String operationId, Api.Answer answer) {
    Operation operation =
        Contract.v1().operations().stream()
            .filter(one -> one.id().equals(operationId))
            .findFirst()
            .orElseThrow();
    assertThat(answer.code()).as(operationId + " " + answer.body()).isZero();
    assertThat(operation.statuses()).contains(answer.status());
    assertThat(Conformity.problems(operation, answer.body())).as(operationId).isEmpty();
    return answer.response();
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void payments(String pg) {
    JsonNode paid = conforms("chargeCard", SHOP.onetime(pg, Api.GOOD_CARD, Map.of()));
    conforms("chargeCard", SHOP.onetime(pg, "4000-0000-0000-0010", Map.of()));
    conforms("openVbank", api.post("/vbanks", Shop.account(pg)));
    String impUid = paid.path("imp_uid").asString();
    String order = paid.path("merchant_uid").asString();
    conforms(
        "cancelPayment",
        api.post("/payments/cancel", Map.of("imp_uid", impUid, "amount", 1_000, "reason", "변심")));
    conforms("cancelPayment", api.post("/payments/cancel", Map.of("imp_uid", impUid)));
    conforms("readPayment", api.get("/payments/" + impUid));
    conforms("readPayments", api.get("/payments?imp_uid[]=" + impUid));
    assertThat(
            conforms("readPayments", api.get("/payments?imp_uid[]=" + impUid + "&imp_uid[]=imp_1")))
        .hasSize(1);
    conforms("findPayment", api.get("/payments/find/" + order));
    conforms("findPayments", api.get("/payments/findAll/" + order + "/cancelled"));
    for (String state : List.of("all", "ready", "paid", "failed", "cancelled")) {
      conforms("listPayments", api.get("/payments/status/" + state));
    }
  }

  @Test
  void whatCompanionsOfPgsTell() {
    conforms("readBankHolder", api.get("/vbanks/holder?bank_code=088&bank_num=110-123-456789"));
    String impUid = SHOP.paid(Shop.INICIS).path("imp_uid").asString();
    Map<String, Object> share =
        Map.of(
            "business_registration_number", "123-45-67890",
            "company_name", "나루책방",
            "amount", 1_000);
    conforms(
        "issuePartnerReceipts",
        api.post("/partners/receipts/" + impUid, Map.of("data", List.of(share))));
  }

  @Test
  void amountsRegisteredBeforehand() {
    String order = Api.newOrder();
    Map<String, Object> prepared = Map.of("merchant_uid", order, "amount", 1_000);
    conforms("registerAmount", api.post("/payments/prepare", prepared));
    conforms("changeAmount", api.put("/payments/prepare", prepared));
    conforms("readAmount", api.get("/payments/prepare/" + order));
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void billingKeysAndSchedules(String pg) {
    String key = "key-of-" + pg;
    String path = "/subscribe/customers/" + key;
    conforms("issueKey", api.post(path, Shop.card(pg, Api.GOOD_CARD)));
    conforms("readKey", api.get(path));
    conforms("readKeys", api.get("/subscribe/customers?customer_uid[]=" + key));
    conforms(
        "chargeKey",
        api.post(
            "/subscribe/payments/again",
            Map.of("customer_uid", key, "merchant_uid", Api.newOrder(), "amount", 1_000)));
    conforms("listPaymentsOfKey", api.get(path + "/payments"));
    String order = Api.newOrder();
    conforms(
        "schedule", api.post(Plans.PATH, Plans.request(key, Plans.entry(order, Plans.in(86_400)))));
    conforms("readSchedule", api.get(Plans.PATH + "/" + order));
    Map<String, Object> later = Map.of("schedule_at", Plans.in(172_800));
    conforms("moveSchedule", api.put(Plans.PATH + "/" + order, later));
    String span = "=" + Plans.in(0) + "&%s=" + Plans.in(864_000);
    String named = "?schedule_from" + span.formatted("schedule_to");
    String brief = "?from" + span.formatted("to");
    assertThat(conforms("listSchedules", api.get(Plans.PATH + named)).path("list")).isNotEmpty();
    conforms("listSchedulesOfKey", api.get(Plans.PATH + "/customers/" + key + brief));
    conforms("listSchedulesOfCustomer", api.get(path + "/schedules" + brief));
    Map<String, Object> both = Map.of("customer_uid", key, "merchant_uid", order);
    conforms("unschedule", api.post("/subscribe/payments/unschedule", both));
    conforms("reopenSchedule", api.post(Plans.PATH + "/" + order + "/reschedule", later));
    conforms("unschedule", api.post("/subscribe/payments/unschedule", both));
    conforms("retrySchedule", api.post(Plans.PATH + "/" + order + "/retry", Map.of()));
    conforms("readSchedule", api.get(Plans.PATH + "/" + order));
    conforms("deleteKey", api.delete(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.KCP_IDENTITY, Shop.DANAL})
  void verifications(String pg) {
    String phone = Shop.newPhone();
    String impUid =
        conforms("requestOtp", api.post("/certifications/otp/request", Shop.person(pg, phone)))
            .path("imp_uid")
            .asString();
    conforms("readCertification", api.get("/certifications/" + impUid));
    conforms(
        "confirmOtp",
        api.post("/certifications/otp/confirm/" + impUid, Map.of("otp", Shop.code(phone))));
    conforms("readCertification", api.get("/certifications/" + impUid));
    conforms("deleteCertification", api.delete("/certifications/" + impUid));
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.TOSS, Shop.INICIS})
  void cashReceipts(String pg) {
    Api demo = new Api(Hub.shared().url());
    JsonNode deposited = Deposits.paid(demo, pg, Map.of());
    String path = "/receipts/" + deposited.path("imp_uid").asString();
    conforms("readPayment", demo.get("/payments/" + deposited.path("imp_uid").asString()));
    conforms("issueReceipt", demo.post(path, Map.of("identifier", "01024681357")));
    conforms("readReceipt", demo.get(path));
    conforms("revokeReceipt", demo.delete(path));
    Map<String, Object> sale = new LinkedHashMap<>();
    sale.put("pg", pg);
    sale.put("identifier", "01024681357");
    sale.put("name", "의자");
    sale.put("amount", 11_000);
    sale.put("buyer_name", "김나루");
    sale.put("buyer_email", "buyer@example.com");
    sale.put("buyer_tel", "010-0000-0000");
    String outside = "/receipts/external/" + Api.newOrder();
    conforms("issueExternalReceipt", demo.post(outside, sale));
    conforms("readExternalReceipt", demo.get(outside));
    conforms("revokeExternalReceipt", demo.delete(outside));
  }

  @Test
  void escrowDeliveries() {
    Api demo = new Api(Hub.shared().url());
    String impUid = Deposits.paid(demo, Shop.INICIS, Map.of()).path("imp_uid").asString();
    SHOP.database()
        .sql("update payment set doc = jsonb_set(doc, '{escrow}', 'true') where imp_uid = ?")
        .param(impUid)
        .update();
    Map<String, Object> party =
        Map.of("name", "임꺽정", "tel", "01000000000", "addr", "부산", "postcode", "48058");
    Map<String, Object> parcel =
        Map.of("company", "CJGLS", "invoice", "7", "sent_at", 1_767_225_600);
    Map<String, Object> delivery = Map.of("sender", party, "receiver", party, "logis", parcel);
    conforms("registerDelivery", demo.post("/escrows/logis/" + impUid, delivery));
    conforms("changeDelivery", demo.put("/escrows/logis/" + impUid, delivery));
    conforms("readDelivery", demo.get("/escrows/logis/" + impUid));
  }

  @Test
  void accountsAndCodes() {
    conforms("listChannels", api.get("/users/pg"));
    conforms("listShopChannels", api.get("/users/pg/" + SHOP.merchant().userCode()));
    conforms("listCards", api.get("/cards"));
    conforms("readCard", api.get("/cards/366"));
    conforms("listBanks", api.get("/banks"));
    conforms("readBank", api.get("/banks/088"));
    conforms("createTier", api.post("/tiers/M1Z", Map.of("tier_name", "강남점")));
    conforms("renameTier", api.put("/tiers/M1Z", Map.of("tier_name", "서초점")));
    conforms("readTier", api.get("/tiers/M1Z"));
    conforms("closeTier", api.delete("/tiers/M1Z"));
  }
}
