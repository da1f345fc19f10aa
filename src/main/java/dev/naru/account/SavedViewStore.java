package dev.naru.account;

import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of views: a global table, as accounts are. */
@Repository
class SavedViewStore {

  private final JdbcClient jdbc;

  SavedViewStore(Shards shards) {
    jdbc = shards.global();
  }

  List<SavedViews.View> of(String email, String list) {
    return jdbc.sql(
            """
            select name, query from account_view where email = :email and list = :list
            order by name
            """)
        .param("email", email)
        .param("list", list)
        .query((row, n) -> new SavedViews.View(row.getString("name"), row.getString("query")))
        .list();
  }

  /** False if there are as many already; one of the same name is replaced. */
  boolean put(String email, String list, SavedViews.View view, int most, Instant now) {
    return jdbc.sql(
                """
                insert into account_view (email, list, name, query, created_at)
                select :email, :list, :name, :query, :now
                where (select count(*) from account_view
                  where email = :email and list = :list and name <> :name) < :most
                on conflict (email, list, name) do update set query = excluded.query
                """)
            .param("email", email)
            .param("list", list)
            .param("name", view.name())
            .param("query", view.query())
            .param("most", most)
            .param("now", Timestamp.from(now))
            .update()
        == 1;
  }

  void delete(String email, String list, String name) {
    jdbc.sql("delete from account_view where email = :email and list = :list and name = :name")
        .param("email", email)
        .param("list", list)
        .param("name", name)
        .update();
  }
}
