package dev.naru.shops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.start.command.Keyset;
import dev.naru.testing.Api;
import dev.naru.testing.HubProcess;
import dev.naru.testing.TestDatabase;
import dev.naru.testing.WithProcesses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Two nodes that start with one shop file at the same moment: on an empty database, with another
 * file, and with the same again.
 */
@WithProcesses
class TwoNodesOneFileTest {

  private static final String KEY = "1234567890123456";
  private static final String SECRET = "a-secret-of-our-own-0123456789";

  private static final String FIRST =
      """
      shops:
        - user_code: imp12345678
          keys: [{key: "%s", secret: %s}]
          webhook: {url: "http://127.0.0.1:1/hook"}
          channels: [{pg: tosspayments, mid: ours}, {pg: settle, mid: ours}, {pg: kakaopay}]
          groups:
            - name: half
              channels: [{channel: tosspayments, percent: 50}, {channel: settle, percent: 50}]
          tiers: [{code: AAA, name: second, channels: [kakaopay]}]
          promotions:
            - {name: spring, card: "366", starts: 2026-01-01, ends: 2125-12-31, budget: 100000,
               steps: [{from: 5000, percent: 10}]}
        - user_code: imp_second
          channels: [{pg: html5_inicis}]
      """
          .formatted(KEY, SECRET);

  /** Without the group, the channels in another order, and another name. */
  private static final String OTHER =
      """
      shops:
        - user_code: imp12345678
          name: renamed
          keys: [{key: "%s", secret: %s}]
          webhook: {url: "http://127.0.0.1:1/other"}
          channels: [{pg: settle, mid: ours}, {pg: tosspayments, mid: ours}]
      """
          .formatted(KEY, SECRET);

  @TempDir private Path folder;

  @Test
  void bothComeUpAndNothingIsDoubled() throws Exception {
    try (TestDatabase database = TestDatabase.fresh()) {
      JdbcClient jdbc = JdbcClient.create(database.dataSource());
      Keyset.generate().write(folder.resolve("keyset.json"), false);

      started(database, FIRST);
      assertThat(twice(jdbc)).isEmpty();
      assertThat(shops(jdbc)).contains("imp12345678", "imp12345678.AAA", "imp_second");
      List<Map<String, Object>> made = written(jdbc);

      started(database, FIRST);
      assertThat(written(jdbc)).as("with the same file").isEqualTo(made);

      long before = last(jdbc);
      started(database, OTHER);
      assertThat(since(jdbc, before)).isNotEmpty().doesNotHaveDuplicates();
    }
  }

  /** Starts both at once, has both pay, and stops them. */
  private void started(TestDatabase database, String yaml) throws Exception {
    Path file = Files.writeString(folder.resolve("shops.yaml"), yaml);
    List<HubProcess> nodes = new ArrayList<>();
    try {
      for (String name : List.of("one", "two")) {
        Map<String, String> settings = new HashMap<>();
        settings.put("NARU_DB_URL", database.url());
        settings.put("NARU_DB_USER", database.user());
        settings.put("NARU_KEYSET", folder.resolve("keyset.json").toString());
        settings.put("NARU_SHOPS", file.toString());
        nodes.add(HubProcess.launch(Files.createDirectories(folder.resolve(name)), settings));
      }
      for (HubProcess node : nodes) {
        node.awaitReady();
        assertThat(node.output()).doesNotContainIgnoringCase("deadlock", "duplicate key");
        Api api = new Api(node.url(), KEY, SECRET);
        Map<String, Object> card = Api.keyIn(Api.newOrder(), "tosspayments.ours", Api.GOOD_CARD);
        assertThat(
                api.post("/subscribe/payments/onetime", card).response().path("status").asString())
            .isEqualTo("paid");
      }
    } finally {
      nodes.forEach(HubProcess::close);
    }
  }

  /** Whatever was changed more than once although it is one thing. */
  private static List<Map<String, Object>> twice(JdbcClient jdbc) {
    return jdbc.sql(
            """
            select merchant_id, act, about, count(*) from audit
            where merchant_id is not null group by 1, 2, 3 having count(*) > 1
            """)
        .query()
        .listOfRows();
  }

  private static long last(JdbcClient jdbc) {
    return jdbc.sql("select max(audit_id) from audit where merchant_id is not null")
        .query(Long.class)
        .single();
  }

  private static List<String> since(JdbcClient jdbc, long last) {
    return jdbc.sql(
            """
            select merchant_id || ' ' || act || ' ' || about from audit
            where merchant_id is not null and audit_id > :last
            """)
        .param("last", last)
        .query(String.class)
        .list();
  }

  private static List<String> shops(JdbcClient jdbc) {
    return jdbc.sql("select user_code from merchant").query(String.class).list();
  }

  /**
   * Rows of the tables that a file and the demo shop fill, with the transaction that wrote each.
   */
  private static List<Map<String, Object>> written(JdbcClient jdbc) {
    return jdbc.sql(
            """
            select 'audit' as t, xmin::text as x, audit_id::text as id from audit
            where merchant_id is not null
            union all select 'kept', xmin::text, merchant_id || kind || id from owned_by_file
            where merchant_id is not null
            union all select 'channel', xmin::text, channel_key from channel
            where merchant_id is not null
            union all select 'key', xmin::text, imp_key from api_key
            union all select 'hook', xmin::text, endpoint_id::text from hook_endpoint
            where merchant_id is not null
            union all select 'merchant', xmin::text, user_code from merchant
            order by 1, 3
            """)
        .query()
        .listOfRows();
  }
}
