package dev.naru.payment.store;

import dev.naru.kernel.Vault;
import dev.naru.merchant.Shards;
import dev.naru.merchant.Shards.Shard;
import dev.naru.payment.Payment;
import dev.naru.payment.proof.Replay;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads the books page by page, each page as it was at one moment. */
public final class VerifyStore {

  private static final int PAGE = 500;

  private final Shards shards;
  private final PaymentRows rows;

  public VerifyStore(Shards shards, Vault vault) {
    this.shards = shards;
    rows = new PaymentRows(vault);
  }

  public List<Long> merchants() {
    return shards
        .global()
        .sql("select merchant_id from merchant order by merchant_id")
        .query(Long.class)
        .list();
  }

  /** The payments after an imp_uid; empty after the last. */
  public BooksPage page(long merchantId, String after) {
    Shard shard = shards.shard(merchantId);
    TransactionTemplate snapshot =
        new TransactionTemplate(
            Objects.requireNonNull(shard.transaction().getTransactionManager()));
    snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    snapshot.setReadOnly(true);
    return Objects.requireNonNull(
        snapshot.execute(status -> read(shard.jdbc(), merchantId, after)));
  }

  private BooksPage read(JdbcClient jdbc, long merchantId, String after) {
    List<BooksPage.Row> found =
        jdbc.sql(
                "select q.*, q.proof is null or q.proof = "
                    + Proofs.payment("q")
                    + " as proved from ("
                    + PaymentStore.SELECT
                    + """
                    where p.merchant_id = :merchant and p.imp_uid > :after
                    order by p.imp_uid limit :page) q order by q.imp_uid
                    """)
            .param("merchant", merchantId)
            .param("after", after)
            .param("page", PAGE)
            .query(this::row)
            .list();
    if (found.isEmpty()) {
      return new BooksPage(found, Map.of(), Map.of(), Map.of(), Map.of());
    }
    BooksRange range = new BooksRange(jdbc, merchantId, after, found.getLast().impUid());
    return new BooksPage(found, events(range), ledger(range), changed(range), budgets(range));
  }

  private BooksPage.Row row(ResultSet row, int n) throws SQLException {
    Payment payment = null;
    String unreadable = null;
    try {
      payment = rows.payment(row, n);
    } catch (RuntimeException e) {
      unreadable = e.getClass().getSimpleName();
    }
    int events = row.getInt("events");
    return new BooksPage.Row(
        row.getString("imp_uid"),
        payment,
        unreadable,
        row.getString("state"),
        row.getLong("canceled"),
        row.getLong("canceling"),
        row.getBoolean("proved"),
        events);
  }

  private static Map<String, List<Replay.Told>> events(BooksRange range) {
    Map<String, List<Replay.Told>> events = new HashMap<>();
    range.each(
        "select e.imp_uid, e.event_id, e.kind, e.status,"
            + " e.data ->> 'cancellation_id' as cancellation_id,"
            + " e.proof is null or e.proof = "
            + Proofs.event()
            + """
             as proved
            from event e
            where e.merchant_id = :merchant and e.imp_uid > :first and e.imp_uid <= :last
            order by e.imp_uid, e.event_id
            """,
        row ->
            events
                .computeIfAbsent(row.getString("imp_uid"), key -> new ArrayList<>())
                .add(
                    new Replay.Told(
                        row.getLong("event_id"),
                        row.getString("kind"),
                        row.getString("status"),
                        row.getString("cancellation_id"),
                        row.getBoolean("proved"))));
    return events;
  }

  private static Map<String, Map<String, Long>> ledger(BooksRange range) {
    Map<String, Map<String, Long>> ledger = new HashMap<>();
    range.each(
        """
        select imp_uid, debit, credit, sum(amount) as amount from ledger
        where merchant_id = :merchant and imp_uid > :first and imp_uid <= :last
        group by imp_uid, debit, credit
        """,
        row -> {
          Map<String, Long> accounts =
              ledger.computeIfAbsent(row.getString("imp_uid"), key -> new HashMap<>());
          accounts.merge(row.getString("debit"), row.getLong("amount"), Long::sum);
          accounts.merge(row.getString("credit"), -row.getLong("amount"), Long::sum);
        });
    return ledger;
  }

  /** Attempts and cancels that are not what was written. */
  private static Map<String, List<String>> changed(BooksRange range) {
    Map<String, List<String>> changed = new HashMap<>();
    range.each(
        "select a.imp_uid, 'attempt ' || a.no as what from attempt a"
            + " where a.merchant_id = :merchant and a.imp_uid > :first and a.imp_uid <= :last"
            + " and a.proof <> "
            + Proofs.attempt("a")
            + " union all select c.imp_uid, 'cancel ' || c.no from cancellation c"
            + " where c.merchant_id = :merchant and c.imp_uid > :first and c.imp_uid <= :last"
            + " and c.proof <> "
            + Proofs.cancellation("c"),
        row ->
            changed
                .computeIfAbsent(row.getString("imp_uid"), key -> new ArrayList<>())
                .add(row.getString("what") + " was changed"));
    return changed;
  }

  private static Map<String, BooksPage.Share> budgets(BooksRange range) {
    Map<String, BooksPage.Share> shares = new HashMap<>();
    range.each(
        """
        select imp_uid, promotion_id, reserved, spent from promotion_use
        where merchant_id = :merchant and imp_uid > :first and imp_uid <= :last
        """,
        row ->
            shares.put(
                row.getString("imp_uid"),
                new BooksPage.Share(
                    row.getString("promotion_id"), row.getLong("reserved"), row.getLong("spent"))));
    return shares;
  }

  /** Promotions of a merchant whose books are not the sums over their payments. */
  public List<String> promotionsThatDiffer(long merchantId) {
    return shards
        .of(merchantId)
        .sql(
            """
            select p.promotion_id from promotion p
            left join (
              select merchant_id, promotion_id, sum(reserved) as reserved, sum(spent) as spent
              from promotion_use where merchant_id = :merchant
              group by merchant_id, promotion_id) u
              on u.merchant_id = p.merchant_id and u.promotion_id = p.promotion_id
            where p.merchant_id = :merchant
              and (p.reserved <> coalesce(u.reserved, 0) or p.spent <> coalesce(u.spent, 0))
            """)
        .param("merchant", merchantId)
        .query(String.class)
        .list();
  }
}
