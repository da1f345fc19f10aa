package dev.naru.payment.story;

import dev.naru.connector.Approval;
import dev.naru.kernel.Money;
import dev.naru.kernel.Name;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Payment;
import dev.naru.payment.resolve.Decisions;
import dev.naru.payment.story.StoryEntry.Kind;
import dev.naru.payment.story.StoryEntry.Who;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Events of a payment in words. */
record Happenings(Payment payment, Name pg) {

  private static final Set<String> DECIDED = Set.of(Decisions.BY, Decisions.REASON);

  StoryEntry entry(StoryStore.Happened event) {
    StoryEntry entry = StoryEntry.of(event.at(), Kind.EVENT, event.id(), who(event), said(event));
    for (Map.Entry<String, String> one : event.data().entrySet()) {
      // Who has decided, and why, is in the sentence.
      boolean said = DECIDED.contains(one.getKey()) && decided(event).isPresent();
      entry = said ? entry : entry.with(one.getKey(), one.getValue());
    }
    return entry.with("event", event.kind().name().toLowerCase(Locale.ROOT));
  }

  private static Who who(StoryStore.Happened event) {
    // What no PG told, a person has found out.
    if (event.data().containsKey(Decisions.BY)) {
      return Who.OPERATOR;
    }
    return switch (event.kind()) {
      case AUTHENTICATED -> Who.BUYER;
      case APPROVED,
          DEPOSITED,
          DEPOSIT_REVERSED,
          VBANK_OPENED,
          BARCODE_ISSUED,
          DECLINED,
          CANCELED ->
          Who.PG;
      default -> Who.HUB;
    };
  }

  private Said said(StoryStore.Happened event) {
    return decided(event).orElseGet(() -> happened(event));
  }

  /** What a person has decided of an outcome that no PG told. */
  private Optional<Said> decided(StoryStore.Happened event) {
    String by = event.data().get(Decisions.BY);
    if (by == null) {
      return Optional.empty();
    }
    String reason = event.data().getOrDefault(Decisions.REASON, "-");
    return switch (event.kind()) {
      case APPROVED -> Optional.of(Said.of(Line.TAKEN_AS_PAID, by, payment.charged(), reason));
      case DECLINED -> Optional.of(Said.of(Line.TAKEN_AS_UNPAID, by, reason));
      case CANCELED -> Optional.of(Said.of(Line.TAKEN_AS_CANCELED, by, amount(event), reason));
      case CANCEL_REFUSED ->
          Optional.of(Said.of(Line.TAKEN_AS_NOT_CANCELED, by, amount(event), reason));
      case REVERSED -> Optional.of(Said.of(Line.TAKEN_AS_GIVEN_BACK, by, reason));
      default -> Optional.empty();
    };
  }

  private Said happened(StoryStore.Happened event) {
    String why = event.data().getOrDefault("why", "-");
    return switch (event.kind()) {
      case OPENED -> Said.of(Line.OPENED);
      case BUDGET_RELEASED -> Said.of(Line.BUDGET_RELEASED);
      case AUTHENTICATED -> Said.of(Line.AUTHENTICATED);
      case CALLED -> Said.of(Line.CALLED, pg);
      case UNKNOWN -> Said.of(Line.UNKNOWN, pg);
      case PENDING -> Said.of(Line.PENDING, pg);
      case VBANK_OPENED -> Said.of(Line.VBANK_OPENED);
      case BARCODE_ISSUED -> Said.of(Line.BARCODE_ISSUED);
      case APPROVED -> Said.of(Line.APPROVED, payment.charged());
      case DEPOSITED -> Said.of(Line.DEPOSITED);
      case DEPOSIT_REVERSED -> Said.of(Line.DEPOSIT_REVERSED);
      case DECLINED -> Said.of(Line.DECLINED, why);
      case FAILED_OVER -> Said.of(Line.FAILED_OVER, why);
      case REVOKED -> Said.of(Line.REVOKED);
      case EXPIRED -> Said.of(Line.EXPIRED);
      case LATE_APPROVAL -> Said.of(Line.LATE_APPROVAL, why);
      case REVERSED -> Said.of(Line.REVERSED);
      case KEY_ISSUED -> Said.of(Line.KEY_ISSUED);
      case VBANK_CHANGE_CALLED -> Said.of(Line.VBANK_CHANGE_CALLED);
      case VBANK_CHANGED -> Said.of(Line.VBANK_CHANGED);
      case VBANK_CHANGE_REFUSED -> Said.of(Line.VBANK_CHANGE_REFUSED);
      case CANCEL_CALLED -> Said.of(Line.CANCEL_CALLED, pg, amount(event));
      case CANCEL_UNKNOWN -> Said.of(Line.CANCEL_UNKNOWN, pg);
      case CANCELED -> Said.of(Line.CANCELED, amount(event));
      case CANCEL_REFUSED -> Said.of(Line.CANCEL_REFUSED, pg, why);
    };
  }

  private Money amount(StoryStore.Happened event) {
    String id = event.data().get("cancellation_id");
    return payment.cancellations().stream()
        .filter(cancel -> cancel.id().equals(id))
        .map(Cancellation::amount)
        .findFirst()
        .orElse(Money.zero(payment.amount().currency()));
  }

  /** How it is or was to be paid: the card's name where it has one. */
  static Object means(Payment payment, Name pg) {
    Approval approval = payment.approval().orElse(null);
    if (approval != null && approval.card() != null && approval.card().name() != null) {
      return approval.card().name();
    }
    String method = approval == null ? payment.purchase().method() : approval.method();
    return switch (method) {
      case "card" -> Said.of(Word.CARD);
      case "trans" -> Said.of(Word.TRANSFER);
      case "vbank" -> Said.of(Word.ACCOUNT);
      case "phone" -> Said.of(Word.PHONE);
      case "point" -> Said.of(Word.POINTS);
      case "cvs" -> Said.of(Word.BARCODE);
      case "cultureland", "culturegift", "smartculture", "happymoney", "booknlife" ->
          Said.of(Word.GIFT_CARD);
      // Easy payment is called as its PG is.
      default -> pg;
    };
  }
}
