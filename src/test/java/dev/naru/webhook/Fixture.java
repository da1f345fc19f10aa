package dev.naru.webhook;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import dev.naru.attention.Attention;
import dev.naru.attention.Jobs;
import dev.naru.connector.http.Outbound;
import dev.naru.connector.http.PgClocks;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Settings;
import dev.naru.kernel.Vault;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.payment.Nudges;
import dev.naru.testing.TestDatabase;
import dev.naru.webhook.setting.HookEndpoint;
import dev.naru.webhook.setting.HookPolicies;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** The webhook package on a database of its own; payments and events are put in as rows. */
final class Fixture implements AutoCloseable {

  static final long SHOP = 1;

  final HubClock clock = new HubClock();
  final JdbcClient jdbc;
  final Webhooks webhooks;

  private final TestDatabase database = TestDatabase.fresh();
  private final Ids ids = new Ids(clock);
  private final Outbound outbound;
  private final List<Courier> couriers = new ArrayList<>();
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  Fixture() throws GeneralSecurityException {
    this(false);
  }

  /**
   * @param live whether private addresses are not called
   */
  Fixture(boolean live) throws GeneralSecurityException {
    outbound = new Outbound(live);
    DataSource data = database.dataSource();
    jdbc = JdbcClient.create(data);
    Vault vault = vault();
    context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
    context.registerBean(JdbcClient.class, () -> jdbc);
    context.registerBean(
        NamedParameterJdbcTemplate.class, () -> new NamedParameterJdbcTemplate(data));
    context.registerBean("writers", DataSource.class, () -> data);
    context.registerBean("patient", DataSource.class, () -> data);
    context.registerBean(JdbcTransactionManager.class, () -> new JdbcTransactionManager(data));
    context.registerBean(HubClock.class, () -> clock);
    context.registerBean(Ids.class, () -> ids);
    context.registerBean(Vault.class, () -> vault);
    context.registerBean(Outbound.class, () -> outbound);
    context.registerBean(Settings.class, () -> settings(false));
    context.registerBean(Nudges.class);
    context.registerBean(PgClocks.class, () -> new PgClocks(clock));
    context.registerBean(JsonMapper.class, JsonMapper::shared);
    context.registerBean(PgDirectory.class, () -> new PgDirectory(List.of()));
    context.register(Attention.class, Jobs.class);
    context.scan("dev.naru.merchant", "dev.naru.webhook");
    context.refresh();
    webhooks = context.getBean(Webhooks.class);
    // The context has started one: nothing is delivered but by those that tests ask for.
    context.getBean(Courier.class).stop();
    merchant(SHOP, null);
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** What was changed past the program is read. */
  void forget(long merchantId) {
    bean(HookPolicies.class).noticeForm(Actor.HUB, merchantId, webhooks.setting(merchantId).form());
  }

  ClaimStore claims() {
    return context.getBean(ClaimStore.class);
  }

  TryStore tries() {
    return context.getBean(TryStore.class);
  }

  /** A courier that runs, of a hub that shares its database with others. */
  Courier courier() {
    return courier(false);
  }

  Courier courier(boolean embedded) {
    Courier courier =
        new Courier(
            claims(),
            context.getBean(DueStore.class),
            context.getBean(Sender.class),
            clock,
            settings(embedded),
            new Nudges(),
            context.getBean(Results.class));
    couriers.add(courier);
    courier.start();
    return courier;
  }

  void advance(Duration by) {
    clock.offset(clock.offset().plus(by));
    couriers.forEach(Courier::wake);
  }

  void merchant(long id, @Nullable Long parent) {
    jdbc.sql(
            """
            insert into merchant (merchant_id, slot, user_code, parent_id, tier_code, name,
              created_at)
            values (:id, 0, :user, :parent, :tier, 'shop', :now)
            """)
        .param("id", id)
        .param("user", "imp0000000" + id)
        .param("parent", parent, Types.BIGINT)
        .param("tier", parent == null ? null : "T0" + id, Types.VARCHAR)
        .param("now", now())
        .update();
  }

  ImpUid payment(String merchantUid) {
    return payment(SHOP, merchantUid);
  }

  ImpUid payment(long merchantId, String merchantUid) {
    ImpUid impUid = ids.impUid(true, 0);
    jdbc.sql(
            """
            insert into payment (merchant_id, imp_uid, merchant_uid, holds_order, state, amount,
              currency, canceled, canceling, channel_key, started_at, updated_at, paid_at, doc,
              version)
            values (?, ?, ?, true, 'paid', 1000, 'KRW', 0, 0, 'c', ?, ?, ?, '{}', 1)
            """)
        .params(merchantId, impUid.value(), merchantUid, now(), now(), now())
        .update();
    return impUid;
  }

  /** An event with a delivery that is due now per URL; gives its id. */
  long event(ImpUid impUid, String kind, String status, String... urls) {
    return event(SHOP, impUid, kind, status, urls);
  }

  /** An event that is due at an endpoint of the shop. */
  void event(ImpUid impUid, String kind, String status, HookEndpoint endpoint) {
    long event = event(SHOP, impUid, kind, status);
    jdbc.sql(
            """
            insert into delivery (merchant_id, event_id, no, imp_uid, url, state, tries,
              created_at, due_at, endpoint_id)
            values (?, ?, 1, ?, ?, 'waiting', 0, ?, ?, ?)
            """)
        .params(SHOP, event, impUid.value(), endpoint.url(), now(), now(), endpoint.id())
        .update();
    couriers.forEach(Courier::wake);
  }

  /** The same for any merchant: approved, and so paid. */
  void paid(long merchantId, ImpUid impUid, String url) {
    event(merchantId, impUid, "approved", "paid", url);
  }

  private long event(long merchantId, ImpUid impUid, String kind, String status, String... urls) {
    long event = ids.row();
    jdbc.sql("insert into event values (?, ?, ?, ?, ?, ?, '{\"cancellation_id\": \"c-1\"}')")
        .params(merchantId, event, impUid.value(), kind, status, now())
        .update();
    for (int i = 0; i < urls.length; i++) {
      jdbc.sql("insert into delivery values (?, ?, ?, ?, ?, 'waiting', 0, ?, ?)")
          .params(merchantId, event, i + 1, impUid.value(), urls[i], now(), now())
          .update();
    }
    couriers.forEach(Courier::wake);
    return event;
  }

  Attention attention() {
    return context.getBean(Attention.class);
  }

  /** The first delivery of a payment's first event. */
  Delivery delivery(ImpUid impUid) {
    return webhooks.log(SHOP, impUid).getFirst();
  }

  @Override
  public void close() {
    couriers.forEach(Courier::stop);
    context.close();
    database.close();
  }

  private Timestamp now() {
    return Timestamp.from(clock.instant());
  }

  private static Settings settings(boolean embedded) {
    return new Settings(
        false,
        "127.0.0.1",
        0,
        Path.of("unused"),
        embedded ? null : new Settings.Database("unused", "unused", new Secret("unused")),
        URI.create("http://localhost"),
        null,
        0,
        null,
        false,
        new Settings.PgTimes(
            Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO),
        null,
        Settings.Door.OPEN,
        Settings.Keep.ALL,
        null,
        new Settings.Console("127.0.0.1", 0, URI.create("http://localhost")));
  }

  private static Vault vault() throws GeneralSecurityException {
    AeadConfig.register();
    PrfConfig.register();
    var tink = RegistryConfiguration.get();
    return new Vault(
        KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, tink)
            .getPrimitive(tink, Aead.class),
        KeysetHandle.generateNew(PredefinedPrfParameters.HMAC_SHA256_PRF, tink)
            .getPrimitive(tink, PrfSet.class));
  }
}
