package dev.naru.checkout;

import dev.naru.kernel.Vault;
import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of payment links. What they ask for is sealed. */
@Repository
class PayLinkStore {

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

  Optional<PayLink> find(Token token) {
    return shards
        .of(token.merchantId())
        .sql("select * from pay_link where merchant_id = :merchant and code = :code")
        .param("merchant", token.merchantId())
        .param("code", token.state())
        .query(
            (row, n) -> {
              Timestamp expires = row.getTimestamp("expires_at");
              String order = vault.open(row.getBytes("doc"), place(token));
              return new PayLink(
                  token,
                  json.readValue(order, PayLink.Order.class),
                  expires == null ? null : expires.toInstant(),
                  row.getTimestamp("disabled_at") != null);
            })
        .optional();
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
