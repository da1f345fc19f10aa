package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.connector.AfterSale.Escrow;
import dev.naru.connector.AfterSale.Receipts;
import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Capability.IssueKey;
import dev.naru.connector.Capability.KeyIn;
import dev.naru.connector.Capability.Vbank;
import dev.naru.connector.Identifies.IdentityOtp;
import dev.naru.connector.Identifies.IdentityWindow;
import dev.naru.connector.Pg;
import dev.naru.kernel.Secret;
import dev.naru.pg.Gateways;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Nothing that opens an account or names a buyer stands in clear in the database or in the log. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsTest {

  private static final String CARD = "5310-7777-8888-4321";
  private static final String TEL = "010-7531-9642";
  private static final String REFUND_ACCOUNT = "99887766554433";
  private static final String HOLDER = "황보예금주";
  private static final String NOTE = "문앞비밀번호칠칠삼일";
  private static final String BUYER = "선우구매자";
  private static final String MAIL = "nutzer@geheim.example";
  private static final String ADDRESS = "비밀동 칠십칠번지";
  private static final String NAME = "남궁나루터";
  private static final String IDENTIFIER = "01086420975";
  private static final String PHONE = "01075319086";

  /** Both types of Naver Pay want to know what is bought. */
  private static final Map<String, Object> GOODS =
      Map.ofEntries(
          Map.entry("categoryType", "FOOD"),
          Map.entry("categoryId", "DELIVERY"),
          Map.entry("uid", "tea"),
          Map.entry("id", "tea"),
          Map.entry("name", "녹차"),
          Map.entry("count", 1),
          Map.entry("basePrice", 100),
          Map.entry("infoUrl", "https://shop.example/tea"),
          Map.entry("imageUrl", "https://shop.example/tea.png"),
          Map.entry("shipping", Map.of("baseFee", 0, "feePayType", "PREPAYED")));

  private final Api api = new Api(Hub.shared().url());
  private final JdbcClient jdbc = JdbcClient.create(Hub.shared().database().dataSource());

  @Test
  void neitherDatabaseNorLogHoldThem(CapturedOutput output) {
    List<String> numbers = new ArrayList<>(List.of(NOTE, HOLDER, BUYER, MAIL, ADDRESS));
    for (String pg : having(KeyIn.class, IssueKey.class, Vbank.class)) {
      String order = Api.newOrder();
      Map<String, Object> parameters = Api.keyIn(order, pg, CARD);
      parameters.put("birth", "771231");
      parameters.put("buyer_tel", TEL);
      parameters.putAll(Map.of("buyer_name", BUYER, "buyer_email", MAIL, "buyer_addr", ADDRESS));
      parameters.put("custom_data", "{\"note\":\"" + NOTE + "\"}");
      assertThat(api.post("/subscribe/payments/onetime", parameters).code()).isZero();
      parameters.put("expiry", "1999-01");
      assertThat(api.post("/subscribe/payments/onetime", parameters).status()).isEqualTo(200);
      parameters.put("expiry", "2039-12");
      assertThat(api.post("/subscribe/customers/card-of-" + order, parameters).code()).isZero();
      scheduled("card-of-" + order, parameters);
      api.post(
          "/payments/cancel",
          Map.of(
              "merchant_uid",
              order,
              "refund_holder",
              "김나루",
              "refund_bank",
              "088",
              "refund_account",
              REFUND_ACCOUNT));
      Map<String, Object> wished = new HashMap<>(Shop.account(pg));
      String account = String.valueOf(wished.get("merchant_uid"));
      wished.put("vbank_holder", HOLDER);
      Api.Answer opened = api.post("/vbanks", wished);
      assertThat(opened.code()).as(opened.toString()).isZero();
      numbers.add(opened.response().path("vbank_num").asString());
      // The wire log is written a moment later, in batches.
      await().until(() -> exchanges(order) > 0);
      await().until(() -> exchanges(account) > 0);
    }
    List<String> identities = identities();
    identities.addAll(numbers);
    identities.addAll(windows());
    bought();
    identities.addAll(afterSale());
    identities.addAll(direct());
    String everything = database() + output.getAll().replace("REST secret  " + Api.SECRET, "");
    assertThat(everything.contains("wire_log")).isTrue();
    for (String secret : Stream.concat(secrets().stream(), identities.stream()).toList()) {
      Matcher found = alone(secret).matcher(everything);
      assertThat(
              found.find()
                  ? everything.substring(Math.max(0, found.start() - 300), found.end())
                  : "")
          .as("where " + secret + " stands in clear")
          .isEmpty();
    }
  }

  /** The providers of all PGs that can do this. */
  private static List<String> having(Class<?>... capabilities) {
    return Gateways.ALL.stream()
        .filter(pg -> Stream.of(capabilities).allMatch(one -> one.isAssignableFrom(pg.type())))
        .map(Pg::provider)
        .toList();
  }

  /** In the windows of those that take no card by its data. */
  private static void bought() {
    Shop shop = Shop.fresh();
    List<String> pgs = new ArrayList<>(having(Checkout.class));
    pgs.removeAll(having(KeyIn.class));
    for (String pg : pgs) {
      Map<String, Object> order = PayWindow.order(pg);
      order.put("naverProducts", List.of(GOODS));
      order.put("pay_method", pg.startsWith("paypal") ? "paypal" : "card");
      order.putAll(Map.of("buyer_name", BUYER, "buyer_tel", TEL));
      order.putAll(Map.of("buyer_email", MAIL, "buyer_addr", ADDRESS));
      PayWindow.paid(shop, order, PayWindow.card(CARD.replace("-", "")));
    }
    // The wire log is written a moment later, in batches.
    await().until(() -> shop.rows("wire_log") >= 2L * pgs.size());
  }

  /** A charge to come, of the same buyer and with the same note. */
  private void scheduled(String customer, Map<String, Object> parameters) {
    Map<String, Object> entry = new HashMap<>(parameters);
    entry.keySet().retainAll(List.of("amount", "name", "custom_data"));
    parameters.forEach(
        (name, value) -> {
          if (name.startsWith("buyer_")) {
            entry.put(name, value);
          }
        });
    entry.put("merchant_uid", Api.newOrder());
    entry.put("schedule_at", System.currentTimeMillis() / 1_000 + 86_400);
    Api.Answer answer =
        api.post(
            "/subscribe/payments/schedule",
            Map.of("customer_uid", customer, "schedules", List.of(entry)));
    assertThat(answer.code()).as(answer.message()).isZero();
  }

  /** A few digits also occur by chance: in row ids, microseconds and ciphertexts. */
  private static Pattern alone(String secret) {
    String quoted = Pattern.quote(secret);
    return Pattern.compile(
        secret.matches("[0-9]{1,8}")
            ? "(?<![0-9A-Za-z.+/])" + quoted + "(?![0-9A-Za-z+/])"
            : quoted);
  }

  /** Certifies, is refused, and leaves one open: what all of that must not leave behind. */
  private List<String> identities() {
    List<String> secrets = new ArrayList<>(List.of(NAME, PHONE, "19990908", "1999-09-08"));
    for (String pg : having(IdentityOtp.class)) {
      Map<String, Object> person = Shop.person(pg, PHONE);
      person.putAll(Map.of("name", NAME, "birth", "990908", "gender_digit", "1"));
      String uid = requested(person);
      String code = Shop.code(PHONE);
      String wrong = code.equals("000000") ? "111111" : "000000";
      String confirm = "/certifications/otp/confirm/" + uid;
      assertThat(api.post(confirm, Map.of("otp", wrong)).status()).isEqualTo(500);
      JsonNode certified = api.post(confirm, Map.of("otp", code)).response();
      secrets.add(certified.path("unique_key").asString());
      secrets.add(certified.path("unique_in_site").asString());
      assertThat(secrets).allSatisfy(secret -> assertThat(secret).isNotBlank());
      requested(person);
      // Its answer is broken off, and what there is of it goes through the log.
      person.put("phone", "01000009004");
      assertThat(api.post("/certifications/otp/request", person).status()).isEqualTo(500);
      person.put("birth", "991399");
      assertThat(api.post("/certifications/otp/request", person).status()).isEqualTo(400);
      // The wire log is written a moment later, in batches.
      await().until(() -> certificationExchanges(uid) >= 3);
    }
    return secrets;
  }

  /** Persons in windows: verified, refused, given up, still there, and one the page has named. */
  private List<String> windows() {
    List<String> secrets = new ArrayList<>();
    Shop shop = Shop.fresh();
    for (String pg : having(IdentityWindow.class)) {
      Map<String, String> typed = IdentityVisit.somebody();
      typed.putAll(Map.of("name", NAME, "birth", "19990908", "phone", PHONE));
      Map<String, Object> params = IdentityVisit.params(pg);
      params.putAll(Map.of("name", NAME, "phone", PHONE));
      IdentityVisit verified = IdentityVisit.open(shop, params);
      verified.end(typed);
      JsonNode told = verified.certification();
      assertThat(told.path("name").asString()).isEqualTo(NAME);
      secrets.add(told.path("unique_key").asString());
      secrets.add(verified.url().replaceFirst(".*-", ""));
      typed.put("outcome", "IDENTITY");
      IdentityVisit.open(shop, params).end(typed);
      typed.put("outcome", "CONFIRM_GARBLED");
      IdentityVisit garbled = IdentityVisit.open(shop, params);
      garbled.send(garbled.back(typed));
      IdentityVisit.open(shop, params).close();
      IdentityVisit.open(shop, params).back(typed);
    }
    await().until(() -> shop.rows("wire_log") >= 8);
    return secrets;
  }

  /** Receipts issued, refused, unknown and taken back, and a delivery: who they were for. */
  private List<String> afterSale() {
    String sold =
        api.post(
                "/subscribe/payments/onetime",
                Api.keyIn(Api.newOrder(), Shop.INICIS, Api.GOOD_CARD))
            .response()
            .path("imp_uid")
            .asString();
    Map<String, Object> share =
        Map.of(
            "business_registration_number", "123-45-67890",
            "company_name", "나루공방네",
            "amount", 1_000);
    assertThat(api.post("/partners/receipts/" + sold, Map.of("data", List.of(share))).status())
        .isEqualTo(200);
    assertThat(api.get("/vbanks/holder?bank_code=081&bank_num=123-910012-34567").status())
        .isEqualTo(200);
    String buyer = "곽나루손님";
    String receiver = "피나루수취";
    for (String pg : having(Receipts.class, Vbank.class)) {
      String impUid = Deposits.paid(api, pg, Map.of()).path("imp_uid").asString();
      Map<String, Object> person =
          new java.util.HashMap<>(
              Map.of("identifier", IDENTIFIER, "buyer_name", buyer, "type", "person"));
      assertThat(api.post("/receipts/" + impUid, person).status()).isEqualTo(200);
      assertThat(api.delete("/receipts/" + impUid).status()).isEqualTo(200);
      person.put("identifier_type", "business");
      assertThat(api.post("/receipts/" + impUid, person).status()).isEqualTo(400);
      person.remove("identifier_type");
      // Its answer is broken off, so that whom it is for must be kept.
      person.put("identifier", "01000009004");
      assertThat(api.post("/receipts/" + impUid, person).status()).isIn(200, 500);
      person.put("identifier", IDENTIFIER);
      person.putAll(Map.of("pg", pg, "name", "의자", "amount", 1_000));
      assertThat(api.post("/receipts/external/" + Api.newOrder(), person).status()).isEqualTo(200);
      jdbc.sql("update payment set doc = jsonb_set(doc, '{escrow}', 'true') where imp_uid = ?")
          .param(impUid)
          .update();
      Map<String, String> party =
          Map.of("name", receiver, "tel", TEL, "addr", receiver + "동", "postcode", "04524");
      assertThat(
              api.post(
                      "/escrows/logis/" + impUid,
                      Map.of(
                          "sender",
                          party,
                          "receiver",
                          party,
                          "logis",
                          Map.of("company", "CJGLS", "invoice", "1", "sent_at", 1_767_225_600)))
                  .status())
          .isEqualTo(having(Escrow.class).contains(pg) ? 200 : 405);
    }
    return List.of(IDENTIFIER, buyer, receiver, "나루공방네", "주식회사 나루", "12391001234567");
  }

  /** Points that were paid, refused and without an answer, and what was registered for a window. */
  private List<String> direct() {
    String user = "benepia-nutzer-77";
    String password = "geheim!benepia?4711";
    String verifier = "verifier-5e1f0c77";
    Map<String, Object> parameters = new java.util.HashMap<>();
    parameters.put("benepia_user", user);
    parameters.put("benepia_password", password);
    parameters.put("name", "의자");
    parameters.put("amount", 10);
    for (int amount : List.of(10, 100_001, -1)) {
      parameters.put("merchant_uid", Api.newOrder());
      parameters.put("amount", amount);
      api.post("/benepia/payment", parameters);
      api.post("/benepia/point", parameters);
    }
    parameters.put("amount", 10);
    String order = Api.newOrder();
    parameters.put("merchant_uid", order);
    assertThat(api.post("/benepia/payment", parameters).response().path("status").asString())
        .isEqualTo("paid");
    String customer = "autopay-of-" + order;
    assertThat(
            api.post("/sandbox/kcpquick/members/naru-member/autopay/" + customer, Map.of())
                .status())
        .isEqualTo(200);
    assertThat(
            api.post(
                    "/kcpquick/prepare/" + order,
                    Map.of("btid", "B1", "cust_ip", "10.0.0.7", "code_verifier", verifier))
                .code())
        .isZero();
    await().until(() -> exchanges(order) > 0);
    return List.of(user, password, verifier);
  }

  private String requested(Map<String, Object> person) {
    Api.Answer answer = api.post("/certifications/otp/request", person);
    assertThat(answer.status()).as(answer.message()).isEqualTo(200);
    return answer.response().path("imp_uid").asString();
  }

  private int certificationExchanges(String impUid) {
    return jdbc.sql(
            """
            select count(*) from wire_log w
              join certification c on c.merchant_id = w.merchant_id and c.order_id = w.order_id
            where c.imp_uid = :uid
            """)
        .param("uid", impUid)
        .query(Integer.class)
        .single();
  }

  private List<String> secrets() {
    List<String> secrets =
        new ArrayList<>(
            List.of(
                CARD,
                CARD.replace("-", ""),
                TEL,
                TEL.replace("-", ""),
                "771231",
                REFUND_ACCOUNT,
                Api.SECRET,
                api.token(),
                "dGVzdF9nc2tfZG9jc19PYVB6OEw1S2RtUVhrelJ6M3k0N0JNdzY6"));
    Gateways.ALL.forEach(pg -> secrets.addAll(credentials(pg)));
    return secrets;
  }

  /** Of the seeded channel; a few letters also occur by chance. */
  private static List<String> credentials(Pg<?> pg) {
    List<String> credentials = new ArrayList<>();
    try {
      for (RecordComponent component : pg.config().getRecordComponents()) {
        component.getAccessor().setAccessible(true);
        if (component.getAccessor().invoke(pg.demo()) instanceof Secret(String value)
            && value.length() > 11) {
          credentials.add(value);
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    return credentials;
  }

  /** Every row of every table as text. */
  private String database() {
    StringBuilder all = new StringBuilder();
    for (String table :
        jdbc.sql("select tablename from pg_tables where schemaname = 'public'")
            .query(String.class)
            .list()) {
      all.append(table).append('\n');
      jdbc.sql("select t::text from " + table + " t")
          .query(String.class)
          .list()
          .forEach(row -> all.append(row).append('\n'));
    }
    return all.toString();
  }

  private int exchanges(String order) {
    return jdbc.sql(
            """
            select count(*) from wire_log w
              join attempt a on a.merchant_id = w.merchant_id and a.order_id = w.order_id
              join payment p on p.merchant_id = a.merchant_id and p.imp_uid = a.imp_uid
            where p.merchant_uid = :order
            """)
        .param("order", order)
        .query(Integer.class)
        .single();
  }
}
