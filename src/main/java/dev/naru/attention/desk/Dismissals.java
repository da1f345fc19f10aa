package dev.naru.attention.desk;

import dev.naru.attention.Attention;
import dev.naru.attention.Matter;
import dev.naru.kernel.Failed;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Changes;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Closes matters that a person has looked into: only those that are about no money whose
 * whereabouts are unknown, and whose end the hub cannot see for itself. Raised again, they open
 * again.
 */
@Component
public class Dismissals {

  private static final int LONGEST = 200;

  private final Attention attention;
  private final Changes changes;

  Dismissals(Attention attention, Changes changes) {
    this.attention = attention;
    this.changes = changes;
  }

  /** Whether somebody may say that it is settled. */
  public static boolean isAllowed(Matter matter) {
    boolean ours = matter.merchantId() != Attention.HUB;
    return ours
        && switch (matter.what()) {
          case WEBHOOK_GIVEN_UP,
              CREDENTIALS_FAIL,
              NOTICE_UNREADABLE,
              BALANCE_UNEXPLAINED,
              PAID_OTHERWISE,
              TEST_CHARGE_STANDS,
              CANCEL_REFUSED,
              JOB_FAILS ->
              true;
          // A cash receipt, or a channel: no payment that would tell by itself.
          case OUTCOME_UNKNOWN, LOOKUP_FAILS -> matter.impUid().isEmpty();
          case CANCEL_UNDECIDED,
              REVERSAL_REFUSED,
              CHARGE_WITHOUT_REFERENCE,
              ENDPOINT_PARKED,
              CLOCK_DIFFERS,
              BOOKS_DIFFER,
              PG_UNREACHABLE ->
              false;
        };
  }

  /**
   * @throws Failed invalid without a reason; wrong state if it is not open, or not to be dismissed
   */
  public void dismiss(Actor actor, Matter matter, String why) {
    String reason = reason(why);
    if (!isAllowed(matter)) {
      throw Failed.wrongState(Refusal.NOT_DISMISSIBLE);
    }
    changes.make(
        actor,
        matter.merchantId(),
        Act.MATTER_DISMISSED,
        matter.about(),
        change -> {
          if (!attention.close(matter, actor.name(), reason)) {
            throw Failed.wrongState(Refusal.MATTER_SETTLED);
          }
          return change.after(Map.of("matter", matter.what(), "reason", reason));
        });
  }

  /**
   * What a person gives as a reason.
   *
   * @throws Failed invalid, if it is none
   */
  public static String reason(String text) {
    String reason = text.replace("\0", "").strip();
    if (reason.isEmpty()) {
      throw Failed.invalid(Refusal.REASON_NEEDED);
    }
    return reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST);
  }
}
