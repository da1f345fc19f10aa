package dev.naru.aftercare;

import dev.naru.merchant.Shards;
import dev.naru.payment.Payment;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Repository;

/** The SQL of what PGs are told after a sale: each call is a row. */
@Repository
class SaleCallStore {

  private static final Logger LOG = LoggerFactory.getLogger(SaleCallStore.class);

  private final Shards shards;

  SaleCallStore(Shards shards) {
    this.shards = shards;
  }

  /** What is told. */
  enum Kind {
    ORDER_STATUS,
    DELIVERY,
    POINTS,
    CONFIRMATION,
    PRODUCT
  }

  /** What came of a call. */
  enum End {
    DONE,
    REFUSED,
    UNKNOWN
  }

  /** Whether the PG has taken one of this kind. */
  boolean isDone(Payment payment, Kind kind) {
    return shards
        .of(payment.merchantId())
        .sql(
            """
            select exists (select 1 from sale_call
              where merchant_id = :merchant and imp_uid = :uid and kind = :kind and state = 'done')
            """)
        .param("merchant", payment.merchantId())
        .param("uid", payment.impUid().value())
        .param("kind", lower(kind))
        .query(Boolean.class)
        .single();
  }

  /**
   * Commits that the PG is about to be told. A call whose lease is over is given up.
   *
   * @param until when the lease of this call is over
   * @return its number; empty if another call about this payment is under way
   */
  OptionalInt call(Payment payment, Kind kind, String detail, Instant now, Instant until) {
    shards
        .of(payment.merchantId())
        .sql(
            """
            update sale_call set state = 'unknown', why = 'its node died'
            where merchant_id = :merchant and imp_uid = :uid and state = 'calling'
              and busy_until <= :now
            """)
        .param("merchant", payment.merchantId())
        .param("uid", payment.impUid().value())
        .param("now", Timestamp.from(now))
        .update();
    try {
      return OptionalInt.of(
          shards
              .of(payment.merchantId())
              .sql(
                  """
                  insert into sale_call (merchant_id, imp_uid, no, kind, detail, state, called_at,
                    busy_until)
                  select :merchant, :uid, coalesce(max(no), 0) + 1, :kind, :detail, 'calling', :now,
                    :until
                  from sale_call where merchant_id = :merchant and imp_uid = :uid
                  returning no
                  """)
              .param("merchant", payment.merchantId())
              .param("uid", payment.impUid().value())
              .param("kind", lower(kind))
              .param("detail", detail)
              .param("now", Timestamp.from(now))
              .param("until", Timestamp.from(until))
              .query(Integer.class)
              .single());
    } catch (DuplicateKeyException running) {
      return OptionalInt.empty();
    }
  }

  /**
   * Writes what came of a call.
   *
   * @param at when the PG took it, if it did
   */
  void end(Payment payment, int no, End end, @Nullable Instant at, @Nullable String why) {
    try {
      shards
          .of(payment.merchantId())
          .sql(
              """
              update sale_call set state = :state, done_at = :at, why = :why
              where merchant_id = :merchant and imp_uid = :uid and no = :no
                and state in ('calling', 'unknown')
              """)
          .param("merchant", payment.merchantId())
          .param("uid", payment.impUid().value())
          .param("no", no)
          .param("state", lower(end))
          .param("at", at == null ? null : Timestamp.from(at), Types.TIMESTAMP)
          .param("why", why, Types.VARCHAR)
          .update();
    } catch (DuplicateKeyException doneAlready) {
      LOG.info("{} was done by another call already", payment.impUid());
    }
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
