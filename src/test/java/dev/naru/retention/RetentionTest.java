package dev.naru.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.attention.Attention;
import dev.naru.attention.Jobs;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Shards;
import dev.naru.testing.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What is older goes, in batches; what is younger stays, and what runs whatever its age. */
class RetentionTest {

  private static final Duration OLD = Duration.ofDays(400);
  private static final Duration YOUNG = Duration.ofDays(5);

  private final TestDatabase database = TestDatabase.fresh();
  private final HubClock clock = new HubClock();
  private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private int count;

  @BeforeEach
  void begin() {
    DataSource data = database.dataSource();
    context.registerBean(JdbcClient.class, () -> jdbc);
    context.registerBean("writers", DataSource.class, () -> data);
    context.registerBean(JdbcTransactionManager.class, () -> new JdbcTransactionManager(data));
    context.registerBean(HubClock.class, () -> clock);
    context.registerBean(Ids.class, () -> new Ids(clock));
    context.registerBean(Settings.class, RetentionTest::settings);
    context.register(
        Shards.class,
        Attention.class,
        Jobs.class,
        RetentionStore.class,
        MerchantRetentionStore.class,
        Retention.class);
    context.refresh();
    Timestamp now = ago(Duration.ofDays(500));
    update("insert into merchant values (1, 0, 'imp1', null, null, 'shop', ?)", now);
    update("insert into merchant values (2, 0, 'imp1.A01', 1, 'A01', 'sub', ?, ?)", now, now);
    for (int merchant = 1; merchant <= 2; merchant++) {
      update(
          "insert into channel values (?, 'c', 'tosspayments', 'm', 'n', 'sandbox', 1, '', ?)",
          merchant,
          now);
    }
  }

  @AfterEach
  void end() {
    context.close();
    database.close();
  }

  @Test
  void wireLogGoesUnlessItsPaymentRuns() {
    wire(paid(OLD), OLD, 3);
    wire(paid(OLD), YOUNG, 2);
    String running = payment("ready", "unknown", OLD);
    wire(running, OLD, 1);
    String canceling = paid(OLD);
    update(
        """
        insert into cancellation (merchant_id, imp_uid, no, cancellation_id, amount, tax_free,
          before_amount, money, reason, state, announce, requested_at, due_at, tries, absent)
        values (1, ?, 1, 'c-1', 1000, 0, 1000, 1000, 'r', 'unknown', true, ?, ?, 0, 0)
        """,
        canceling,
        ago(OLD),
        ago(OLD));
    wire(canceling, OLD, 1);
    sweep();
    assertThat(count("wire_log")).isEqualTo(4);
    assertThat(
            strings(
                "select distinct order_id from wire_log where at < ?", ago(Duration.ofDays(30))))
        .containsExactlyInAnyOrder("N" + running, "N" + canceling);
  }

  /** As the wire log. */
  @Test
  void noticesGoUnlessTheirPaymentRuns() {
    notice(paid(OLD), OLD);
    notice(paid(OLD), YOUNG);
    String running = payment("ready", "unknown", OLD);
    notice(running, OLD);
    sweep();
    assertThat(count("notice_log")).isEqualTo(2);
    assertThat(strings("select order_id from notice_log where at < ?", ago(Duration.ofDays(30))))
        .containsExactly("N" + running);
  }

  private void notice(String impUid, Duration age) {
    update(
        """
        insert into notice_log
        values (1, ?, ?, ?, 'c', '::1', 'CHANGED', '{}', 'nothing_new', '')
        """,
        Ids.firstRowAt(now().minus(age)) + 10_000L * ++count,
        "N" + impUid,
        ago(age));
  }

  @Test
  void whatIsMuchGoesInBatches() {
    wire(paid(OLD), OLD, 3 * RetentionStore.BATCH + 1);
    assertThat(
            context
                .getBean(MerchantRetentionStore.class)
                .wireLog(1, now().minus(Duration.ofDays(90))))
        .isEqualTo(RetentionStore.BATCH);
    sweep();
    assertThat(count("wire_log")).isZero();
  }

  @Test
  void webhooksGoOnceTheyAreOver() {
    delivery(paid(OLD), OLD, "delivered");
    delivery(paid(OLD), OLD, "given_up");
    delivery(paid(OLD), OLD, "waiting");
    delivery(paid(YOUNG), YOUNG, "delivered");
    sweep();
    assertThat(strings("select state from delivery order by created_at"))
        .containsExactly("waiting", "delivered");
    assertThat(count("delivery_try")).isEqualTo(2);
    assertThat(count("event")).as("events stay").isEqualTo(8);
    assertThat(count("payment")).isEqualTo(4);
  }

