package dev.naru.shops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Vault;
import dev.naru.merchant.ApiKeys;
import dev.naru.merchant.ChannelGroup;
import dev.naru.merchant.ChannelGroups;
import dev.naru.merchant.ChannelSetup;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import dev.naru.merchant.Shops;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.file.FileKeeping;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.merchant.setup.SetUp;
import dev.naru.payment.proof.Verification;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import dev.naru.testing.Receiver;
import dev.naru.webhook.Webhooks;
import dev.naru.webhook.setting.HookEndpoint;
import dev.naru.webhook.setting.WebhookEndpoints;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A hub that starts with a shop file: its shops pay, its file keeps them, and it can be reset. */
class ShopFileHubTest {

  private static final String KEY = "1234567890123456";
  private static final String SECRET = "a-secret-of-our-own-0123456789";
  private static final String HOOK_KEY = "whsec_b25seS1mb3ItYS1zYW5kYm94LTAxMjM0NTY3ODk=";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private static Path folder;

  private static Receiver shop;
  private static Hub hub;

  @BeforeAll
  static void start() throws IOException {
    shop = Receiver.start();
    Path file =
        Files.writeString(
            folder.resolve("shops.yaml"),
            """
            shops:
              - user_code: imp12345678
                keys: [{key: "%s", secret: %s}]
                webhook: {url: "http://127.0.0.1:%d/our/hook", secret: "%s"}
                channels: [{pg: tosspayments, mid: MOIours}, {pg: kakaopay}]
                tiers: [{code: AAA, name: second, channels: [kakaopay]}]
              - user_code: imp_any
                accept_any_user_code: true
                channels: [{pg: html5_inicis}]
            """
                .formatted(KEY, SECRET, shop.port(), HOOK_KEY));
    hub = Hub.start(Map.of("naru.shops", file.toString()));
  }

  @AfterAll
  static void stop() {
    hub.close();
    shop.close();
  }

  private static Api ours() {
    return new Api(hub.url(), KEY, SECRET);
  }

  @Test
  void paysWithItsOwnKeysAndIsToldAtItsOwnAddress() {
    String order = Api.newOrder();
    Map<String, Object> card = Api.keyIn(order, "tosspayments.MOIours", Api.GOOD_CARD);
    JsonNode paid = ours().post("/subscribe/payments/onetime", card).response();
    assertThat(paid.path("status").asString()).isEqualTo("paid");
    await()
        .untilAsserted(
            () ->
                assertThat(shop.got())
                    .anyMatch(got -> got.path().equals("/our/hook") && got.body().contains(order)));
    // The demo shop is there all the same, and sees nothing of it.
    assertThat(new Api(hub.url()).get("/payments/find/" + order).status()).isEqualTo(404);
  }

  /**
   * The key stands sealed in the database, and in no row of the audit or of what the file keeps.
   */
  @Test
  void theFilesKeySignsItsWebhooks() throws Exception {
    String order = Api.newOrder();
    ours()
        .post(
            "/subscribe/payments/onetime", Api.keyIn(order, "tosspayments.MOIours", Api.GOOD_CARD));
    await().until(() -> shop.got().stream().anyMatch(got -> got.body().contains(order)));
    Receiver.Got told =
        shop.got().stream().filter(got -> got.body().contains(order)).findFirst().orElseThrow();
    assertThat(told.header("webhook-signature")).isEqualTo(signature(HOOK_KEY, told));
    long id = hub.bean(Shops.class).find("imp12345678").orElseThrow().id();
    HookEndpoint endpoint = hub.bean(WebhookEndpoints.class).of(id).getFirst();
    Actor person = Actor.account("1", "somebody", "127.0.0.1");
    assertThatThrownBy(() -> hub.bean(WebhookEndpoints.class).rotate(person, id, endpoint.id()))
        .hasMessageContaining("shops.yaml, line 4");
    String rows =
        hub.bean(JdbcClient.class)
            .sql(
                """
                select string_agg(a::text, '') || string_agg(e::text, '') || string_agg(k::text, '')
                from audit a, hook_endpoint e, owned_by_file k
                where a.merchant_id = :id and e.merchant_id = :id and k.merchant_id = :id
                """)
            .param("id", id)
            .query(String.class)
            .single();
    String hex = HexFormat.of().formatHex(HOOK_KEY.getBytes(StandardCharsets.UTF_8));
    assertThat(rows).doesNotContain("whsec_", HOOK_KEY, hex);
  }

