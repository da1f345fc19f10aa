package dev.naru.checkout.link;

import dev.naru.checkout.Token;
import dev.naru.kernel.Vault;
import dev.naru.merchant.Shards;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of payment links. What they ask for is sealed. */
@Repository
class PayLinkStore {

  private static final Instant BEFORE_ALL = Instant.parse("9999-01-01T00:00:00Z");

  private static final Comparator<Stored> NEWEST =
      Comparator.comparing(Stored::made)
          .thenComparing((Stored stored) -> stored.link().token().state())
          .thenComparingLong(stored -> stored.link().token().merchantId())
          .reversed();

  private final Shards shards;
  private final Vault vault;
  private final JsonMapper json;

  PayLinkStore(Shards shards, Vault vault, JsonMapper json) {
    this.shards = shards;
    this.vault = vault;
    this.json = json;
  }

  void insert(PayLink link, Instant now) {
    Token token = link.token();
    Instant expires = link.expiresAt();
    shards
        .of(token.merchantId())
        .sql(
            """
            insert into pay_link (merchant_id, code, doc, created_at, expires_at)
            values (:merchant, :code, :doc, :now, :expires)
            """)
        .param("merchant", token.merchantId())
        .param("code", token.state())
        .param("doc", vault.seal(json.writeValueAsString(link.order()), place(token)))
        .param("now", Timestamp.from(now))
        .param("expires", expires == null ? null : Timestamp.from(expires))
        .update();
  }

  /** A link with its times; {@code off} is null unless it was disabled. */
  record Stored(PayLink link, Instant made, @Nullable Instant off) {}

  Optional<PayLink> find(Token token) {
    return stored(token).map(Stored::link);
  }

  Optional<Stored> stored(Token token) {
    return shards
        .of(token.merchantId())
        .sql("select * from pay_link where merchant_id = :merchant and code = :code")
        .param("merchant", token.merchantId())
        .param("code", token.state())
        .query(this::row)
        .optional();
  }

  /** The newest first, after one of them or from the first on. */
  List<Stored> page(Collection<Long> merchants, @Nullable Stored after, int most) {
    Map<JdbcClient, List<Long>> parts = new LinkedHashMap<>();
    for (long merchant : merchants) {
      parts.computeIfAbsent(shards.of(merchant), _ -> new ArrayList<>()).add(merchant);
    }
    List<Stored> found = new ArrayList<>();
    parts.forEach((jdbc, part) -> found.addAll(page(jdbc, part, after, most)));
    found.sort(NEWEST);
    return found.subList(0, Math.min(found.size(), most));
  }

  private List<Stored> page(
      JdbcClient jdbc, List<Long> merchants, @Nullable Stored after, int most) {
    return jdbc.sql(
            """
            select l.* from unnest(:merchants) m(id) cross join lateral (
              select * from pay_link
              where merchant_id = m.id and (created_at, code) <= (:at, :code)
                and (created_at, code, merchant_id) < (:at, :code, :whose)
              order by created_at desc, code desc limit :most) l
            order by l.created_at desc, l.code desc, l.merchant_id desc limit :most
            """)
        .param("merchants", merchants.toArray(Long[]::new))
        .param("at", Timestamp.from(after == null ? BEFORE_ALL : after.made()))
        .param("code", after == null ? "" : after.link().token().state())
        .param("whose", after == null ? 0 : after.link().token().merchantId())
        .param("most", most)
        .query(this::row)
        .list();
  }

  private Stored row(ResultSet row, int n) throws SQLException {
    Token token = new Token(row.getLong("merchant_id"), row.getString("code"));
    Timestamp expires = row.getTimestamp("expires_at");
    Timestamp off = row.getTimestamp("disabled_at");
    String order = vault.open(row.getBytes("doc"), place(token));
    PayLink link =
        new PayLink(
            token,
            json.readValue(order, PayLink.Order.class),
            expires == null ? null : expires.toInstant(),
            off != null);
    return new Stored(
        link, row.getTimestamp("created_at").toInstant(), off == null ? null : off.toInstant());
  }

  /** The time of the first stays. */
  void disable(Token token, Instant now) {
    shards
        .of(token.merchantId())
        .sql(
            """
            update pay_link set disabled_at = :now
            where merchant_id = :merchant and code = :code and disabled_at is null
            """)
        .param("merchant", token.merchantId())
        .param("code", token.state())
        .param("now", Timestamp.from(now))
        .update();
  }

  private static String place(Token token) {
    return "pay_link.doc/" + token;
  }
}
