package dev.naru.api;

import dev.naru.contract.Contract;
import dev.naru.contract.Operation;
import dev.naru.contract.Parameter;
import dev.naru.contract.Parameter.Where;
import dev.naru.testing.Api;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** V1's operations, for tests that must leave none out. */
final class Operations {

  private static final Map<String, Integer> IDS =
      Map.of("imp_uid", 32, "merchant_uid", 40, "reason", 256);

  private static final Map<String, Integer> BUYER =
      Map.of(
          "merchant_uid",
          40,
          "name",
          40,
          "buyer_name",
          16,
          "buyer_email",
          64,
          "buyer_tel",
          16,
          "buyer_addr",
          128,
          "buyer_postcode",
          8);

  private static final Map<String, Integer> RECEIPT =
      Map.of(
          "identifier",
          40,
          "identifier_type",
          40,
          "type",
          40,
          "buyer_name",
          16,
          "buyer_email",
          64,
          "buyer_tel",
          16);

  private static final Map<String, Integer> GOODS =
      Map.of(
          "imp_uid",
          40,
          "merchant_uid",
          40,
          "carrier_tracking_id",
          64,
          "carrier_type",
          64,
          "reason",
          64,
          "details",
          400,
          "shipping_address_email",
          50,
          "shipping_address_phone",
          40,
          "type",
          10);

  private Operations() {}

