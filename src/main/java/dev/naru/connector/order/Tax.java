package dev.naru.connector.order;

import org.jspecify.annotations.Nullable;

/**
 * The tax parts of an amount, in the same minor units.
 *
 * @param free the part without VAT
 * @param vat the VAT the shop states itself, null if the PG is to compute it
 */
public record Tax(long free, @Nullable Long vat) {

  public static final Tax NONE = new Tax(0, null);

  /** The VAT in {@code amount}: as stated, else a rounded eleventh of its taxed part. */
  public long vatOf(long amount) {
    return vat != null ? vat : Math.round((amount - free) / 11.0);
  }
}
