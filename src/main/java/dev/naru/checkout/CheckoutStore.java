package dev.naru.checkout;

import dev.naru.connector.facts.Presentation;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Vault;
import dev.naru.merchant.Shards;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The SQL of windows. All but whose they are is sealed as one JSON document. */
@Repository
public class CheckoutStore {

  record Doc(Visitor visitor, Presentation presentation, Bridge bridge) {}

  private final Shards shards;
  private final Vault vault;
  private final HubClock clock;
  private final JsonMapper json;

  CheckoutStore(Shards shards, Vault vault, HubClock clock, JsonMapper json) {
    this.shards = shards;
    this.vault = vault;
    this.clock = clock;
    this.json = json;
  }

  public void insert(Checkout checkout, Checkout.Kind kind) {
    long merchantId = checkout.token().merchantId();
    String doc =
        json.writeValueAsString(
            new Doc(checkout.visitor(), checkout.presentation(), checkout.bridge()));
    shards
        .of(merchantId)
        .sql(
            """
            insert into checkout (merchant_id, state_hash, imp_uid, certification_uid, doc,
              opened_at)
            values (:merchant, :state, :payment, :certification, :doc, :now)
            """)
        .param("merchant", merchantId)
        .param("state", hash(checkout.token()))
        .param("payment", kind == Checkout.Kind.PAYMENT ? checkout.impUid().value() : null)
        .param("certification", kind == Checkout.Kind.IDENTITY ? checkout.impUid().value() : null)
        .param("doc", vault.seal(doc, place(merchantId, checkout.impUid())))
        .param("now", Timestamp.from(clock.instant()))
        .update();
  }

  public Optional<Checkout> find(Token token, Checkout.Kind kind) {
    return shards
        .of(token.merchantId())
        .sql(
            """
            select coalesce(imp_uid, certification_uid) as uid, doc from checkout
            where merchant_id = :merchant and state_hash = :state
              and (imp_uid is not null) = :payment
            """)
        .param("merchant", token.merchantId())
        .param("state", hash(token))
        .param("payment", kind == Checkout.Kind.PAYMENT)
        .query(
            (row, n) -> {
              ImpUid impUid = new ImpUid(row.getString("uid"));
              String clear = vault.open(row.getBytes("doc"), place(token.merchantId(), impUid));
              Doc doc = doc(json, clear);
              return new Checkout(token, impUid, doc.visitor(), doc.presentation(), doc.bridge());
            })
        .optional();
  }

  /** A window of a payment, as its page asked for it. */
  public record Opened(Instant at, Visitor visitor) {}

  /** All windows of a payment, the first one first. */
  public List<Opened> opened(long merchantId, ImpUid impUid) {
    return shards
        .of(merchantId)
        .sql(
            """
            select doc, opened_at from checkout
            where merchant_id = :merchant and imp_uid = :uid order by opened_at
            """)
        .param("merchant", merchantId)
        .param("uid", impUid.value())
        .query(
            (row, n) -> {
              String clear = vault.open(row.getBytes("doc"), place(merchantId, impUid));
              return new Opened(
                  row.getTimestamp("opened_at").toInstant(), doc(json, clear).visitor());
            })
        .list();
  }

  /** Marks that somebody works on what the window brought back; null takes the mark away. */
  void busy(Token token, @Nullable Instant until) {
    shards
        .of(token.merchantId())
        .sql(
            """
            update checkout set busy_until = :until
            where merchant_id = :merchant and state_hash = :state
            """)
        .param("until", until == null ? null : Timestamp.from(until), Types.TIMESTAMP)
        .param("merchant", token.merchantId())
        .param("state", hash(token))
        .update();
  }

  /** Until when somebody means to be at work on what the window brought back. */
  Optional<Instant> busyUntil(Token token) {
    return shards
        .of(token.merchantId())
        .sql(
            """
            select busy_until from checkout
            where merchant_id = :merchant and state_hash = :state and busy_until is not null
            """)
        .param("merchant", token.merchantId())
        .param("state", hash(token))
        .query((row, n) -> row.getTimestamp("busy_until").toInstant())
        .optional();
  }

  /** Windows stay open across an upgrade: what documents lacked before means what it meant then. */
  static Doc doc(JsonMapper json, String clear) {
    ObjectNode doc = (ObjectNode) json.readTree(clear);
    if (!doc.has("presentation")) {
      Presentation shown =
          doc.path("redirects").asBoolean(false) ? Presentation.REDIRECT : Presentation.IFRAME;
      doc.put("presentation", shown.name());
    }
    if (doc.path("visitor") instanceof ObjectNode visitor && !visitor.has("top")) {
      visitor.put("top", true);
    }
    return json.treeToValue(doc, Doc.class);
  }

  private String hash(Token token) {
    return vault.hash("checkout", token.toString());
  }

  private static String place(long merchantId, ImpUid impUid) {
    return "checkout.doc/" + merchantId + "/" + impUid;
  }
}