  private static String signature(String key, Receiver.Got got) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] bytes = Base64.getDecoder().decode(key.substring("whsec_".length()));
    mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
    String signed =
        got.header("webhook-id") + "." + got.header("webhook-timestamp") + "." + got.body();
    return "v1,"
        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aGroupsNameIsReadAsTheConsolesForm() throws IOException {
    String yaml =
        """
        shops:
          - user_code: imp_groups
            channels: [{pg: tosspayments}]
            groups: [{name: "%s", channels: [{channel: tosspayments, percent: 100}]}]
        """;
    assertThatThrownBy(() -> apply(yaml.formatted("   ")))
        .isInstanceOf(ShopFileRefused.class)
        .hasMessageContaining("other.yaml:4:14 cannot be followed");
    apply(yaml.formatted("  half  "));
    long id = hub.bean(Shops.class).find("imp_groups").orElseThrow().id();
    assertThat(hub.bean(ChannelGroups.class).of(id))
        .extracting(ChannelGroup::name)
        .containsExactly("half");
    hub.bean(FileShops.class).apply();
  }

  @Test
  void anyUserCodeWillDo() throws Exception {
    assertThat(channels("imp12345678")).contains("tosspayments").doesNotContain("html5_inicis");
    assertThat(channels("imp-anything")).contains("html5_inicis").doesNotContain("tosspayments");
  }

  private static String channels(String userCode) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(hub.url().resolve("/users/pg/" + userCode)).GET().build();
    return HTTP.send(request, BodyHandlers.ofString()).body();
  }

  @Test
  void whatTheFileKeepsNobodyElseChanges() {
    Merchant merchant = hub.bean(Shops.class).find("imp12345678").orElseThrow();
    Actor person = Actor.account("1", "somebody", "127.0.0.1");
    assertThatThrownBy(() -> hub.bean(Shops.class).rename(person, merchant.id(), "other"))
        .isInstanceOf(Failed.class)
        .hasMessageContaining("shops.yaml, line 2");
    assertThatThrownBy(
            () ->
                hub.bean(ApiKeys.class)
                    .put(person, merchant.id(), KEY, new Secret("another-secret-0123456789")))
        .hasMessageContaining("shops.yaml, line 3");
    String channel = hub.bean(ChannelSetup.class).list(merchant.id()).getFirst().key();
    assertThatThrownBy(() -> hub.bean(ChannelSetup.class).disable(person, merchant.id(), channel))
        .hasMessageContaining("shops.yaml, line 5");
    // What is not the file's is anybody's.
    ApiKeys.Issued own = hub.bean(ApiKeys.class).issue(person, merchant.id(), "mine");
    hub.bean(ApiKeys.class).end(person, merchant.id(), own.impKey());
    assertThat(hub.bean(FileKeeping.class).of(merchant.id())).hasSizeGreaterThan(6);
  }

  @Test
  void appliedAgainNothingIsWritten() {
    JdbcClient jdbc = hub.bean(JdbcClient.class);
    List<Map<String, Object>> before = written(jdbc);
    hub.bean(FileShops.class).apply();
    assertThat(written(jdbc)).isEqualTo(before);
  }

  /** Rows of the tables that a file fills, each with the transaction that wrote it. */
  private static List<Map<String, Object>> written(JdbcClient jdbc) {
    return jdbc.sql(
            """
            select 'audit' as t, xmin::text as x, audit_id::text as id from audit
            where merchant_id is not null
            union all select 'kept', xmin::text, id from owned_by_file
            where merchant_id is not null
            union all select 'channel', xmin::text, channel_key from channel
            where merchant_id is not null
            union all select 'merchant', xmin::text, user_code from merchant
            union all select 'change', xmin::text, merchant_id::text from merchant_change
            order by 1, 3
            """)
        .query()
        .listOfRows();
  }

  @Test
  void whatGoesFromTheFileIsSwitchedOffAndComesBack() throws IOException {
    long id = hub.bean(Shops.class).find("imp12345678").orElseThrow().id();
    apply(
        """
        shops:
          - user_code: imp12345678
            channels: [{pg: tosspayments, mid: MOIours}]
        """);
    assertThat(hub.bean(Shops.class).find("imp_any")).isEmpty();
    assertThat(enabled(id)).containsExactly("tosspayments");
    assertThat(hub.bean(Merchants.class).byUserCode("imp12345678.AAA").map(Merchant::tierCode))
        .isNotEqualTo(Optional.of("AAA"));
    assertThat(hub.bean(Webhooks.class).setting(id).url()).isNull();
    assertThat(hub.bean(ApiKeys.class).of(id))
        .noneMatch(key -> key.impKey().equals(KEY) && key.isOpen());

    hub.bean(FileShops.class).apply();
    assertThat(hub.bean(Shops.class).find("imp_any")).isPresent();
    assertThat(enabled(id)).containsExactly("tosspayments", "kakaopay");
    assertThat(hub.bean(Webhooks.class).setting(id).url()).endsWith("/our/hook");
    assertThat(ours().get("/payments/imp_1").status()).isEqualTo(404);
    assertThat(ours().as("AAA").get("/payments/imp_1").status()).isEqualTo(404);
  }

  private static List<String> enabled(long merchantId) {
    return hub.bean(ChannelSetup.class).list(merchantId).stream()
        .filter(SetUp::enabled)
        .map(channel -> channel.pg().code())
        .toList();
  }

  @Test
  void whatCannotBeFollowedIsToldWithItsLine() {
    assertThatThrownBy(
            () ->
                apply(
                    """
                    shops:
                      - user_code: imp00000000
                        keys: [{key: "%s", secret: taken-by-another-shop}]
                    """
                        .formatted(KEY)))
        .isInstanceOf(ShopFileRefused.class)
        .hasMessageContaining("other.yaml:3:12 cannot be followed: Another shop uses this");
    hub.bean(FileShops.class).apply();
  }

  /** As a start with another file would. */
  private static void apply(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("other.yaml"), yaml);
    ShopFile other = ShopFileReader.read(file, hub.bean(PgDirectory.class), false, _ -> null);
    new FileShops(
            other,
            hub.bean(FileKeeping.class),
            hub.bean(UseCases.class),
            hub.bean(Vault.class),
            hub.bean(HubClock.class),
            new StaticListableBeanFactory().getBeanProvider(Seed.class))
        .apply();
  }

  @Test
  void resetUnderLoadLeavesNothingBehind() throws Exception {
    AtomicBoolean on = new AtomicBoolean(true);
    List<CompletableFuture<Void>> load =
        IntStream.range(0, 4)
            .mapToObj(n -> CompletableFuture.runAsync(() -> pay(on), Thread::startVirtualThread))
            .toList();
    String early = Api.newOrder();
    ours().post("/subscribe/payments/onetime", Api.keyIn(early, "tosspayments", Api.GOOD_CARD));
    JsonNode reset = post("/sandbox/reset");
    System.getLogger("reset").log(System.Logger.Level.INFO, "reset took {0}", reset);
    on.set(false);
    load.forEach(CompletableFuture::join);

    assertThat(reset.path("shops").toString()).contains("imp12345678", "imp00000000");
    assertThat(ours().get("/payments/find/" + early).status()).isEqualTo(404);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(orders("tosspayments")).isEqualTo(paid()));
    assertThat(orders("tosspayments")).doesNotContain(early);
    List<String> differences = new ArrayList<>();
    hub.bean(Verification.class).run(one -> differences.add(one.toString()), () -> {});
    assertThat(differences).isEmpty();

    String after = Api.newOrder();
    assertThat(
            ours()
                .post("/subscribe/payments/onetime", Api.keyIn(after, "kakaopay", Api.GOOD_CARD))
                .status())
        .isNotEqualTo(401);
  }

  private static void pay(AtomicBoolean on) {
    while (on.get()) {
      ours()
          .post(
              "/subscribe/payments/onetime",
              Api.keyIn(Api.newOrder(), "tosspayments", Api.GOOD_CARD));
    }
  }

  private static JsonNode post(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(hub.url().resolve(path))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    var answer = HTTP.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  /** What the PG charged, by its order ids. */
  private static List<String> orders(String pg) throws Exception {
    URI books = hub.url().resolve("/sandbox/books/" + pg);
    String body = HTTP.send(HttpRequest.newBuilder(books).build(), BodyHandlers.ofString()).body();
    return JsonMapper.shared()
        .readTree(body)
        .valueStream()
        .filter(line -> line.path("paid").asBoolean())
        .map(line -> line.path("order_id").asString())
        .sorted()
        .toList();
  }

  /** What the hub says was charged. */
  private static List<String> paid() {
    return hub.bean(JdbcClient.class)
        .sql(
            """
            select order_id from attempt
            where merchant_id is not null and state = 'approved' order by order_id
            """)
        .query(String.class)
        .list();
  }
}
