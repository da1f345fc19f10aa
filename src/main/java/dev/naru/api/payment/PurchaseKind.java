package dev.naru.api.payment;

import dev.naru.api.Word;
import dev.naru.payment.Purchase.Usage;
import org.jspecify.annotations.Nullable;

/** What differs between the operations. */
public record PurchaseKind(
    String method,
    @Nullable Word defaultName,
    @Nullable String customerUid,
    @Nullable Usage usage,
    @Nullable String userAgent) {}