  /** All that take a body. */
  static Stream<BadInputTest.Operation> all(Shop shop, String paid) {
    return Stream.of(
        operation(
            "POST /users/getToken",
            Map.of("imp_key", shop.key(), "imp_secret", Shop.SECRET),
            List.of("imp_key", "imp_secret"),
            Map.of("imp_key", 255, "imp_secret", 255),
            List.of()),
        operation(
            "POST /payments/cancel",
            Map.of("imp_uid", paid),
            List.of("imp_uid"),
            IDS,
            List.of("amount", "tax_free", "vat_amount", "checksum")),
        prepare("POST"),
        prepare("PUT"),
        operation(
            "POST /subscribe/payments/onetime",
            Api.keyIn(Api.newOrder(), Shop.TOSS, Api.GOOD_CARD),
            List.of("merchant_uid", "amount", "card_number", "expiry"),
            with(
                BUYER,
                Map.of(
                    "customer_uid",
                    80,
                    "card_number",
                    40,
                    "expiry",
                    7,
                    "birth",
                    10,
                    "pg",
                    80,
                    "pwd_2digit",
                    2,
                    "channel_key",
                    55,
                    "currency",
                    3)),
            List.of("amount", "tax_free", "vat_amount", "card_quota")),
        operation(
            "POST /subscribe/payments/again",
            Map.of("customer_uid", "known", "merchant_uid", Api.newOrder(), "amount", 1_000),
            List.of("customer_uid", "merchant_uid", "amount"),
            with(BUYER, Map.of("customer_uid", 80)),
            List.of("amount", "tax_free", "vat_amount", "card_quota")),
        operation(
            "POST /subscribe/payments/schedule",
            Map.of(
                "customer_uid",
                "known",
                "schedules",
                List.of(
                    Map.of(
                        "merchant_uid",
                        Api.newOrder(),
                        "amount",
                        1_000,
                        "name",
                        "Plan",
                        "schedule_at",
                        4_000_000_000L))),
            List.of("customer_uid", "schedules"),
            Map.of("customer_uid", 80, "channel_key", 55, "pg", 80),
            List.of("checking_amount")),
        at("PUT /subscribe/payments/schedule/unknown"),
        at("POST /subscribe/payments/schedule/unknown/reschedule"),
        operation(
            "POST /subscribe/payments/unschedule",
            Map.of("customer_uid", "known"),
            List.of("customer_uid"),
            Map.of("customer_uid", 80),
            List.of()),
        operation(
            "POST /subscribe/customers/unknown",
            Shop.card(Shop.TOSS, Api.GOOD_CARD),
            List.of("card_number", "expiry"),
            Map.of(
                "customer_name",
                20,
                "customer_tel",
                20,
                "customer_email",
                200,
                "customer_addr",
                200,
                "card_number",
                40,
                "expiry",
                7,
                "birth",
                10,
                "pwd_2digit",
                2,
                "channel_key",
                55),
            List.of()),
        operation(
            "POST /subscribe/payments/foreign",
            Api.keyIn(Api.newOrder(), Shop.TOSS, Api.GOOD_CARD),
            List.of("merchant_uid", "amount", "card_number", "expiry"),
            with(BUYER, Map.of("card_number", 40, "expiry", 7, "pg", 80, "channel_key", 55)),
            List.of("amount", "tax_free", "vat_amount", "card_quota")),
        tier("POST /tiers/Q1Z"),
        tier("PUT /tiers/Q1Z"),
        operation(
            "POST /vbanks",
            Shop.account(Shop.TOSS),
            List.of("merchant_uid", "amount", "vbank_code", "vbank_due"),
            with(BUYER, Map.of("vbank_code", 4, "vbank_holder", 16, "channel_key", 55)),
            List.of("amount", "tax_free", "vat_amount", "vbank_due")),
        operation(
            "POST /cvs",
            shop.barcode(),
            List.of("merchant_uid", "amount"),
            with(BUYER, Map.of("barcode", 32, "channel_key", 55, "confirm_url", 2_000)),
            List.of("amount", "tax_free", "vat_amount", "expired_at")),
        operation(
            "POST /benepia/point",
            shop.points("somebody"),
            List.of("benepia_user", "benepia_password"),
            BENEPIA,
            List.of()),
        operation(
            "POST /benepia/payment",
            shop.points("somebody"),
            List.of("benepia_user", "benepia_password", "merchant_uid", "amount", "name"),
            with(BUYER, BENEPIA),
            List.of("amount", "tax_free", "vat_amount")),
        operation(
            "POST /kcpquick/payment/money",
            Map.of(
                "channel_key",
                shop.channelKey(Shop.QUICK),
                "member_id",
                "nobody",
                "imp_uid",
                "imp_000000000000",
                "merchant_uid",
                Api.newOrder(),
                "amount",
                1_000,
                "name",
                "Chair"),
            List.of("member_id", "imp_uid", "merchant_uid", "amount", "name"),
            Map.of(
                "member_id", 16, "imp_uid", 32, "merchant_uid", 40, "name", 40, "channel_key", 55),
            List.of("amount")),
        operation(
            "POST /kcpquick/payment/autopay",
            Map.of(
                "customer_uid",
                "nobody",
                "merchant_uid",
                Api.newOrder(),
                "amount",
                1_000,
                "name",
                "Chair",
                "buyer_name",
                "Kim"),
            List.of("customer_uid", "merchant_uid", "amount", "name", "buyer_name"),
            Map.of("customer_uid", 80, "merchant_uid", 40, "name", 40, "buyer_name", 20),
            List.of("amount")),
        quickPrepare("POST"),
        quickPrepare("PUT"),
        operation(
            "POST /kcpquick/members/nobody/fido/release",
            Map.of("channel_key", shop.channelKey(Shop.QUICK)),
            List.of(),
            Map.of("channel_key", 55),
            List.of()),
        operation(
            "PUT /vbanks/" + paid,
            Map.of("amount", 1_000, "vbank_due", 4_000_000_000L),
            List.of(),
            Map.of(),
            List.of("vbank_due")),
        operation(
            "POST /receipts/" + paid,
            receipt(),
            List.of("identifier"),
            RECEIPT,
            List.of("tax_free", "vat_amount")),
        operation(
            "POST /receipts/external/order",
            with(receipt(), Map.of("name", "Chair", "amount", 1_000)),
            List.of("identifier", "name", "amount"),
            with(RECEIPT, Map.of("name", 40, "channel_key", 55, "pg", 80)),
            List.of("amount", "tax_free", "vat_amount")),
        operation(
            "POST /escrows/logis/" + paid,
            delivery(),
            List.of("sender", "receiver", "logis"),
            Map.of(),
            List.of()),
        operation(
            "PUT /escrows/logis/" + paid,
            delivery(),
            List.of("sender", "receiver", "logis"),
            Map.of(),
            List.of()),
        operation(
            "POST /payco/orders/status/" + paid,
            Map.of("status", "DELIVERY_START"),
            List.of("status"),
            Map.of("status", 40),
            List.of()),
        operation(
            "POST /payments/" + paid + "/naver/ship",
            Naverco.parcel(),
            List.copyOf(Naverco.parcel().keySet()),
            Map.of("tracking_number", 40, "delivery_company", 40, "delivery_method", 40),
            List.of("dispatched_at")),
        operation(
            "POST /payments/" + paid + "/naver/withhold-return",
            Map.of("memo", "왜냐하면"),
            List.of("memo"),
            Map.of("memo", 256, "reason", 40),
            List.of("extra_charge")),
        operation(
            "POST /paymentwall/delivery",
            goods(paid),
            List.copyOf(goods(paid).keySet()),
            GOODS,
            List.of("estimated_delivery_datetime", "estimated_update_datetime")),
        operation(
            "POST /partners/receipts/" + paid,
            Map.of(
                "data",
                List.of(
                    Map.of(
                        "business_registration_number",
                        "123-45-67890",
                        "company_name",
                        "Books",
                        "amount",
                        1_000))),
            List.of("data"),
            Map.of(),
            List.of()),
        operation(
            "POST /certifications/otp/request",
            Shop.person(Shop.DANAL, "01012345678"),
            List.of("name", "phone", "birth", "gender_digit", "carrier"),
            with(
                Map.of("name", 50, "phone", 20, "birth", 10, "gender_digit", 10, "carrier", 40),
                Map.of(
                    "company",
                    40,
                    "merchant_uid",
                    40,
                    "pg",
                    80,
                    "channel_key",
                    55,
                    "verification_method",
                    40,
                    "is_mvno",
                    5)),
            List.of("phone", "birth", "gender_digit")));
  }

