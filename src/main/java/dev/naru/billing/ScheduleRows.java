package dev.naru.billing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.naru.connector.Decline;
import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.Tax;
import dev.naru.connector.order.V1Parameters;
import dev.naru.connector.order.Wishes;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Money;
import dev.naru.kernel.Vault;
import dev.naru.payment.Purchase;
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

/** Between {@link Schedule} and its row. The purchase, buyer included, is sealed on the way. */
final class ScheduleRows {

  private final Vault vault;
  private final JsonMapper json;

  ScheduleRows(Vault vault, JsonMapper json) {
    this.vault = vault;
    this.json = json;
  }

  /**
   * What of a purchase has no column.
   *
   * @param options what is now {@code wishes} and {@code promotionId}, as V1's parameters: in the
   *     documents of earlier versions alone
   * @param customerId whom a key is bound to, if the schedule makes one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Doc(
      long taxFree,
      @Nullable Long vat,
      String method,
      int quota,
      Buyer buyer,
      @Nullable String customData,
      List<String> noticeUrls,
      Purchase.Origin origin,
      @Nullable Map<String, String> options,
      @Nullable Wishes wishes,
      @Nullable String promotionId,
      @Nullable String customerId,
      @Nullable String pinned) {

    Wishes asked() {
      return wishes == null ? earlier().wishes() : wishes;
    }

    @Nullable String promotion() {
      return promotionId == null ? earlier().promotionId() : promotionId;
    }

    private V1Parameters earlier() {
      return new V1Parameters(options == null ? Map.of() : options);
    }
  }

  /** A new row, as JSON carries it. */
  record Row(
      String merchant_uid,
      String customer_uid,
      String channel_key,
      String name,
      long amount,
      String currency,
      String purchase,
      Instant schedule_at) {}

  String json(List<Schedule> schedules) {
    return json.writeValueAsString(schedules.stream().map(this::row).toList());
  }

  private Row row(Schedule schedule) {
    Purchase purchase = schedule.purchase();
    Doc doc =
        new Doc(
            purchase.tax().free(),
            purchase.tax().vat(),
            purchase.method(),
            purchase.quota(),
            purchase.buyer(),
            purchase.customData(),
            purchase.noticeUrls(),
            purchase.origin(),
            null,
            purchase.wishes().orNull(),
            purchase.promotionId(),
            schedule.customerId(),
            schedule.pinned());
    byte[] sealed =
        vault.seal(
            json.writeValueAsString(doc), place(schedule.merchantId(), schedule.merchantUid()));
    return new Row(
        schedule.merchantUid(),
        schedule.customerUid(),
        schedule.channelKey(),
        purchase.name(),
        purchase.amount().minor(),
        purchase.amount().currency().getCurrencyCode(),
        Base64.getEncoder().encodeToString(sealed),
        schedule.at());
  }

  Schedule schedule(ResultSet row, int n) throws SQLException {
    long merchantId = row.getLong("merchant_id");
    String merchantUid = row.getString("merchant_uid");
    Doc doc = doc(json, vault.open(row.getBytes("purchase"), place(merchantId, merchantUid)));
    return new Schedule(
        merchantId,
        purchase(row, merchantUid, doc),
        row.getString("channel_key"),
        doc.pinned(),
        doc.customerId(),
        Schedule.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getTimestamp("schedule_at").toInstant(),
        instant(row, "revoked_at"),
        execution(row));
  }

  /** A flag that a document lacks is no. */
  static Doc doc(JsonMapper json, String clear) {
    return json.readerFor(Doc.class)
        .without(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .readValue(clear);
  }

  private static Purchase purchase(ResultSet row, String merchantUid, Doc doc) throws SQLException {
    return new Purchase(
            merchantUid,
            row.getString("name"),
            new Money(row.getLong("amount"), Currency.getInstance(row.getString("currency"))),
            new Tax(doc.taxFree(), doc.vat()),
            doc.method(),
            doc.quota(),
            false,
            doc.buyer(),
            doc.customData(),
            doc.noticeUrls(),
            null,
            doc.origin(),
            row.getString("customer_uid"),
            Purchase.Usage.PAYMENT_SCHEDULED,
            doc.asked())
        .promotedBy(doc.promotion());
  }

  private Schedule.@Nullable Execution execution(ResultSet row) throws SQLException {
    Instant at = instant(row, "executed_at");
    if (at == null) {
      return null;
    }
    String decline = row.getString("decline");
    return new Schedule.Execution(
        new ImpUid(row.getString("imp_uid")),
        at,
        row.getString("status"),
        row.getString("provider"),
        row.getString("mid"),
        decline == null ? null : json.readValue(decline, Decline.class));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }

  private static String place(long merchantId, String merchantUid) {
    return "schedule.purchase/" + merchantId + "/" + merchantUid;
  }
}
