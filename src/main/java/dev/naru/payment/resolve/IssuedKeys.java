package dev.naru.payment.resolve;

import dev.naru.payment.Payment;

/** Knows which billing keys came out of windows: what a window charged for is the key, too. */
public interface IssuedKeys {

  /** Whether the key that this payment's window issued is there to be charged. */
  boolean isKept(Payment payment);
}
