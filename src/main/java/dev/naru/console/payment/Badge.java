package dev.naru.console.payment;

import dev.naru.connector.Approval;
import dev.naru.payment.Attempt;
import dev.naru.payment.Payment;
import org.jspecify.annotations.Nullable;

/** Where a payment stands, in a word: its constant's name is the key of its text. */
enum Badge {
  PAID("paid"),
  PART("part"),
  CANCELED(""),
  KEY("paid"),
  DEPOSIT("ready"),
  TILL("ready"),
  PENDING("wait"),
  UNKNOWN("warn"),
  CALLING("wait"),
  OPEN("ready"),
  FAILED("failed");

  private final String look;

  Badge(String look) {
    this.look = look;
  }

  /** The class of the look's tag. */
  public String look() {
    return look;
  }

  static Badge of(Payment payment) {
    return switch (payment.state()) {
      case Payment.State.Failed _ -> FAILED;
      case Payment.State.Waiting(var issued) -> waiting(issued.account());
      case Payment.State.Paid _ -> paid(payment);
      case Payment.State.Ready() -> ready(payment.attempt().state());
    };
  }

  private static Badge waiting(Approval.@Nullable Account account) {
    if (account == null) {
      return PENDING;
    }
    return account.isBarcode() ? TILL : DEPOSIT;
  }

  private static Badge paid(Payment payment) {
    if (payment.isKeyOnly()) {
      return KEY;
    }
    if (payment.canceled().isZero()) {
      return PAID;
    }
    return payment.canceled().equals(payment.amount()) ? CANCELED : PART;
  }

  private static Badge ready(Attempt.State state) {
    return switch (state) {
      case UNKNOWN -> UNKNOWN;
      case PENDING -> PENDING;
      case OPEN -> OPEN;
      default -> CALLING;
    };
  }
}
