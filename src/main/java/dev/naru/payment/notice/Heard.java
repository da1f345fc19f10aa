package dev.naru.payment.notice;

import dev.naru.connector.Notice;
import java.time.Instant;

/**
 * A notice of a PG, as it is kept.
 *
 * @param id its number, by time
 * @param sender the address it came from
 * @param body what {@link NoticeText} leaves of it
 * @param why what was missing, in the words of the program's log; empty if nothing was
 */
record Heard(
    long id,
    String orderId,
    Instant at,
    String channelKey,
    String sender,
    Kind kind,
    String body,
    Outcome outcome,
    String why) {

  /** What it is about. */
  enum Kind {
    DEPOSITED,
    DEPOSIT_REVERSED,
    AT_TILL,
    APPROVED,
    CHANGED,
    CHARGED,
    OTHER;

    static Kind of(Notice notice) {
      return switch (notice) {
        case Notice.Deposited _ -> DEPOSITED;
        case Notice.DepositReversed _ -> DEPOSIT_REVERSED;
        case Notice.AtTill _ -> AT_TILL;
        case Notice.Approved _ -> APPROVED;
        case Notice.Changed _ -> CHANGED;
        case Notice.Charged _ -> CHARGED;
        case Notice.Elsewhere _, Notice.Unreadable _, Notice.Ignored _, Notice.Forged _ -> OTHER;
      };
    }
  }

  /** What the hub made of it. */
  enum Outcome {
    CHANGED,
    NOTHING_NEW,
    REFUSED
  }
}
