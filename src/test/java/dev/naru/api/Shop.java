package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Pg;
import dev.naru.kernel.Secret;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A shop of one test: a merchant of its own on the shared hub, with a channel to each PG, so that
 * what it has can be counted.
 */
public record Shop(Merchant merchant, Api api, String key) {

  private static final JsonMapper JSON = JsonMapper.shared();

  static final String SECRET = "secret-of-a-shop-that-only-tests-know";
  public static final String TOSS = "tosspayments";
  static final String INICIS = "html5_inicis";
  static final String KCP_IDENTITY = "kcp_v2";
  static final String DANAL = "danal";

  /** V1 calls both {@link #DANAL}; this one sends codes. */
  static final String DANAL_OTP = "danal-otp";

  static final String GALAXIA = "galaxia";
  static final String BENEPIA = "kcp-benepia";
  static final String QUICK = "kcp_quick";

  public static Shop fresh() {
    return bare().withChannels();
  }

  /** Without any channel. */
  static Shop bare() {
    String key = "imp_" + UUID.randomUUID();
    Merchant merchant = merchant(null, null);
    Hub.shared().bean(Merchants.class).add(merchant, Map.of(key, new Secret(SECRET)));
    return new Shop(merchant, new Api(Hub.shared().url(), key, SECRET), key);
  }

  /** Its sub-merchant. */
  public Shop tier(String code) {
    Merchant tier = merchant(merchant.id(), code);
    Hub.shared().bean(Merchants.class).add(tier, Map.of());
    return new Shop(tier, api.as(code), key).withChannels();
  }

  /** The demo shop's channel to a PG, with some of its settings changed. */
  Shop withChannel(String code, Map<String, ?> changes) {
    Pg<?> pg = Hub.shared().bean(PgDirectory.class).find(code).orElseThrow();
    ObjectNode config = (ObjectNode) JSON.valueToTree(pg.demo());
    changes.forEach((name, value) -> config.set(name, JSON.valueToTree(value)));
    Hub.shared()
        .bean(Channels.class)
        .add(
            merchant.id(),
            channelKey(code),
            pg,
            Pg.Mode.SANDBOX,
            JSON.treeToValue(config, pg.config()));
    return this;
  }

  /** A phone that no other test has. */
  static String newPhone() {
    return "010%08d".formatted(ThreadLocalRandom.current().nextInt(100_000, 100_000_000));
  }

