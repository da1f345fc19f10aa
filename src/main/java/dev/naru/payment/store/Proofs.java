package dev.naru.payment.store;

/**
 * The SQL of hashes over rows, the same where rows are written and where they are verified. What is
 * sealed proves itself when it is opened, and what only says when to look again is left out.
 */
final class Proofs {

  private static final String PAYMENT =
      """
      sha256(convert_to(concat_ws('|', $.merchant_uid, $.holds_order, $.state, $.amount,
        $.currency, $.canceled, $.canceling, $.channel_key, coalesce($.customer_uid, '-'),
        extract(epoch from $.started_at), coalesce(extract(epoch from $.paid_at), 0),
        coalesce(extract(epoch from $.failed_at), 0),
        coalesce(extract(epoch from $.cancelled_at), 0), $.doc::text), 'UTF8'))
      """;

  private static final String ATTEMPT =
      """
      sha256(convert_to(concat_ws('|', $.no, $.order_id, $.verb, $.state, coalesce($.tid, '-'),
        extract(epoch from $.started_at), coalesce(extract(epoch from $.decided_at), 0),
        coalesce($.why, '-')), 'UTF8'))
      """;

  private static final String CANCELLATION =
      """
      sha256(convert_to(concat_ws('|', $.no, $.cancellation_id, $.amount, $.money, $.retain,
        $.tax_free, coalesce($.vat, -1), $.before_amount, $.reason, $.state, $.announce,
        coalesce($.tid, '-'), coalesce($.receipt_url, '-'), coalesce($.requester, '-'),
        coalesce($.goods::text, '-'), extract(epoch from $.requested_at),
        coalesce(extract(epoch from $.done_at), 0), coalesce($.why, '-')), 'UTF8'))
      """;

  private static final String EVENT =
      """
      sha256(convert_to(concat_ws('|', $.event_id, #.imp_uid, $.kind, $.status,
        extract(epoch from #.at), $.data::text, (
          select string_agg(concat_ws(',', m.line, m.debit, m.credit, m.amount, m.currency), ';'
            order by m.line)
          from @)), 'UTF8'))
      """;

  private static final String TRANSFERS =
      """
      jsonb_to_recordset(w.transfers) as m(event_id bigint, line int, debit text, credit text,
        amount bigint, currency text) where m.event_id = t.event_id
      """;

  private static final String LINES =
      "ledger m where m.merchant_id = e.merchant_id and m.event_id = e.event_id";

  private Proofs() {}

  /** Of a row of payment, or of the document it is made of. */
  static String payment(String alias) {
    return PAYMENT.replace("$", alias);
  }

  static String attempt(String alias) {
    return ATTEMPT.replace("$", alias);
  }

  static String cancellation(String alias) {
    return CANCELLATION.replace("$", alias);
  }

  /** Of an event that is being written, with its ledger lines. */
  static String newEvent() {
    return EVENT.replace("$", "t").replace("#", "w").replace("@", TRANSFERS);
  }

  /** Of a stored event {@code e}, with its ledger lines. */
  static String event() {
    return EVENT.replace("$", "e").replace("#", "e").replace("@", LINES);
  }
}
