package dev.naru.payment.story;

import dev.naru.connector.order.Requester;
import dev.naru.kernel.Money;
import dev.naru.kernel.Name;
import dev.naru.payment.Attempt;
import dev.naru.payment.Cancellation;
import dev.naru.payment.Payment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A payment in a sentence, and another for what is still open. */
record Summary(Payment payment, Name pg) {

  List<Said> sentences() {
    List<Said> all = new ArrayList<>();
    all.add(standing());
    cancel(all);
    reversal(all);
    return all;
  }

  private Said standing() {
    return switch (payment.state()) {
      case Payment.State.Paid(var approval, Instant at) ->
          payment.isKeyOnly() ? Said.of(Sentence.KEY_ISSUED, at) : paid(at);
      case Payment.State.Waiting(var issued) -> waiting();
      case Payment.State.Failed(var decline, Instant at) -> Declined.said(decline, pg);
      case Payment.State.Ready() -> ready();
    };
  }

  private Said paid(Instant at) {
    Object means = Happenings.means(payment, pg);
    List<Cancellation> done =
        payment.cancellations().stream().filter(Cancellation::isDone).toList();
    if (done.isEmpty()) {
      return Said.of(Sentence.PAID, at, means, payment.charged());
    }
    boolean all = payment.canceled().equals(payment.amount());
    Cancellation last = done.getLast();
    Instant when = Objects.requireNonNullElse(last.doneAt(), last.requestedAt());
    if (done.size() == 1) {
      return all
          ? Said.of(Sentence.PAID_ALL_CANCELED, at, means, when, by(last))
          : Said.of(Sentence.PAID_PART_CANCELED, at, means, when, by(last), last.amount());
    }
    Money left = payment.amount().minus(payment.canceled());
    return all
        ? Said.of(Sentence.PAID_PARTS_ALL_CANCELED, at, means, done.size())
        : Said.of(Sentence.PAID_PARTS_CANCELED, at, means, done.size(), payment.canceled(), left);
  }

  private Said waiting() {
    var account = payment.approval().orElseThrow().account();
    if (account == null) {
      return Said.of(Sentence.PG_DECIDES, pg);
    }
    return account.isBarcode()
        ? Said.of(Sentence.WAITS_AT_TILL, account.due(), payment.charged())
        : Said.of(
            Sentence.WAITS_FOR_DEPOSIT,
            account.due(),
            Objects.requireNonNullElse(account.bankName(), pg.korean()),
            payment.charged());
  }

  private Said ready() {
    Attempt attempt = payment.attempt();
    return switch (attempt.state()) {
      case OPEN -> Said.of(Sentence.WINDOW_OPEN, payment.startedAt());
      case UNKNOWN -> Said.of(Sentence.OUTCOME_UNKNOWN, pg);
      case PENDING -> Said.of(Sentence.PG_DECIDES, pg);
      default -> Said.of(Sentence.BEING_CHARGED, pg, payment.charged());
    };
  }

  private void cancel(List<Said> all) {
    if (payment.cancellations().isEmpty()) {
      return;
    }
    Cancellation last = payment.cancellations().getLast();
    switch (last.state()) {
      case CALLING -> all.add(Said.of(Sentence.CANCEL_RUNS, last.amount()));
      case UNKNOWN -> all.add(Said.of(Sentence.CANCEL_UNKNOWN, pg, last.amount()));
      case PENDING -> all.add(Said.of(Sentence.CANCEL_PENDING, pg, last.amount()));
      case REFUSED ->
          all.add(
              Said.of(
                  Sentence.LAST_CANCEL_REFUSED,
                  pg,
                  last.amount(),
                  Objects.requireNonNullElse(last.why(), "-")));
      case DONE -> {}
    }
  }

  private void reversal(List<Said> all) {
    if (payment.attempt().state() == Attempt.State.REVERSING) {
      all.add(Said.of(Sentence.BEING_REVERSED, pg));
    } else if (payment.attempt().state() == Attempt.State.REVERSED) {
      all.add(Said.of(Sentence.WAS_REVERSED));
    }
  }

  static boolean isAdmin(Cancellation cancel) {
    return cancel.requester() == Requester.ADMIN;
  }

  /** On whose wish a cancel was made. */
  static Said by(Cancellation cancel) {
    Requester requester = cancel.requester();
    if (requester == null) {
      return Said.of(Word.SHOP);
    }
    return switch (requester) {
      case ADMIN -> Said.of(Word.ADMIN);
      case CUSTOMER -> Said.of(Word.CUSTOMER);
    };
  }
}
