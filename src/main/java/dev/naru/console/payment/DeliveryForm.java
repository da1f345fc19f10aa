package dev.naru.console.payment;

import dev.naru.aftercare.escrow.Couriers;
import dev.naru.connector.aftercare.Shipment;
import dev.naru.connector.aftercare.Shipment.Party;
import dev.naru.connector.order.Buyer;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The form of an escrow's delivery as it was filled in; everything may be missing.
 *
 * @param sentAt a local date and time of Korea's
 */
record DeliveryForm(
    @Nullable String company,
    @Nullable String invoice,
    @Nullable String sentAt,
    @Nullable String fromName,
    @Nullable String fromTel,
    @Nullable String fromAddr,
    @Nullable String fromPostcode,
    @Nullable String toName,
    @Nullable String toTel,
    @Nullable String toAddr,
    @Nullable String toPostcode) {

  private static final int[] LONGEST = {40, 20, 200, 10};

  /** What can be known before anybody types: who sells and who bought. */
  static DeliveryForm of(String shop, Buyer buyer, Instant now) {
    String time = LocalDateTime.ofInstant(now, HubClock.SEOUL).withSecond(0).withNano(0).toString();
    return new DeliveryForm(
        null,
        null,
        time,
        shop,
        null,
        null,
        null,
        buyer.name(),
        buyer.tel(),
        buyer.addr(),
        buyer.postcode());
  }

  /**
   * @param registrar who registers it
   * @throws Failed invalid if something is missing or too long
   */
  Shipment shipment(String registrar) {
    return new Shipment(
        party(fromName, fromTel, fromAddr, fromPostcode),
        party(toName, toTel, toAddr, toPostcode),
        Couriers.code(required(company, LONGEST[0])),
        required(invoice, LONGEST[0]),
        time(),
        registrar);
  }

  private static Party party(@Nullable String... parts) {
    return new Party(
        required(parts[0], LONGEST[0]),
        required(parts[1], LONGEST[1]),
        required(parts[2], LONGEST[2]),
        required(parts[3], LONGEST[3]));
  }

  private static String required(@Nullable String typed, int longest) {
    return Stream.of(Objects.requireNonNullElse(typed, "").strip())
        .filter(text -> !text.isEmpty() && text.length() <= longest)
        .findFirst()
        .orElseThrow(() -> Failed.invalid(Refusal.DELIVERY_IN_PART));
  }

  private Instant time() {
    try {
      return LocalDateTime.parse(required(sentAt, LONGEST[0])).atZone(HubClock.SEOUL).toInstant();
    } catch (DateTimeException wrong) {
      throw Failed.invalid(Refusal.WRONG_TIME);
    }
  }
}
