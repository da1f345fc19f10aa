package dev.naru.console.attention;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person can do about a matter, in the order in which it is offered. */
enum Step {
  /** The PG is asked again. */
  LOOK_AGAIN(false),
  /** The books are proved again. */
  VERIFY(false),
  RESEND(false),
  UNPARK(false),
  TAKE_PAID(true),
  TAKE_UNPAID(true),
  TAKE_CANCELED(true),
  TAKE_NOT_CANCELED(true),
  TAKE_GIVEN_BACK(true),
  CANCEL_AGAIN(true),
  GIVE_BACK(true),
  DISMISS(false);

  private final boolean money;

  Step(boolean money) {
    this.money = money;
  }

  /** Whether it says or changes where money is: who does so is proved first. */
  public boolean money() {
    return money;
  }

  /** Whether nothing is decided by it, so that a press is enough. */
  public boolean quick() {
    return this == LOOK_AGAIN || this == VERIFY || this == RESEND || this == UNPARK;
  }

  /** As it stands in an address. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Step> of(String word) {
    return Arrays.stream(values()).filter(step -> step.word().equals(word)).findFirst();
  }
}