  /** A parcel, as Paymentwall wants to know of it. */
  private static Map<String, Object> goods(String paid) {
    Map<String, Object> goods = new LinkedHashMap<>();
    goods.put("imp_uid", paid);
    goods.put("merchant_uid", "order");
    goods.put("type", "physical");
    goods.put("status", "delivered");
    goods.put("estimated_delivery_datetime", 1_767_225_600);
    goods.put("estimated_update_datetime", 1_767_225_600);
    goods.put("refundable", "no");
    goods.put("carrier_type", "CJ");
    goods.put("carrier_tracking_id", "1");
    for (String part :
        List.of(
            "email",
            "country",
            "city",
            "zip",
            "state",
            "street",
            "phone",
            "firstname",
            "lastname")) {
      goods.put("shipping_address_" + part, "A");
    }
    return goods;
  }

  private static final Map<String, Integer> BENEPIA =
      Map.of(
          "benepia_user", 80, "benepia_password", 80, "benepia_member_code", 40, "channel_key", 55);

  private static BadInputTest.Operation quickPrepare(String method) {
    return operation(
        method + " /kcpquick/prepare/order",
        Map.of(
            "btid",
            "B1",
            "cust_ip",
            "127.0.0.1",
            "code_verifier",
            "verifier",
            "prepaid_auth_yn",
            "Y",
            "prepaid_amount",
            1_000),
        List.of("btid", "cust_ip", "code_verifier", "prepaid_amount"),
        Map.of(
            "btid",
            20,
            "cust_ip",
            15,
            "code_verifier",
            200,
            "prepaid_auth_yn",
            1,
            "vender_type",
            20,
            "reward_id",
            20),
        List.of("prepaid_amount"));
  }

  private static Map<String, Object> receipt() {
    return Map.of("identifier", "01024681357");
  }

  private static Map<String, Object> delivery() {
    Map<String, Object> party =
        Map.of("name", "A", "tel", "0212345678", "addr", "Seoul", "postcode", "04524");
    return Map.of(
        "sender",
        party,
        "receiver",
        party,
        "logis",
        Map.of("company", "CJGLS", "invoice", "1", "sent_at", 1_767_225_600));
  }

  private static BadInputTest.Operation tier(String call) {
    return operation(
        call,
        Map.of("tier_name", "Branch"),
        List.of("tier_name"),
        Map.of("tier_name", 100),
        List.of());
  }

  private static BadInputTest.Operation at(String call) {
    return operation(
        call,
        Map.of("schedule_at", 4_000_000_000L),
        List.of("schedule_at"),
        Map.of(),
        List.of("schedule_at"));
  }

