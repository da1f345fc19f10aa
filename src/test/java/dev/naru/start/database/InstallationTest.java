package dev.naru.start.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.naru.Naru;
import dev.naru.start.StartRefused;
import dev.naru.start.command.Keyset;
import dev.naru.testing.HubProcess;
import dev.naru.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which hubs a database lets start on it, each a whole hub on a real database. */
class InstallationTest {

  @TempDir Path folder;

  private final TestDatabase database = TestDatabase.fresh();
  private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
  private Path keyset;

  @BeforeEach
  void keyset() throws Exception {
    keyset = folder.resolve("keyset.json");
    Keyset.generate().write(keyset, false);
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void aSandboxDoesNotStartOnALiveDatabase() throws Exception {
    start("live", keyset).close();
    assertThat(problems("sandbox", keyset))
        .singleElement()
        .asString()
        .contains("NARU_MODE is sandbox", "that of a live hub");
    assertThat(count("api_key")).as("published keys").isZero();
    start("live", keyset).close();
  }

  @Test
  void aLiveHubDoesNotStartOnTheDatabaseOfASandbox() throws Exception {
    start("sandbox", keyset).close();
    assertThat(count("api_key")).isPositive();
    assertThat(problems("live", keyset))
        .singleElement()
        .asString()
        .contains("NARU_MODE is live", "that of a sandbox hub");
  }

  @Test
  void theModeOfADatabaseFromBeforeIsSeenByWhatIsInIt() throws Exception {
    start("sandbox", keyset).close();
    fromBefore();
    assertThat(problems("live", keyset)).singleElement().asString().contains("sandbox hub");

    jdbc.sql("delete from api_token").update();
    jdbc.sql("delete from api_key").update();
    assertThat(problems("sandbox", keyset)).singleElement().asString().contains("live hub");
    start("live", keyset).close();
    assertThat(jdbc.sql("select mode from installation").query(String.class).single())
        .isEqualTo("live");
  }

  @Test
  void anotherKeysetIsRefusedBeforeAnythingIsClaimed() throws Exception {
    start("sandbox", keyset).close();
    Path other = folder.resolve("other.json");
    Keyset.generate().write(other, false);
    assertThat(problems("sandbox", other))
        .singleElement()
        .asString()
        .contains("NARU_KEYSET is not the keyset of this database", other.toString());
    start("sandbox", keyset).close();
  }

  @Test
  void halfOfAnotherKeysetIsAnotherToo() throws Exception {
    start("sandbox", keyset).close();
    Path half = folder.resolve("half.json");
    new Keyset(Keyset.read(keyset).aead(), Keyset.generate().prf()).write(half, false);
    assertThat(problems("sandbox", half)).singleElement().asString().contains("NARU_KEYSET");
  }

  @Test
  void anotherKeysetIsRefusedOnADatabaseFromBefore() throws Exception {
    start("sandbox", keyset).close();
    fromBefore();
    Path other = folder.resolve("other.json");
    Keyset.generate().write(other, false);
    assertThat(problems("sandbox", other)).singleElement().asString().contains("NARU_KEYSET");
    start("sandbox", keyset).close();
    assertThat(count("keyset_canary")).isOne();
  }

  @Test
  void aNodeWithoutTheKeyThatSealsNowIsRefused() throws Exception {
    Path old = folder.resolve("old.json");
    Keyset.read(keyset).write(old, false);
    start("sandbox", keyset).close();
    Keyset.read(keyset).added().promoted().write(keyset, true);
    start("sandbox", keyset).close();
    assertThat(problems("sandbox", old)).singleElement().asString().contains("promoted since");
  }

  @Test
  void aSchemaNewerThanTheProgramIsRefused() throws Exception {
    start("sandbox", keyset).close();
    jdbc.sql(
            """
            insert into flyway_schema_history (installed_rank, version, description, type, script,
              checksum, installed_by, execution_time, success, installed_on)
            select max(installed_rank) + 1, '9000', 'later', 'SQL', 'V9000__later.sql', 1, 'naru', 1,
              true, max(installed_on) from flyway_schema_history
            """)
        .update();
    assertThat(problems("sandbox", keyset))
        .singleElement()
        .asString()
        .contains("newer Naru", "9000");
  }

  /** As a database was left by a hub that kept none of this. */
  private void fromBefore() {
    jdbc.sql("drop table if exists installation").update();
    jdbc.sql("drop table if exists keyset_canary").update();
    // With it go the indexes that name it.
    jdbc.sql("alter table payment drop column status_at").update();
    jdbc.sql("create index payment_by_status on payment (merchant_id, status, started_at)")
        .update();
    jdbc.sql("drop index payment_by_account_key").update();
    jdbc.sql("drop index payment_by_unlimited_key").update();
    jdbc.sql("alter table checkout drop column busy_until").update();
    jdbc.sql("alter table channel drop column accepts_unknown, drop column disabled_at").update();
    jdbc.sql("drop table passkey_challenge, passkey").update();
    jdbc.sql("drop table account_view").update();
    jdbc.sql("drop table account_recovery, account_link, console_session, sign_in_try, account")
        .update();
    jdbc.sql("alter table attention drop column closed_by, drop column closed_why").update();
    jdbc.sql("drop index attention_of_merchant").update();
    jdbc.sql("drop table audit").update();
    jdbc.sql("drop table merchant_change").update();
    jdbc.sql("drop index api_token_by_key").update();
    jdbc.sql("drop index api_key_by_merchant").update();
    jdbc.sql(
            """
            alter table api_key drop column label, drop column created_at, drop column used_at,
              drop column ended_at
            """)
        .update();
    jdbc.sql("alter table delivery drop column lane").update();
    jdbc.sql("drop table hook_endpoint").update();
    jdbc.sql("drop table hook_policy").update();
    // With it goes the index that names it.
    jdbc.sql("alter table delivery drop column endpoint_id").update();
    jdbc.sql("drop index delivery_undelivered").update();
    jdbc.sql("create index delivery_due on delivery (due_at) where due_at is not null").update();
    jdbc.sql("drop table endpoint").update();
    jdbc.sql("drop table owned_by_file").update();
    // With it goes the index that names it.
    jdbc.sql("alter table schedule drop column status_at").update();
    for (String index :
        List.of(
            "schedule_by_creation",
            "customer_by_time",
            "certification_by_time",
            "pay_link_by_time")) {
      jdbc.sql("drop index " + index).update();
    }
    for (String table : List.of("notice_log", "payment_term", "payment_mark", "payment_sum")) {
      jdbc.sql("drop table " + table).update();
    }
    for (String index :
        List.of(
            "attempt_pending",
            "checkout_by_age",
            "certification_by_age",
            "pay_link_by_end",
            "api_token_by_end",
            "schedule_revoked")) {
      jdbc.sql("drop index " + index).update();
    }
    jdbc.sql("delete from flyway_schema_history where version::int >= 27").update();
  }

  private long count(String table) {
    return jdbc.sql("select count(*) from " + table).query(Long.class).single();
  }

  private List<String> problems(String mode, Path with) {
    Throwable thrown =
        catchThrowable(
            () -> {
              try (ConfigurableApplicationContext started = start(mode, with)) {
                assertThat(started.isActive()).isFalse();
              }
            });
    while (thrown != null) {
      if (thrown instanceof StartRefused refused) {
        return refused.problems();
      }
      thrown = thrown.getCause();
    }
    throw new AssertionError("it was not refused");
  }

  private ConfigurableApplicationContext start(String mode, Path with) throws Exception {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("naru.mode", mode);
    all.put("naru.port", HubProcess.freePort());
    all.put("naru.bind", "127.0.0.1");
    all.put("naru.data", Files.createTempDirectory(folder, "data").toString());
    all.put("naru.keyset", with.toString());
    all.put("naru.db.url", database.url());
    all.put("naru.db.user", database.user());
    if (mode.equals("sandbox")) {
      all.put("naru.simulator.port", HubProcess.freePort());
    }
    SpringApplication application = new SpringApplication(Naru.class);
    application.setDefaultProperties(all);
    return application.run();
  }
}
