package dev.naru.api.billing;

import dev.naru.billing.key.BillingKey;
import dev.naru.connector.CardInfo;
import dev.naru.connector.order.Buyer;
import dev.naru.merchant.Channel;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** V1's CustomerAnnotation: a billing key. */
@JsonNaming(SnakeCaseStrategy.class)
record CustomerView(
    String customerUid,
    String pgProvider,
    String pgId,
    boolean sandbox,
    @Nullable String customerId,
    @Nullable String cardName,
    @Nullable String cardCode,
    @Nullable String cardIssuerCode,
    @Nullable String cardIssuerName,
    @Nullable String cardPublisherCode,
    @Nullable String cardPublisherName,
    @Nullable String cardNumber,
    @Nullable Integer cardType,
    @Nullable String customerName,
    @Nullable String customerTel,
    @Nullable String customerEmail,
    @Nullable String customerAddr,
    @Nullable String customerPostcode,
    long inserted,
    long updated) {

  private static final CardInfo NO_CARD =
      new CardInfo(null, null, null, null, null, null, null, null);

  static CustomerView of(BillingKey key, Channel channel) {
    CardInfo card = card(key);
    Buyer customer = key.customer();
    return new CustomerView(
        key.customerUid(),
        channel.pg().provider(),
        channel.mid(),
        channel.sandbox(),
        key.key().owner(),
        card.name(),
        card.code(),
        card.issuerCode(),
        card.issuerName(),
        card.publisherCode(),
        card.publisherName(),
        card.number(),
        card.type(),
        customer.name(),
        customer.tel(),
        customer.email(),
        customer.addr(),
        customer.postcode(),
        key.insertedAt().getEpochSecond(),
        key.updatedAt().getEpochSecond());
  }

  static CardInfo card(BillingKey key) {
    CardInfo known = key.key().card();
    return known == null ? NO_CARD : known;
  }
}
