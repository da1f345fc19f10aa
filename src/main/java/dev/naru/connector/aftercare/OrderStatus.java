package dev.naru.connector.aftercare;

/** How an order goes on after it was paid, in V1's words for PAYCO. */
public enum OrderStatus {
  DELIVERY_START,
  PURCHASE_DECISION,
  CANCELED
}
