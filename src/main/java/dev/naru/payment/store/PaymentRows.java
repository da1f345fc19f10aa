package dev.naru.payment.store;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.naru.connector.PgRef;
import dev.naru.connector.order.Buyer;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Money;
import dev.naru.kernel.Vault;
import dev.naru.payment.Attempt;
import dev.naru.payment.Deposit;
import dev.naru.payment.Payment;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Between {@link Payment} and its rows, which {@link WrittenRows} makes. What is personal or secret
 * is sealed on the way.
 */
public final class PaymentRows {

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

  public PaymentRows(Vault vault) {
    this.vault = vault;
  }

  public String json(Object value) {
    return json.writeValueAsString(value);
  }

  /** By which an account is found that is sealed. */
  String accountKey(String digits) {
    return vault.hash("payment.account", digits);
  }

  public PaymentDoc doc(String text, String place) {
    PaymentDoc doc = json.readValue(text, PaymentDoc.class);
    return doc.kept() == null ? doc : doc.with(opened(doc.kept(), place, PaymentDoc.Kept.class));
  }

  Payment payment(ResultSet row, int n) throws SQLException {
    long merchantId = row.getLong("merchant_id");
    ImpUid impUid = new ImpUid(row.getString("imp_uid"));
    Currency currency = Currency.getInstance(row.getString("currency"));
    Money amount = new Money(row.getLong("amount"), currency);
    PaymentDoc doc = doc(row.getString("doc"), place("payment.doc", merchantId, impUid));
    byte @Nullable [] sealedBuyer = row.getBytes("buyer");
    Buyer buyer =
        sealedBuyer == null
            ? Buyer.NONE
            : json.readValue(
                vault.open(sealedBuyer, place("payment.buyer", merchantId, impUid)), Buyer.class);
    List<Attempt> attempts =
        read(row.getString("attempts"), StoredPayment.AttemptRow[].class).stream()
            .map(attempt -> attempt(attempt, place("attempt.intent", merchantId, impUid)))
            .toList();
    String refundPlace = place("cancellation.refund", merchantId, impUid);
    return new Payment(
        merchantId,
        impUid,
        row.getInt("version"),
        doc.purchase(row.getString("merchant_uid"), amount, buyer, row.getString("customer_uid")),
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
    return read(row.getString("received"), StoredPayment.DepositRow[].class).stream()
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

  private static Payment.State state(ResultSet row, PaymentDoc doc) throws SQLException {
    String state = row.getString("state");
    return switch (state) {
      case "ready" -> new Payment.State.Ready();
      case "waiting" -> new Payment.State.Waiting(present(doc.approval()));
      case "paid" -> new Payment.State.Paid(present(doc.approval()), instant(row, "paid_at"));
      case "failed" -> new Payment.State.Failed(present(doc.decline()), instant(row, "failed_at"));
      default -> throw new IllegalStateException("payment state " + state);
    };
  }

  private Attempt attempt(StoredPayment.AttemptRow row, String place) {
    IntentDoc intent =
        row.intent() == null
            ? new IntentDoc(Map.of(), null)
            : intent(opened(row.intent(), place, JsonNode.class));
    return new Attempt(
        row.no(),
        row.order_id(),
        Attempt.Verb.valueOf(upper(row.verb())),
        Attempt.State.valueOf(upper(row.state())),
        row.tid() == null ? null : new PgRef(row.tid()),
        intent.kept(),
        intent.notes(),
        row.started_at(),
        row.decided_at(),
        row.due_at(),
        row.tries(),
        row.absent(),
        row.why());
  }

  public IntentDoc intent(JsonNode clear) {
    return IntentDoc.read(json, clear);
  }

  private <T> List<T> read(@Nullable String array, Class<T[]> type) {
    return array == null ? List.of() : List.of(json.readValue(array, type));
  }

  byte[] seal(Object clear, String place) {
    return vault.seal(json(clear), place);
  }

  String sealed(Object clear, String place) {
    return Base64.getEncoder().encodeToString(seal(clear, place));
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
