package dev.naru.api.aftercare;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.naru.aftercare.CashReceipt;
import dev.naru.aftercare.CashReceipt.State;
import dev.naru.connector.aftercare.Receipted;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * V1's Receipt and ExternalReceipt: they differ in which of the two ids they bear. Times are UNIX
 * seconds, 0 for "not happened".
 */
@JsonNaming(SnakeCaseStrategy.class)
record ReceiptView(
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String impUid,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String merchantUid,
    String receiptTid,
    String applyNum,
    String type,
    BigDecimal amount,
    long vat,
    @Nullable String receiptUrl,
    long appliedAt,
    long cancelledAt) {

  /** Of one that was issued; throws {@link java.util.NoSuchElementException} for any other. */
  static ReceiptView of(CashReceipt receipt) {
    Receipted issued = receipt.receipt().orElseThrow();
    CashReceipt.Terms terms = receipt.terms();
    return new ReceiptView(
        receipt.sale().impUid(),
        receipt.sale().merchantUid(),
        issued.ref().tid(),
        issued.applyNum(),
        terms.use().name().toLowerCase(Locale.ROOT),
        terms.amount().major(),
        terms.tax().vatOf(terms.amount().minor()),
        issued.url(),
        issued.at().getEpochSecond(),
        receipt.state() instanceof State.Revoked(Receipted was, Instant at)
            ? at.getEpochSecond()
            : 0);
  }
}
