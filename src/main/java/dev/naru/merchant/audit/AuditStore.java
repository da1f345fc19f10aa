package dev.naru.merchant.audit;

import dev.naru.merchant.Shards;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of what was changed. */
@Repository
class AuditStore {

  private final Shards shards;

  AuditStore(Shards shards) {
    this.shards = shards;
  }

  void insert(Audited row) {
    shards
        .of(row.merchantId())
        .sql(
            """
            insert into audit (merchant_id, audit_id, at, actor_kind, actor_id, actor_name,
              actor_address, act, about, before, after)
            values (:merchant, :id, :at, :kind, :actor, :name, :address, :act, :about,
              :before::jsonb, :after::jsonb)
            """)
        .param("merchant", row.merchantId())
        .param("id", row.id())
        .param("at", Timestamp.from(row.at()))
        .param("kind", row.actor().kind().name())
        .param("actor", row.actor().id())
        .param("name", row.actor().name())
        .param("address", row.actor().address())
        .param("act", row.act().name())
        .param("about", row.about())
        .param("before", row.before())
        .param("after", row.after())
        .update();
  }

  List<Audited> list(AuditQuery query) {
    return shards.all().stream()
        .flatMap(shard -> list(shard.jdbc(), query).stream())
        .sorted(Comparator.comparingLong(Audited::id).reversed())
        .limit(query.most())
        .toList();
  }

  private static List<Audited> list(JdbcClient jdbc, AuditQuery query) {
    return jdbc.sql(
            """
            select * from audit
            where merchant_id = any(:merchants)
              and (:anyAct or act = any(:acts))
              and (:actor::text is null or actor_id = :actor)
              and (:about::text is null or about = :about)
              and (:from::timestamptz is null or at >= :from)
              and (:until::timestamptz is null or at < :until)
              and (:below::bigint is null or audit_id < :below)
            order by audit_id desc limit :most
            """)
        .param("merchants", query.merchants().toArray(Long[]::new))
        .param("anyAct", query.acts().isEmpty())
        .param("acts", query.acts().stream().map(Act::name).toArray(String[]::new))
        .param("actor", query.actorId())
        .param("about", query.about())
        .param("from", timestamp(query.from()))
        .param("until", timestamp(query.until()))
        .param("below", query.below())
        .param("most", query.most())
        .query(AuditStore::row)
        .list();
  }

  private static @Nullable Timestamp timestamp(@Nullable Instant time) {
    return time == null ? null : Timestamp.from(time);
  }

  private static Audited row(ResultSet row, int n) throws SQLException {
    return new Audited(
        row.getLong("audit_id"),
        row.getLong("merchant_id"),
        row.getTimestamp("at").toInstant(),
        new Actor(
            Actor.Kind.valueOf(row.getString("actor_kind")),
            row.getString("actor_id"),
            row.getString("actor_name"),
            row.getString("actor_address")),
        Act.valueOf(row.getString("act")),
        row.getString("about"),
        row.getString("before"),
        row.getString("after"));
  }
}
