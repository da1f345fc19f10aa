package dev.naru.webhook;

import dev.naru.merchant.Shards;
import dev.naru.merchant.Shards.Shard;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** The SQL of who may send what is due, and when. */
@Repository
class ClaimStore {

  /**
   * How many lanes of a merchant one claim looks at, each time from another place on: a shop with
   * an endpoint for every order costs the others no time.
   */
  private static final int LANES = 64;

  /** All merchants with something to deliver: one look at the index for each. */
  private static final String MERCHANTS =
      """
      merchants as (
        (select merchant_id from delivery where due_at is not null order by merchant_id limit 1)
        union all
        select (
          select d.merchant_id from delivery d
          where d.due_at is not null and d.merchant_id > m.merchant_id
          order by d.merchant_id limit 1)
        from merchants m where m.merchant_id is not null)
      """;

  /** Lanes of merchant {@code m}, from {@code :from} on and around: one look for each. */
  private static final String LANES_OF =
      """
      with recursive ahead as (
        (select lane from delivery
         where merchant_id = m.merchant_id and due_at is not null and lane >= :from
         order by lane limit 1)
        union all
        select (
          select d.lane from delivery d
          where d.merchant_id = m.merchant_id and d.due_at is not null and d.lane > a.lane
          order by d.lane limit 1)
        from ahead a where a.lane is not null),
      around as (
        (select lane from delivery
         where merchant_id = m.merchant_id and due_at is not null and lane < :from
         order by lane limit 1)
        union all
        select (
          select d.lane from delivery d
          where d.merchant_id = m.merchant_id and d.due_at is not null
            and d.lane > a.lane and d.lane < :from
          order by d.lane limit 1)
        from around a where a.lane is not null)
      (select lane from ahead where lane is not null limit :lanes)
      union all
      (select lane from around where lane is not null limit :lanes)
      """;

  /**
   * Leases what is due, of each lane as many as there is room for; of a parked endpoint nothing
   * before its time, and then one. Whoever dies with a lease loses it when it ends, and the
   * delivery is due again: at least once.
   */
  private static final String CLAIM =
      """
      with recursive %s,
      lanes as (
        select m.merchant_id, l.lane, coalesce(shop.free, :perMerchant) as of_merchant,
          case
            when l.lane = any(:full::bigint[]) then 0
            when e.parked_at is null then coalesce(way.free, :wary)
            when e.probe_at <= :now and coalesce(way.idle, true) then 1
            else 0
          end as of_lane
        from merchants m
        cross join lateral (%s) l
        left join endpoint e on e.merchant_id = m.merchant_id and e.lane = l.lane
        left join unnest(:merchants::bigint[], :merchantsFree::int[]) as shop(merchant_id, free)
          on shop.merchant_id = m.merchant_id
        left join unnest(:wayMerchants::bigint[], :wayLanes::bigint[], :wayFree::int[],
            :wayIdle::boolean[]) as way(merchant_id, lane, free, idle)
          on way.merchant_id = m.merchant_id and way.lane = l.lane
        where m.merchant_id is not null),
      due as (
        select d.place, d.due_at, lanes.of_merchant, row_number() over (
          partition by lanes.merchant_id order by d.due_at, d.event_id) as turn
        from lanes
        cross join lateral (
          select ctid as place, due_at, event_id from delivery
          where merchant_id = lanes.merchant_id and lane = lanes.lane
            and due_at is not null and due_at <= :now
          order by due_at, event_id limit lanes.of_lane
          for update skip locked) d),
      claimed as (
        update delivery set due_at = :leaseEnds, tries = tries + 1
        where merchant_id is not null and ctid = any(array(
          select place from due where turn <= of_merchant order by turn, due_at limit :free))
        returning merchant_id, event_id, no, imp_uid, url, endpoint_id, lane, tries, created_at),
      probed as (
        update endpoint e set probe_at = :leaseEnds
        from claimed c
        where e.merchant_id = c.merchant_id and e.lane = c.lane and e.parked_at is not null)
      select c.merchant_id, c.event_id, c.no, c.imp_uid, c.url, c.endpoint_id, c.lane, c.tries,
        c.created_at, p.merchant_uid, e.status,
        case when e.kind = 'canceled' then e.data ->> 'cancellation_id' end as cancellation_id
      from claimed c
      join event e on e.merchant_id = c.merchant_id and e.event_id = c.event_id
      join payment p on p.merchant_id = c.merchant_id and p.imp_uid = c.imp_uid
      order by c.event_id, c.no
      """
          .formatted(MERCHANTS, LANES_OF);

  private final Shards shards;

  ClaimStore(Shards shards) {
    this.shards = shards;
  }

  List<Shard> shards() {
    return shards.all();
  }

  /**
   * What a claim may take, and for how long.
   *
   * @param from the lane at which its walk begins
   */
  record Wish(Instant now, Instant leaseEnds, int free, long from, Lanes.Room room) {}

  List<Claimed> claim(Shard shard, Wish wish) {
    return statement(shard, "", wish).query(ClaimStore::claimed).list();
  }

  /** How the database makes a claim, as JSON; it is made. */
  String explain(Shard shard, Wish wish) {
    return statement(shard, "explain (analyze, format json) ", wish).query(String.class).single();
  }

  private static StatementSpec statement(Shard shard, String prefix, Wish wish) {
    List<Lanes.Room.Shop> merchants = wish.room().merchants();
    List<Lanes.Room.Way> ways = wish.room().lanes();
    return shard
        .jdbc()
        .sql(prefix + CLAIM)
        .param("now", Timestamp.from(wish.now()))
        .param("leaseEnds", Timestamp.from(wish.leaseEnds()))
        .param("free", wish.free())
        .param("from", wish.from())
        .param("lanes", LANES)
        .param("perMerchant", Lanes.PER_MERCHANT)
        .param("wary", Lanes.WARY)
        .param("full", wish.room().full().toArray(Long[]::new))
        .param(
            "merchants", merchants.stream().map(Lanes.Room.Shop::merchantId).toArray(Long[]::new))
        .param(
            "merchantsFree", merchants.stream().map(Lanes.Room.Shop::free).toArray(Integer[]::new))
        .param("wayMerchants", ways.stream().map(Lanes.Room.Way::merchantId).toArray(Long[]::new))
        .param("wayLanes", ways.stream().map(Lanes.Room.Way::lane).toArray(Long[]::new))
        .param("wayFree", ways.stream().map(Lanes.Room.Way::free).toArray(Integer[]::new))
        .param("wayIdle", ways.stream().map(Lanes.Room.Way::idle).toArray(Boolean[]::new));
  }

  private static Claimed claimed(ResultSet row, int n) throws SQLException {
    return new Claimed(
        row.getLong("merchant_id"),
        row.getLong("event_id"),
        row.getInt("no"),
        row.getString("url"),
        row.getObject("endpoint_id", Long.class),
        row.getLong("lane"),
        row.getInt("tries"),
        row.getTimestamp("created_at").toInstant(),
        row.getString("imp_uid"),
        row.getString("merchant_uid"),
        row.getString("status"),
        row.getString("cancellation_id"));
  }
}
