package dev.naru.sandbox.reset;

import dev.naru.merchant.Shards;
import dev.naru.sandbox.SandboxOnly;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Repository;

/** The SQL that empties a sandbox. */
@Repository
@Conditional(SandboxOnly.class)
public class ResetStore {

  /** Who may sign in, and how nodes hear of one another, is not of the sandbox's shops. */
  private static final Set<String> KEPT = Set.of("merchant", "merchant_change");

  private final Shards shards;

  ResetStore(Shards shards) {
    this.shards = shards;
  }

  /**
   * Takes away all that belongs to merchants, and the merchants but for some, which keep their ids:
   * other nodes know them by these.
   *
   * @param userCodes of those that stay
   * @return the ids of all that there were
   */
  public List<Long> empty(List<String> userCodes) {
    List<Long> all = new ArrayList<>();
    for (Shards.Shard shard : shards.all()) {
      shard
          .transaction()
          .executeWithoutResult(
              _ -> {
                all.addAll(
                    shard.jdbc().sql("select merchant_id from merchant").query(Long.class).list());
                empty(shard);
                shard
                    .jdbc()
                    .sql("delete from merchant where user_code <> all (:stay)")
                    .param("stay", userCodes.toArray(String[]::new))
                    .update();
                shard
                    .jdbc()
                    .sql("update merchant set closed_at = null where closed_at is not null")
                    .update();
              });
    }
    shards.global().sql("update hub_clock set ahead = 0").update();
    return all;
  }

  private static void empty(Shards.Shard shard) {
    List<String> tables =
        shard
            .jdbc()
            .sql(
                """
                select table_name from information_schema.columns
                where table_schema = current_schema() and column_name = 'merchant_id'
                order by table_name
                """)
            .query(String.class)
            .list();
    String all =
        Stream.concat(tables.stream(), Stream.of("nightly"))
            .filter(table -> !KEPT.contains(table) && !table.startsWith("account"))
            .distinct()
            .collect(Collectors.joining(", "));
    // Whoever still writes is waited for, but not for long: the next try may find nobody.
    shard.jdbc().sql("set local lock_timeout = '3s'").update();
    shard.jdbc().sql("truncate " + all).update();
  }
}
