package dev.naru.payment;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.naru.connector.Approval;
import dev.naru.connector.Buyer;
import dev.naru.connector.Decline;
import dev.naru.connector.PgRef;
import dev.naru.connector.Tax;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Money;
import dev.naru.kernel.Vault;
import dev.naru.promotion.Benefit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Between {@link Payment} and its rows. What is personal or secret is sealed on the way. */
final class PaymentRows {

  private final Vault vault;
  private final JsonMapper json =
      JsonMapper.builder()
          .changeDefaultVisibility(
              visible ->
                  visible
                      .withFieldVisibility(Visibility.ANY)
                      .withGetterVisibility(Visibility.NONE)
                      .withIsGetterVisibility(Visibility.NONE))
          .changeDefaultPropertyInclusion(
              include -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
          // A field that earlier documents lack is 0 or no, not an error.
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  PaymentRows(Vault vault) {
    this.vault = vault;
  }

  /** What of a payment stands in its document; amounts, times and the buyer have columns. */
  record Doc(
      String name,
      long taxFree,
      @Nullable Long vat,
      String method,
      int quota,
      boolean escrow,
      @Nullable String customData,
      List<String> noticeUrls,
      @Nullable String confirmUrl,
      Purchase.Origin origin,
      Purchase.@Nullable Usage usage,
      Map<String, String> options,
      @Nullable Benefit benefit,
      String provider,
      String mid,
      boolean sandbox,
      @Nullable Approval approval,
      @Nullable Decline decline,
      @Nullable String kept,
      @Nullable String accountKey) {}

  /** What of a document is personal: sealed, as one field. Older rows have it in clear. */
  record Kept(@Nullable String customData, Approval.@Nullable Account account) {}

  /** A row of attempt, as JSON carries it. */
  record AttemptRow(
      int no,
      String order_id,
      String verb,
      String state,
      @Nullable String tid,
      @Nullable String intent,
      Instant started_at,
      @Nullable Instant decided_at,
      @Nullable Instant due_at,
      int tries,
      int absent,
      @Nullable String why) {}

  /** A row of vbank_deposit, as JSON carries it. */
  record DepositRow(
      int no, String tid, long amount, @Nullable String depositor, Instant deposited_at) {}

  String json(Object value) {
    return json.writeValueAsString(value);
  }

  // To rows

  Doc doc(Payment payment) {
    Purchase purchase = payment.purchase();
    Payment.Via via = payment.via();
    return new Doc(
        purchase.name(),
        purchase.tax().free(),
        purchase.tax().vat(),
        purchase.method(),
        purchase.quota(),
        purchase.escrow(),
        null,
        purchase.noticeUrls(),
        purchase.confirmUrl(),
        purchase.origin(),
        purchase.usage(),
        purchase.options(),
        purchase.benefit(),
        via.provider(),
        via.mid(),
        via.sandbox(),
        payment.approval().map(Approval::withoutMemo).map(Approval::withoutAccount).orElse(null),
        payment.state() instanceof Payment.State.Failed(Decline decline, Instant at)
            ? decline
            : null,
        kept(payment),
        payment
            .approval()
            .map(Approval::account)
            .map(account -> accountKey(Notices.digits(account.number())))
            .orElse(null));
  }

  /** By which an account is found that is sealed. */
  String accountKey(String digits) {
    return vault.hash("payment.account", digits);
  }

  private @Nullable String kept(Payment payment) {
    Kept kept =
        new Kept(
            payment.purchase().customData(),
            payment.approval().map(Approval::account).orElse(null));
    return kept.customData() == null && kept.account() == null
        ? null
        : sealed(kept, place("payment.doc", payment.merchantId(), payment.impUid()));
  }

  private Doc opened(Doc doc, String place) {
    if (doc.kept() == null) {
      return doc;
    }
    Kept kept = opened(doc.kept(), place, Kept.class);
    Approval approval = doc.approval();
    return new Doc(
        doc.name(),
        doc.taxFree(),
        doc.vat(),
        doc.method(),
        doc.quota(),
        doc.escrow(),
        kept.customData(),
        doc.noticeUrls(),
        doc.confirmUrl(),
        doc.origin(),
        doc.usage(),
        doc.options(),
        doc.benefit(),
        doc.provider(),
        doc.mid(),
        doc.sandbox(),
        approval == null || kept.account() == null ? approval : approval.with(kept.account()),
        doc.decline(),
        null,
        null);
  }

  byte @Nullable [] buyer(Payment payment) {
    Buyer buyer = payment.purchase().buyer();
    return buyer.equals(Buyer.NONE)
        ? null
        : vault.seal(json(buyer), place("payment.buyer", payment.merchantId(), payment.impUid()));
  }

  AttemptRow row(Payment payment, Attempt attempt) {
    String place = place("attempt.intent", payment.merchantId(), payment.impUid());
    return new AttemptRow(
        attempt.no(),
        attempt.orderId(),
        lower(attempt.verb()),
        lower(attempt.state()),
        attempt.ref() == null ? null : attempt.ref().tid(),
        attempt.intent().isEmpty() ? null : sealed(attempt.intent(), place),
        attempt.startedAt(),
        attempt.decidedAt(),
        attempt.dueAt(),
        attempt.tries(),
        attempt.absent(),
        attempt.why());
  }

  DepositRow row(Payment payment, Deposit deposit) {
    String depositor = deposit.depositor();
    String place = place("vbank_deposit.depositor", payment.merchantId(), payment.impUid());
    return new DepositRow(
        deposit.no(),
        deposit.tid(),
        deposit.amount().minor(),
        depositor == null ? null : sealed(depositor, place),
        deposit.at());
  }

  // From rows

  Payment payment(ResultSet row, int n) throws SQLException {
    long merchantId = row.getLong("merchant_id");
    ImpUid impUid = new ImpUid(row.getString("imp_uid"));
    Currency currency = Currency.getInstance(row.getString("currency"));
    Money amount = new Money(row.getLong("amount"), currency);
    Doc doc =
        opened(
            json.readValue(row.getString("doc"), Doc.class),
            place("payment.doc", merchantId, impUid));
    byte @Nullable [] sealedBuyer = row.getBytes("buyer");
    Buyer buyer =
        sealedBuyer == null
            ? Buyer.NONE
            : json.readValue(
                vault.open(sealedBuyer, place("payment.buyer", merchantId, impUid)), Buyer.class);
    List<Attempt> attempts =
        read(row.getString("attempts"), AttemptRow[].class).stream()
            .map(attempt -> attempt(attempt, place("attempt.intent", merchantId, impUid)))
            .toList();
    String refundPlace = place("cancellation.refund", merchantId, impUid);
    return new Payment(
        merchantId,
        impUid,
        row.getInt("version"),
        purchase(row.getString("merchant_uid"), amount, buyer, row.getString("customer_uid"), doc),
        new Payment.Via(row.getString("channel_key"), doc.provider(), doc.mid(), doc.sandbox()),
        state(row, doc),
        attempts,
        read(row.getString("cancellations"), CancelRows.Row[].class).stream()
            .map(cancel -> CancelRows.cancellation(cancel, amount, refundPlace, this))
            .toList(),
        received(row, amount, place("vbank_deposit.depositor", merchantId, impUid)),
        row.getTimestamp("started_at").toInstant());
  }

  private List<Deposit> received(ResultSet row, Money of, String place) throws SQLException {
    return read(row.getString("received"), DepositRow[].class).stream()
        .map(
            one ->
                new Deposit(
                    one.no(),
                    one.tid(),
                    new Money(one.amount(), of.currency()),
                    one.depositor() == null ? null : opened(one.depositor(), place, String.class),
                    one.deposited_at()))
        .toList();
  }

  private static Purchase purchase(
      String merchantUid, Money amount, Buyer buyer, @Nullable String customerUid, Doc doc) {
    return new Purchase(
        merchantUid,
        doc.name(),
        amount,
        new Tax(doc.taxFree(), doc.vat()),
        doc.method(),
        doc.quota(),
        doc.escrow(),
        buyer,
        doc.customData(),
        doc.noticeUrls(),
        doc.confirmUrl(),
        doc.origin(),
        customerUid,
        doc.usage(),
        doc.options(),
        doc.benefit());
  }

  private static Payment.State state(ResultSet row, Doc doc) throws SQLException {
    String state = row.getString("state");
    return switch (state) {
      case "ready" -> new Payment.State.Ready();
      case "waiting" -> new Payment.State.Waiting(present(doc.approval()));
      case "paid" -> new Payment.State.Paid(present(doc.approval()), instant(row, "paid_at"));
      case "failed" -> new Payment.State.Failed(present(doc.decline()), instant(row, "failed_at"));
      default -> throw new IllegalStateException("payment state " + state);
    };
  }

  private Attempt attempt(AttemptRow row, String place) {
    return new Attempt(
        row.no(),
        row.order_id(),
        Attempt.Verb.valueOf(upper(row.verb())),
        Attempt.State.valueOf(upper(row.state())),
        row.tid() == null ? null : new PgRef(row.tid()),
        row.intent() == null ? Map.of() : intent(row.intent(), place),
        row.started_at(),
        row.decided_at(),
        row.due_at(),
        row.tries(),
        row.absent(),
        row.why());
  }

  private Map<String, String> intent(String sealed, String place) {
    Map<?, ?> raw = opened(sealed, place, Map.class);
    Map<String, String> intent = new java.util.LinkedHashMap<>();
    raw.forEach((key, value) -> intent.put(String.valueOf(key), String.valueOf(value)));
    return intent;
  }

  private <T> List<T> read(@Nullable String array, Class<T[]> type) {
    return array == null ? List.of() : List.of(json.readValue(array, type));
  }

  String sealed(Object clear, String place) {
    return Base64.getEncoder().encodeToString(vault.seal(json(clear), place));
  }

  /** PostgreSQL breaks base64 into lines, hence the MIME decoder. */
  <T> T opened(String sealed, String place, Class<T> type) {
    return json.readValue(vault.open(Base64.getMimeDecoder().decode(sealed), place), type);
  }

  static String place(String column, long merchantId, ImpUid impUid) {
    return column + "/" + merchantId + "/" + impUid;
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at.toInstant();
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("the document does not fit the state");
    }
    return value;
  }

  static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static String upper(String value) {
    return value.toUpperCase(Locale.ROOT);
  }
}