  private static BadInputTest.Operation prepare(String method) {
    return operation(
        method + " /payments/prepare",
        Map.of("merchant_uid", Api.newOrder(), "amount", 1_000),
        List.of("merchant_uid", "amount"),
        Map.of("merchant_uid", 40, "currency", 3),
        List.of("amount"));
  }

  private static BadInputTest.Operation operation(
      String call,
      Map<String, Object> good,
      List<String> required,
      Map<String, Integer> limits,
      List<String> numbers) {
    return new BadInputTest.Operation(call, good, required, limits, numbers);
  }

  private static <T> Map<String, T> with(Map<String, T> some, Map<String, ? extends T> more) {
    Map<String, T> all = new LinkedHashMap<>(some);
    all.putAll(more);
    return all;
  }

  /** Stand for ids, so that a test can put those of its own in their place. */
  private static final Map<String, String> STANDING =
      Map.of(
          "imp_uid", "imp_000000000000",
          "merchant_uid", "order",
          "customer_uid", "a",
          "member_id", "member",
          "tier_code", "A1Z");

  /** All that want a token, as method and path, with what they cannot be called without. */
  static List<String> everyCall() {
    return Contract.v1().operations().stream()
        .filter(operation -> !operation.open())
        .flatMap(
            operation ->
                Stream.of(operation.path(), operation.alsoAt())
                    .filter(path -> !path.isEmpty())
                    .map(path -> operation.method() + " " + called(operation, path)))
        .toList();
  }

  private static String called(Operation operation, String path) {
    String called = path;
    List<String> query = new ArrayList<>();
    for (Parameter parameter : operation.parameters()) {
      String name = parameter.name().replace("[]", "");
      called = called.replace("{" + name + "}", value(parameter, name));
      if (isAsked(operation, parameter)) {
        query.add(name + "=" + value(parameter, name));
      }
    }
    return query.isEmpty() ? called : called + "?" + String.join("&", query);
  }

  private static String value(Parameter parameter, String name) {
    Object sample = parameter.value().sample();
    return STANDING.getOrDefault(
        name, String.valueOf(sample instanceof List<?> list ? list.getFirst() : sample));
  }

  /** Whether it travels in the query, and a call without it is refused. */
  private static boolean isAsked(Operation operation, Parameter parameter) {
    boolean query =
        parameter.where() == Where.QUERY
            || (parameter.where() == Where.BODY && operation.method().equals("DELETE"));
    boolean first =
        operation.atLeastOne().stream().findFirst().equals(Optional.of(parameter.name()));
    return query && (first || (parameter.required() && !parameter.marks().relaxed()));
  }

  static List<String> wrongMethods() {
    return List.of(
        "GET /payments/cancel",
        "GET /payments/cancel/",
        "GET /payments/prepare",
        "PATCH /tiers/A1Z",
        "PUT /payments/imp_000000000000",
        "DELETE /payments/cancel",
        "DELETE /payments/prepare",
        "PUT /subscribe/customers/a",
        "DELETE /subscribe/payments/schedule/a",
        "GET /subscribe/payments/unschedule",
        "GET /subscribe/payments/schedule/a/retry",
        "GET /vbanks/imp_000000000000/",
        "GET /cvs",
        "GET /cvs/imp_000000000000",
        "GET /benepia/point",
        "DELETE /benepia/payment",
        "GET /kcpquick/prepare/order",
        "GET /kcpquick/payment/money",
        "PUT /kcpquick/payment/autopay",
        "GET /kcpquick/autopay/a",
        "GET /kcpquick/members/member",
        "DELETE /kcpquick/members/member/fido/release",
        "PUT /receipts/imp_000000000000",
        "PUT /receipts/external/order",
        "DELETE /escrows/logis/imp_000000000000",
        "GET /partners/receipts/imp_000000000000",
        "GET /payco/orders/status/imp_000000000000",
        "GET /paymentwall/delivery",
        "GET /payments/imp_000000000000/naver/point",
        "PUT /payments/imp_000000000000/naver/confirm",
        "GET /payments/imp_000000000000/naver/ship",
        "PATCH /subscribe/payments/again",
        "PUT /certifications/otp/request",
        "GET /certifications/otp/confirm/imp_000000000000");
  }
}
