package dev.naru.connector.aftercare;

import java.time.Instant;

/**
 * How goods paid by escrow are on their way.
 *
 * @param company V1's courier code, {@code ETC} for one it does not know
 * @param invoice the courier's number of the parcel
 * @param registrar who registers it, as the PG shows it
 */
public record Shipment(
    Party sender,
    Party receiver,
    String company,
    String invoice,
    Instant sentAt,
    String registrar) {

  /** One end of the way. */
  public record Party(String name, String tel, String addr, String postcode) {}
}