  /** The parameters of a verification of somebody born on 29 February 2000. */
  static Map<String, Object> person(String pg, String phone) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("pg", pg);
    parameters.put("name", "김나루");
    parameters.put("phone", phone);
    parameters.put("birth", "000229");
    parameters.put("gender_digit", "4");
    parameters.put("carrier", "KT");
    return parameters;
  }

  /** The newest message the simulators sent to a phone. */
  static JsonNode message(String phone) {
    return Wire.send("GET", "/sandbox/outbox?phone=" + phone, Map.of(), new byte[0]).json().path(0);
  }

  static String code(String phone) {
    return message(phone).path("code").asString();
  }

  /** How many rows of a merchant's table are its own. */
  public long rows(String table) {
    return database()
        .sql("select count(*) from " + table + " where merchant_id = :merchant")
        .param("merchant", merchant.id())
        .query(Long.class)
        .single();
  }

  public JdbcClient database() {
    return JdbcClient.create(Hub.shared().database().dataSource());
  }

  String channelKey(String pg) {
    return "channel-key-" + merchant.id() + "-" + pg;
  }

  /** A key-in as {@link Api#keyIn}, changed by what is given. */
  Api.Answer onetime(String pg, String card, Map<String, ?> changes) {
    Map<String, Object> parameters = Api.keyIn(Api.newOrder(), pg, card);
    parameters.putAll(changes);
    return api.post("/subscribe/payments/onetime", parameters);
  }

  /** A payment of 10,000 won by card. */
  public JsonNode paid(String pg) {
    return paid(pg, Map.of());
  }

  public JsonNode paid(String pg, Map<String, ?> changes) {
    Api.Answer answer = onetime(pg, Api.GOOD_CARD, changes);
    assertThat(answer.response().path("status").asString()).as(answer.message()).isEqualTo("paid");
    return answer.response();
  }

  /** The parameters of a virtual account for 10,000 won. */
  static Map<String, Object> account(String pg) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("merchant_uid", Api.newOrder());
    parameters.put("pg", pg);
    parameters.put("amount", 10_000);
    parameters.put("vbank_code", "088");
    parameters.put("vbank_due", System.currentTimeMillis() / 1000 + 86_400);
    parameters.put("vbank_holder", "나루상점");
    parameters.put("name", "나무 의자");
    parameters.put("buyer_name", "김나루");
    parameters.put("buyer_email", "buyer@example.com");
    parameters.put("buyer_tel", "010-0000-0000");
    return parameters;
  }

  /** The parameters of a barcode over 10,000 won. */
  Map<String, Object> barcode() {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("channel_key", channelKey(GALAXIA));
    parameters.put("merchant_uid", Api.newOrder());
    parameters.put("amount", 10_000);
    parameters.put("name", "나무 의자");
    parameters.put("buyer_name", "김나루");
    return parameters;
  }

  /** The parameters of a payment of 1,000 welfare points. */
  Map<String, Object> points(String user) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("channel_key", channelKey(BENEPIA));
    parameters.put("benepia_user", user);
    parameters.put("benepia_password", "benepia-secret-99");
    parameters.put("benepia_member_code", "M0001");
    parameters.put("merchant_uid", Api.newOrder());
    parameters.put("amount", 1_000);
    parameters.put("name", "나무 의자");
    return parameters;
  }

  /** A member of its easy pay, who has just joined. */
  String member(String memberId) {
    Api.Answer joined = api.post("/sandbox/kcpquick/members/" + memberId, Map.of());
    assertThat(joined.status()).as(joined.body().toString()).isEqualTo(200);
    return memberId;
  }

  /** The imp_uid of the transaction in which a member gave the PIN. */
  String pinCheck(String memberId) {
    Api.Answer checked = api.post("/sandbox/kcpquick/members/" + memberId + "/pin-check", Map.of());
    assertThat(checked.status()).as(checked.body().toString()).isEqualTo(200);
    return checked.body().path("imp_uid").asString();
  }

  /** A member's key for automatic payment. */
  String autopay(String memberId) {
    String customer = "autopay-" + UUID.randomUUID();
    Api.Answer registered =
        api.post("/sandbox/kcpquick/members/" + memberId + "/autopay/" + customer, Map.of());
    assertThat(registered.status()).as(registered.body().toString()).isEqualTo(200);
    return customer;
  }

  /** A member whom no other test has. */
  static String newMember() {
    return "m" + UUID.randomUUID().toString().replace("-", "").substring(0, 15);
  }

  /** The parameters of a billing key. */
  static Map<String, Object> card(String pg, String number) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("pg", pg);
    parameters.put("card_number", number);
    parameters.put("expiry", "2039-12");
    parameters.put("birth", "900101");
    parameters.put("pwd_2digit", "12");
    parameters.put("customer_name", "김나루");
    parameters.put("customer_email", "buyer@example.com");
    parameters.put("customer_tel", "010-0000-0000");
    return parameters;
  }

  private static Merchant merchant(@Nullable Long parent, @Nullable String tier) {
    long id = ThreadLocalRandom.current().nextLong(1_000, 1L << 40);
    return new Merchant(
        id,
        (int) (id % 1_024),
        "imp-t-" + Long.toString(id, 36),
        parent,
        tier,
        tier == null ? "Shop" : tier);
  }

  private Shop withChannels() {
    for (Pg<?> pg : Hub.shared().bean(PgDirectory.class).all()) {
      Hub.shared()
          .bean(Channels.class)
          .add(merchant.id(), channelKey(pg.code()), pg, Pg.Mode.SANDBOX, pg.demo());
    }
    return this;
  }
}
