package dev.naru.payment;

/**
 * V1's four statuses of a payment: what webhooks, lists and the REST API say. One partial cancel
 * makes it {@code cancelled}.
 */
public final class Statuses {

  private Statuses() {}

  /** ready, paid, cancelled or failed. */
  public static String of(Payment payment) {
    return switch (payment.state()) {
      case Payment.State.Ready ready -> "ready";
      case Payment.State.Waiting waiting -> "ready";
      case Payment.State.Paid paid -> payment.canceled().isZero() ? "paid" : "cancelled";
      case Payment.State.Failed failed -> "failed";
    };
  }
}
