package dev.naru.api.billing;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.naru.billing.key.BillingKey;
import dev.naru.billing.key.SuperKey;
import dev.naru.connector.CardInfo;
import dev.naru.connector.order.Buyer;
import dev.naru.merchant.Channel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** V1's SuperBillingKeyAnnotation. Three of its names are in camel case. */
@JsonNaming(SnakeCaseStrategy.class)
record SuperKeyView(
    String customerUid,
    @JsonProperty("channelGroupId") String channelGroupId,
    @Nullable String customerId,
    @Nullable String customerName,
    @Nullable String customerTel,
    @Nullable String customerEmail,
    @Nullable String customerAddr,
    @Nullable String customerPostcode,
    @JsonProperty("succeededChannels") List<Succeeded> succeededChannels,
    @JsonProperty("failedChannels") List<Refused> failedChannels) {

  /** A channel that has a key. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Succeeded(
      String pgProvider,
      String pgId,
      @Nullable String cardName,
      @Nullable String cardCode,
      @Nullable String cardIssuerCode,
      @Nullable String cardIssuerName,
      @Nullable String cardPublisherCode,
      @Nullable String cardPublisherName,
      @Nullable String cardNumber,
      @Nullable Integer cardType,
      long inserted,
      long updated) {

    static Succeeded of(BillingKey key, Channel channel) {
      CardInfo card = CustomerView.card(key);
      return new Succeeded(
          channel.pg().code(),
          channel.mid(),
          card.name(),
          card.code(),
          card.issuerCode(),
          card.issuerName(),
          card.publisherCode(),
          card.publisherName(),
          card.number(),
          card.type(),
          key.insertedAt().getEpochSecond(),
          key.updatedAt().getEpochSecond());
    }
  }

  /** A channel that gave none. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Refused(String type, String message, String pgProvider, String pgId) {

    static Refused of(SuperKey.Refused refused) {
      return new Refused(
          refused.cause().name(), refused.message(), refused.provider(), refused.mid());
    }
  }

  static SuperKeyView of(SuperKey key, List<Succeeded> succeeded) {
    Buyer customer = key.customer();
    return new SuperKeyView(
        key.customerUid(),
        key.groupId(),
        key.customerId(),
        customer.name(),
        customer.tel(),
        customer.email(),
        customer.addr(),
        customer.postcode(),
        succeeded,
        key.refused().stream().map(Refused::of).toList());
  }
}
