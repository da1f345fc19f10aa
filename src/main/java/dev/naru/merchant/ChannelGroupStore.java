package dev.naru.merchant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of channel groups. */
@Repository
class ChannelGroupStore {

  private final Shards shards;
  private final JsonMapper json;

  ChannelGroupStore(Shards shards, JsonMapper json) {
    this.shards = shards;
    this.json = json;
  }

  void put(long merchantId, ChannelGroup group) {
    ChannelGroup.Planned planned = group.planned();
    shards
        .of(merchantId)
        .sql(
            """
            insert into channel_group (merchant_id, group_id, name, members, planned, planned_at)
            values (:merchant, :group, :name, :members::jsonb, :planned::jsonb, :plannedAt)
            on conflict (merchant_id, group_id) do update set name = excluded.name,
              members = excluded.members, planned = excluded.planned,
              planned_at = excluded.planned_at
            """)
        .param("merchant", merchantId)
        .param("group", group.id())
        .param("name", group.name())
        .param("members", json.writeValueAsString(group.members()))
        .param("planned", planned == null ? null : json.writeValueAsString(planned.members()))
        .param("plannedAt", planned == null ? null : Timestamp.from(planned.at()))
        .update();
  }

  /** By their names. */
  List<ChannelGroup> of(long merchantId) {
    return shards
        .of(merchantId)
        .sql("select * from channel_group where merchant_id = :merchant order by name, group_id")
        .param("merchant", merchantId)
        .query(this::group)
        .list();
  }

  void delete(long merchantId, String groupId) {
    shards
        .of(merchantId)
        .sql("delete from channel_group where merchant_id = :merchant and group_id = :group")
        .param("merchant", merchantId)
        .param("group", groupId)
        .update();
  }

  Optional<ChannelGroup> find(long merchantId, String groupId) {
    return shards
        .of(merchantId)
        .sql("select * from channel_group where merchant_id = :merchant and group_id = :group")
        .param("merchant", merchantId)
        .param("group", groupId)
        .query(this::group)
        .optional();
  }

  private ChannelGroup group(ResultSet row, int n) throws SQLException {
    return new ChannelGroup(
        row.getString("group_id"),
        row.getString("name"),
        members(row.getString("members")),
        planned(row));
  }

  private ChannelGroup.@Nullable Planned planned(ResultSet row) throws SQLException {
    Timestamp at = row.getTimestamp("planned_at");
    return at == null
        ? null
        : new ChannelGroup.Planned(at.toInstant(), members(row.getString("planned")));
  }

  private List<ChannelGroup.Member> members(String array) {
    return List.of(json.readValue(array, ChannelGroup.Member[].class));
  }
}
