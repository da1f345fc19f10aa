package dev.naru.promotion;

import dev.naru.merchant.Shards;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * The SQL of promotions. Their books are written with the payments that change them, and by nobody
 * else: see {@code payment.PaymentWriter}.
 */
@Repository
class PromotionStore {

  private static final String SELECT = "select * from promotion where merchant_id = :merchant ";

  private final Shards shards;
  private final JsonMapper json;

  PromotionStore(Shards shards, JsonMapper json) {
    this.shards = shards;
    this.json = json;
  }

  /** Does nothing if there is one with this id. */
  void insert(Promotion promotion) {
    shards
        .of(promotion.merchantId())
        .sql(
            """
            insert into promotion (merchant_id, promotion_id, name, card_code, budget, reserved,
              spent, restores, terms, starts_at, ends_at, paused, ended_at, created_at, updated_at,
              version)
            values (:merchant, :id, :name, :card, :budget, 0, 0, :restores, :terms::jsonb, :starts,
              :ends, :paused, :ended, :created, :updated, :version)
            on conflict (merchant_id, promotion_id) do nothing
            """)
        .params(columns(promotion))
        .param("created", Timestamp.from(promotion.createdAt()))
        .update();
  }

  /**
   * Writes what the merchant changed; false if somebody else did meanwhile, or if payments have
   * taken more than the new budget since it began.
   */
  boolean update(Promotion promotion) {
    try {
      return write(promotion);
    } catch (DataIntegrityViolationException overspent) {
      return false;
    }
  }

  private boolean write(Promotion promotion) {
    return shards
            .of(promotion.merchantId())
            .sql(
                """
                update promotion set name = :name, card_code = :card, budget = :budget,
                  restores = :restores, terms = :terms::jsonb, starts_at = :starts,
                  ends_at = :ends, paused = :paused, ended_at = :ended, updated_at = :updated,
                  version = :version
                where merchant_id = :merchant and promotion_id = :id and version = :version - 1
                """)
            .params(columns(promotion))
            .update()
        == 1;
  }

  Optional<Promotion> find(long merchantId, String id) {
    return shards
        .of(merchantId)
        .sql(SELECT + "and promotion_id = :id")
        .param("merchant", merchantId)
        .param("id", id)
        .query(this::promotion)
        .optional();
  }

  /** The newest first. */
  List<Promotion> list(long merchantId, int most) {
    return shards
        .of(merchantId)
        .sql(SELECT + "order by created_at desc, promotion_id limit :most")
        .param("merchant", merchantId)
        .param("most", most)
        .query(this::promotion)
        .list();
  }

  /**
   * Those whose time it is, the first to end first; whether they give anything is not looked at.
   */
  List<Promotion> running(long merchantId, Instant now, int most) {
    return shards
        .of(merchantId)
        .sql(
            SELECT
                + """
                and starts_at <= :now and ends_at > :now and ended_at is null and not paused
                order by ends_at, promotion_id limit :most
                """)
        .param("merchant", merchantId)
        .param("now", Timestamp.from(now))
        .param("most", most)
        .query(this::promotion)
        .list();
  }

  private Map<String, @Nullable Object> columns(Promotion promotion) {
    Plan plan = promotion.plan();
    Map<String, @Nullable Object> columns = new java.util.HashMap<>();
    columns.put("merchant", promotion.merchantId());
    columns.put("id", promotion.id());
    columns.put("name", plan.name());
    columns.put("card", plan.cardCode());
    columns.put("budget", plan.budget());
    columns.put("restores", plan.restores());
    columns.put("terms", json.writeValueAsString(plan.terms()));
    columns.put("starts", Timestamp.from(plan.startsAt()));
    columns.put("ends", Timestamp.from(plan.endsAt()));
    columns.put("paused", promotion.paused());
    columns.put("ended", promotion.endedAt() == null ? null : Timestamp.from(promotion.endedAt()));
    columns.put("updated", Timestamp.from(promotion.updatedAt()));
    columns.put("version", promotion.version());
    return columns;
  }

  private Promotion promotion(ResultSet row, int n) throws SQLException {
    Timestamp ended = row.getTimestamp("ended_at");
    return new Promotion(
        row.getLong("merchant_id"),
        row.getString("promotion_id"),
        new Plan(
            row.getString("name"),
            row.getString("card_code"),
            row.getTimestamp("starts_at").toInstant(),
            row.getTimestamp("ends_at").toInstant(),
            row.getLong("budget"),
            row.getBoolean("restores"),
            json.readValue(row.getString("terms"), Terms.class)),
        new Promotion.Books(row.getLong("reserved"), row.getLong("spent")),
        row.getBoolean("paused"),
        ended == null ? null : ended.toInstant(),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("updated_at").toInstant(),
        row.getInt("version"));
  }
}