  @Test
  void windowsGoAndPaymentsStay() {
    window(paid(OLD), OLD);
    window(payment("failed", "declined", OLD), OLD);
    String running = payment("ready", "unknown", OLD);
    window(running, OLD);
    window(payment("waiting", "waiting", OLD), OLD);
    window(paid(YOUNG), YOUNG);
    sweep();
    assertThat(count("checkout")).isEqualTo(3);
    assertThat(count("payment")).isEqualTo(5);
  }

  @Test
  void whatNobodyBeganToPayGoesWhole() {
    String abandoned = payment("ready", "open", OLD);
    window(abandoned, OLD);
    wire(abandoned, OLD, 1);
    String young = payment("ready", "open", YOUNG);
    window(young, YOUNG);
    String looked = payment("ready", "open", OLD);
    update("update attempt set due_at = ? where imp_uid = ?", ago(OLD), looked);
    String authenticated = payment("ready", "open", OLD);
    event(authenticated, OLD, "authenticated");
    sweep();
    sweep();
    assertThat(strings("select imp_uid from payment"))
        .containsExactlyInAnyOrder(young, looked, authenticated);
    assertThat(count("attempt")).isEqualTo(3);
    assertThat(strings("select imp_uid from checkout")).containsExactly(young);
    assertThat(count("wire_log")).isZero();
  }

  @Test
  void linksGoOnceTheyAreOver() {
    for (String ends :
        List.of("now() - interval '90 days', null", "null, now() - interval '90 days'")) {
      update(link(ends));
    }
    update(link("now() + interval '1 day', null"));
    update(link("null, null"));
    sweep();
    assertThat(count("pay_link")).isEqualTo(2);
  }

  private String link(String ends) {
    return "insert into pay_link values (1, '%016x', '', now() - interval '400 days', %s)"
        .formatted(++count, ends);
  }

  @Test
  void certificationsGoWithTheirWindows() {
    certification("certified", OLD);
    certification("failed", OLD);
    certification("requested", OLD);
    certification("certified", YOUNG);
    sweep();
    assertThat(strings("select state from certification order by requested_at"))
        .containsExactly("requested", "certified");
    assertThat(count("checkout")).isEqualTo(2);
  }

  @Test
  void chargesToComeOfASubShopThatIsNoMoreAreTakenBack() {
    schedule(1, Duration.ofDays(-3));
    schedule(2, Duration.ofDays(-3));
    sweep();
    assertThat(strings("select state from schedule order by merchant_id"))
        .containsExactly("scheduled", "revoked");
    update("update schedule set revoked_at = ? where merchant_id = 2", ago(OLD));
    sweep();
    assertThat(strings("select state from schedule")).containsExactly("scheduled");
  }

  @Test
  void tokensAndEndpointsThatAreOfNoUseGo() {
    update("insert into api_key values ('k', 1, 'h')");
    update("insert into api_token values ('old', 1, 'k', ?)", ago(OLD));
    update("insert into api_token values ('young', 1, 'k', ?)", ago(Duration.ofHours(-1)));
    delivery(paid(OLD), OLD, "waiting");
    update(
        """
        insert into endpoint select merchant_id, lane, 'http://waits', 9, created_at, created_at,
          created_at from delivery
        """);
    update(
        "insert into endpoint values (1, 7, 'http://done', 9, ?, ?, ?)",
        ago(OLD),
        ago(OLD),
        ago(OLD));
    sweep();
    assertThat(strings("select token_hash from api_token")).containsExactly("young");
    assertThat(strings("select origin from endpoint")).containsExactly("http://waits");
  }

  private void sweep() {
    assertThat(context.getBean(Retention.class).sweep()).as("more to forget").isFalse();
  }

  private String paid(Duration age) {
    return payment("paid", "approved", age);
  }

  private String payment(String state, String attempt, Duration age) {
    String impUid = "imp_%015d".formatted(++count);
    Timestamp at = ago(age);
    update(
        """
        insert into payment (merchant_id, imp_uid, merchant_uid, holds_order, state, amount,
          currency, canceled, canceling, channel_key, started_at, updated_at, paid_at, failed_at,
          doc, version)
        values (1, ?, ?, ?, ?, 1000, 'KRW', 0, 0, 'c', ?, ?, ?, ?, '{}', 1)
        """,
        impUid,
        "order" + count,
        !state.equals("failed"),
        state,
        at,
        at,
        state.equals("paid") ? at : null,
        state.equals("failed") ? at : null);
    update(
        """
        insert into attempt (merchant_id, imp_uid, no, order_id, verb, state, started_at, due_at,
          tries, absent)
        values (1, ?, 1, ?, 'checkout', ?, ?, ?, 0, 0)
        """,
        impUid,
        "N" + impUid,
        attempt,
        at,
        attempt.equals("unknown") ? at : null);
    var _ = event(impUid, age, "opened");
    return impUid;
  }

