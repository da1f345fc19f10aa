package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Api;
import dev.naru.testing.OwnOrders;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every operation there is, called for what belongs to somebody else: by the representative without
 * the {@code Tier} header, by another sub-shop, by another shop, and by a sub-shop for its
 * representative's.
 */
@OwnOrders
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TierIsolationTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String SPAN = "?schedule_from=3999999000&schedule_to=4000001000";
  private static final List<String> TABLES =
      List.of(
          "payment",
          "attempt",
          "event",
          "cancellation",
          "billing_key",
          "prepared",
          "ledger",
          "certification",
          "schedule",
          "sale_call",
          "partner_receipt",
          "quick_member",
          "quick_pin_check",
          "quick_prepared",
          "promotion",
          "promotion_use");

  private final Shop parent = Shop.fresh();
  private final Shop tier = parent.tier("A1Z");
  private final Shop sibling = parent.tier("B2Y");
  private final Shop other = Shop.fresh();
  private static final Direct NOTHING = new Direct("", "", "", "");
  private Belongings ofParent = new Belongings("", "", "", "", "", "", "", NOTHING);
  private Belongings ofTier = ofParent;

  /** What it has of payments without a window. */
  private record Direct(String barcode, String member, String pinCheck, String autopay) {

    Stream<String> all() {
      return Stream.of(barcode, member, pinCheck, autopay);
    }
  }

  /** What a shop has, by its ids. */
  private record Belongings(
      String impUid,
      String order,
      String account,
      String certification,
      String customer,
      String schedule,
      String promotion,
      Direct direct) {

    Stream<String> all() {
      return Stream.concat(
          Stream.of(impUid, order, account, certification, customer, schedule, promotion),
          direct.all());
    }

    /** An operation's call, for these. */
    String aim(String call) {
      String imp =
          call.contains("/certifications")
              ? certification
              : call.contains("/vbanks")
                  ? account
                  : call.contains("/cvs") ? direct.barcode() : impUid;
      return call.replace("imp_000000000000", imp)
          .replaceAll("/order\\b", "/" + (call.contains("/schedule") ? schedule : order))
          .replaceAll("/member\\b", "/" + direct.member())
          .replaceAll("/autopay/a$", "/autopay/" + direct.autopay())
          .replaceAll("(customers/|customer_uid=)a\\b", "$1" + customer)
          .replaceAll("(/schedules|schedule/customers/[^/]+)$", "$1" + SPAN);
    }

    String body(String call) {
      Map<String, Object> body = new HashMap<>();
      boolean quick = call.contains("/kcpquick");
      body.put("imp_uid", quick ? direct.pinCheck() : impUid);
      body.put("merchant_uid", quick ? Api.newOrder() : order);
      body.put("customer_uid", quick ? direct.autopay() : customer);
      body.put("member_id", direct.member());
      body.put("name", "Chair");
      body.put("buyer_name", "Kim");
      body.put("btid", "B1");
      body.put("cust_ip", "127.0.0.1");
      body.put("code_verifier", "verifier");
      if (quick) {
        body.put("amount", 100);
      }
      body.put("otp", "000000");
      body.put(
          "data",
          List.of(
              Map.of(
                  "business_registration_number",
                  "123-45-67890",
                  "company_name",
                  "Books",
                  "amount",
                  100)));
      body.put("status", "DELIVERY_START");
      body.put("promotion_id", promotion);
      body.put("schedule_at", 4_000_000_001L);
      return JSON.writeValueAsString(body);
    }
  }

  private static Belongings furnish(Shop shop) {
    Api api = shop.api();
    String promotion = Promoted.running(shop, Promoted.SAMSUNG, 100_000, Promoted.TEN_PERCENT);
    JsonNode paid = shop.paid(Shop.TOSS, Map.of("promotion_id", promotion));
    String customer = "customer-" + UUID.randomUUID();
    String schedule = Api.newOrder();
    String order = paid.path("merchant_uid").asString();
    ok(api.post("/payments/prepare", Map.of("merchant_uid", order, "amount", 10_000)));
    ok(api.issueKey(customer, Shop.card(Shop.TOSS, Api.GOOD_CARD)));
    ok(
        api.post(
            "/subscribe/payments/again",
            Map.of("customer_uid", customer, "merchant_uid", Api.newOrder(), "amount", 700)));
    Map<String, Object> entry =
        Map.of(
            "merchant_uid",
            schedule,
            "amount",
            1_000,
            "name",
            "Plan",
            "schedule_at",
            4_000_000_000L);
    ok(
        api.post(
            "/subscribe/payments/schedule",
            Map.of("customer_uid", customer, "schedules", List.of(entry))));
    return new Belongings(
        paid.path("imp_uid").asString(),
        order,
        ok(api.post("/vbanks", Shop.account(Shop.TOSS))).path("imp_uid").asString(),
        ok(api.post("/certifications/otp/request", Shop.person(Shop.DANAL, Shop.newPhone())))
            .path("imp_uid")
            .asString(),
        customer,
        schedule,
        promotion,
        direct(shop, order));
  }

  private static Direct direct(Shop shop, String order) {
    String member = shop.member(Shop.newMember());
    Map<String, String> registration =
        Map.of("btid", "B1", "cust_ip", "127.0.0.1", "code_verifier", "verifier");
    ok(shop.api().post("/kcpquick/prepare/" + order, registration));
    return new Direct(
        ok(shop.api().post("/cvs", shop.barcode())).path("imp_uid").asString(),
        member,
        shop.pinCheck(member),
        shop.autopay(member));
  }

  private static JsonNode ok(Api.Answer answer) {
    assertThat(answer.code()).as(answer.message()).isZero();
    return answer.response();
  }

  @BeforeAll
  void furnish() {
    ofParent = furnish(parent);
    ofTier = furnish(tier);
    furnish(sibling);
  }

  static List<String> everyCall() {
    return Operations.everyCall();
  }

  private static Api.Answer send(Api api, String call, String body) {
    String[] parts = call.split(" ", 2);
    return api.raw(parts[0], parts[1], "application/json", parts[0].equals("GET") ? "" : body);
  }

  private static Map<String, String> state(Shop shop) {
    Map<String, String> state = new LinkedHashMap<>();
    for (String table : TABLES) {
      state.put(
          table,
          shop.database()
              .sql(
                  "select coalesce(string_agg(t::text, ' ' order by t::text), '') from "
                      + table
                      + " t where merchant_id = :merchant")
              .param("merchant", shop.merchant().id())
              .query(String.class)
              .single());
    }
    return state;
  }

  @ParameterizedTest
  @MethodSource("everyCall")
  void whatIsAnothersIsNeitherSeenNorTouched(String call) {
    check(call, tier, ofTier, List.of(parent.api(), sibling.api(), other.api()));
    check(call, parent, ofParent, List.of(tier.api(), sibling.api(), other.api()));
  }

  private static void check(String call, Shop owner, Belongings things, List<Api> strangers) {
    Map<String, String> before = state(owner);
    for (Api stranger : strangers) {
      Api.Answer answer = send(stranger, things.aim(call), things.body(call));
      String seen = answer.response().toString();
      assertThat(things.all().filter(seen::contains)).as(call + ": " + answer.body()).isEmpty();
    }
    assertThat(state(owner)).isEqualTo(before);
  }

  /** So that the test above cannot pass because nobody sees anything. */
  @ParameterizedTest
  @MethodSource("everyCall")
  void whatIsItsOwnIsSeen(String call) {
    // There is no receipt, and V1 tells that as it tells of an unknown payment.
    boolean empty = call.startsWith("GET /receipts/");
    if (call.startsWith("GET") && !ofTier.aim(call).equals(call) && !empty) {
      Api.Answer answer = send(tier.api(), ofTier.aim(call), "");
      if (answer.status() != 200) {
        // The payment is seen, and has none of what is asked for.
        assertThat(send(sibling.api(), ofTier.aim(call), "").body())
            .as(call)
            .isNotEqualTo(answer.body());
        return;
      }
      String seen = answer.response().toString();
      assertThat(ofTier.all().filter(seen::contains)).as(call + ": " + seen).isNotEmpty();
      assertThat(ofParent.all().filter(seen::contains)).as(call + ": " + seen).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("everyCall")
  void anUnknownTierIsNotFound(String call) {
    for (Api api : List.of(parent.api().as("ZZZ"), other.api().as("A1Z"))) {
      Wire.refused(send(api, ofTier.aim(call), ofTier.body(call)), 404, -1);
    }
  }
}
