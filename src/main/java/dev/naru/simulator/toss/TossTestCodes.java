package dev.naru.simulator.toss;

import java.util.Set;

/** The HTTP statuses of errors that a test header can ask for. */
final class TossTestCodes {

  private static final Set<String> FORBIDDEN =
      Set.of(
          "REJECT_CARD_PAYMENT",
          "REJECT_CARD_COMPANY",
          "REJECT_ACCOUNT_PAYMENT",
          "FORBIDDEN_REQUEST",
          "FORBIDDEN_CONSECUTIVE_REQUEST",
          "EXCEED_MAX_AUTH_COUNT",
          "EXCEED_MAX_ONE_DAY_AMOUNT",
          "EXCEED_MAX_REFUND_DUE",
          "EXCEED_CANCEL_LIMIT",
          "NOT_AVAILABLE_BANK",
          "INVALID_PASSWORD",
          "INCORRECT_BASIC_AUTH_FORMAT",
          "FDS_ERROR",
          "NOT_CANCELABLE_AMOUNT",
          "NOT_CANCELABLE_PAYMENT",
          "NOT_CANCELABLE_PAYMENT_FOR_DORMANT_USER",
          "NOT_ALLOWED_PARTIAL_REFUND",
          "NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT");
  private static final Set<String> INTERNAL =
      Set.of(
          "FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING",
          "FAILED_INTERNAL_SYSTEM_PROCESSING",
          "UNKNOWN_PAYMENT_ERROR",
          "FAILED_REFUND_PROCESS",
          "FAILED_METHOD_HANDLING_CANCEL",
          "FAILED_PARTIAL_REFUND",
          "COMMON_ERROR");

  private TossTestCodes() {}

  static int status(String code) {
    if (INTERNAL.contains(code)) {
      return 500;
    }
    if (FORBIDDEN.contains(code)) {
      return 403;
    }
    return switch (code) {
      case "UNAUTHORIZED_KEY" -> 401;
      case "NOT_FOUND_PAYMENT", "NOT_FOUND_PAYMENT_SESSION" -> 404;
      case "IDEMPOTENT_REQUEST_PROCESSING" -> 409;
      default -> 400;
    };
  }
}