  private long event(String impUid, Duration age, String kind) {
    long id = Ids.firstRowAt(now().minus(age)) + ++count;
    update("insert into event values (1, ?, ?, ?, 'ready', ?, '{}')", id, impUid, kind, ago(age));
    return id;
  }

  private void wire(String impUid, Duration age, int many) {
    update(
        """
        insert into wire_log
        select 1, ?::bigint + n, ?, ?::timestamptz, 1, 'POST', 'u', 'r', 200, 'a'
        from generate_series(1, ?::int) n
        """,
        Ids.firstRowAt(now().minus(age)) + 10_000L * ++count,
        "N" + impUid,
        ago(age),
        many);
  }

  private void delivery(String impUid, Duration age, String state) {
    long event = event(impUid, age, "approved");
    update(
        "insert into delivery values (1, ?, 1, ?, 'http://shop.example/', ?, 1, ?, ?)",
        event,
        impUid,
        state,
        ago(age.minusSeconds(count)),
        state.equals("waiting") ? ago(age) : null);
    update("insert into delivery_try values (1, ?, 1, 1, ?, 1, 200, '')", event, ago(age));
  }

  private void window(String impUid, Duration age) {
    update(
        """
        insert into checkout (merchant_id, state_hash, imp_uid, doc, opened_at)
        values (1, ?, ?, '', ?)
        """,
        "%040d".formatted(++count),
        impUid,
        ago(age));
  }

  private void certification(String state, Duration age) {
    String uid = "imp_%015d".formatted(++count);
    boolean requested = state.equals("requested");
    update(
        """
        insert into certification (merchant_id, imp_uid, channel_key, pg_provider, order_id, state,
          person, tries, unanswered, requested_at, expires_at, decided_at, why, fail_text)
        values (1, ?, 'c', 'p', ?, ?, ?::bytea, 0, false, ?, ?, ?, ?, ?)
        """,
        uid,
        "N" + count,
        state,
        state.equals("failed") ? null : new byte[0],
        ago(age),
        requested ? ago(age) : null,
        requested ? null : ago(age),
        state.equals("failed") ? "PG_ERROR" : null,
        state.equals("failed") ? "실패" : null);
    update(
        """
        insert into checkout (merchant_id, state_hash, certification_uid, doc, opened_at)
        values (1, ?, ?, '', ?)
        """,
        "%040d".formatted(count),
        uid,
        ago(age));
  }

  private void schedule(int merchant, Duration age) {
    update(
        """
        insert into schedule (merchant_id, merchant_uid, customer_uid, channel_key, name, amount,
          currency, purchase, state, schedule_at, due_at, created_at)
        values (?, ?, 'u', 'c', 'n', 100, 'KRW', '', 'scheduled', ?, ?, ?)
        """,
        merchant,
        "s" + ++count,
        ago(age),
        ago(age),
        ago(OLD));
  }

  private void update(String sql, @Nullable Object... params) {
    JdbcClient.StatementSpec statement = jdbc.sql(sql);
    for (@Nullable Object one : params) {
      statement = statement.param(one);
    }
    statement.update();
  }

  private int count(String table) {
    return jdbc.sql("select count(*) from " + table).query(Integer.class).single();
  }

  private List<String> strings(String sql, Object... params) {
    return jdbc.sql(sql).params(List.of(params)).query(String.class).list();
  }

  private Instant now() {
    return clock.instant();
  }

  private Timestamp ago(Duration age) {
    return Timestamp.from(now().minus(age));
  }

  private static Settings settings() {
    return new Settings(
        false,
        "127.0.0.1",
        0,
        Path.of("unused"),
        new Settings.Database("unused", "unused", new Secret("unused")),
        URI.create("http://localhost"),
        null,
        0,
        null,
        false,
        new Settings.PgTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO),
        null,
        Settings.Door.OPEN,
        new Settings.Keep(
            Duration.ofDays(90), Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(365)),
        null,
        new Settings.Console("127.0.0.1", 0, URI.create("http://localhost")));
  }
}
