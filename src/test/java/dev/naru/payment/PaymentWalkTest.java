package dev.naru.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Approval;
import dev.naru.connector.Buyer;
import dev.naru.connector.Canceled;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRef;
import dev.naru.connector.Tax;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random walks over a payment's transitions; the invariants must hold after every step. */
class PaymentWalkTest {

  private static final int WALKS = 3_000;
  private static final int STEPS = 25;

  private final Ids ids = new Ids(new HubClock());
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void everyWalkKeepsTheInvariants() {
    long seed = Long.getLong("walk.seed", new Random().nextLong());
    Random random = new Random(seed);
    for (int walk = 0; walk < WALKS; walk++) {
      try {
        walk(random);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("walk " + walk + " of -Dwalk.seed=" + seed, e);
      }
    }
  }

  private void walk(Random random) {
    boolean window = random.nextBoolean();
    Opening opening =
        new Opening(
            1,
            ids.impUid(!window, 1),
            purchase(random),
            new Payment.Via("channel", "pg", "mid", true),
            ids.orderId(1),
            now);
    Change made =
        window
            ? opening.open(Attempt.Verb.CHECKOUT)
            : opening.reserve(Attempt.Verb.KEYIN, now.plusSeconds(60));
    Payment payment = made.after();
    List<Event> history = new ArrayList<>(made.events());
    for (int step = 0; step < STEPS; step++) {
      now = now.plusSeconds(random.nextInt(1, 100));
      Change change = step(payment, random);
      check(payment, change);
      history.addAll(change.events());
      payment = change.after();
      checkLedger(payment, history);
    }
  }

  private Change step(Payment payment, Random random) {
    return switch (random.nextInt(12)) {
      case 0 ->
          payment.attempt().state() == Attempt.State.OPEN
              ? payment.calling(Map.of("token", "t"), now.plusSeconds(60))
              : Change.none(payment);
      case 1, 2 -> payment.settle(outcome(random), now);
      case 3 -> payment.awaited().settle(outcome(random), now);
      case 4 -> payment.abandon(Decline.of(Decline.Reason.ABANDONED, "closed"), now);
      case 5 -> payment.reversed(now);
      case 6 -> payment.looked(random.nextBoolean(), random.nextBoolean() ? now : null);
      case 7 -> payment.deposited(now, "tid", now);
      case 8 -> payment.depositReversed(now);
      case 9 ->
          payment.closed(
              random.nextBoolean() ? Event.Kind.REVOKED : Event.Kind.EXPIRED,
              Decline.of(Decline.Reason.EXPIRED, "closed"),
              now);
      case 10 -> cancel(payment, random);
      default ->
          payment.cancellations().isEmpty()
              ? Change.none(payment)
              : payment.settleCancel(
                  random.nextInt(payment.cancellations().size()) + 1, canceled(random), now);
    };
  }

  /** As {@link Cancellations} reserves: what is left, and one at a time. */
  private Change cancel(Payment payment, Random random) {
    long left = payment.cancelable().minor();
    if (left == 0 || payment.cancelRunning().isPresent()) {
      return Change.none(payment);
    }
    Money amount = Money.krw(random.nextLong(1, left + 1));
    return payment.cancelCalling(
        new Cancellation(
            payment.cancellations().size() + 1,
            ids.opaque("cancellation"),
            amount,
            money,
            retain,
            payment.bill().refundTax(tax(random, amount.minor()), amount, money),
            payment.bill().paid(),
            "reason",
            null,
            random.nextBoolean(),
            Cancellation.State.CALLING,
            null,
            null,
            now,
            null,
            now.plusSeconds(60),
            0,
            0,
            null));
  }

  private static void check(Payment before, Change change) {
    Payment after = change.after();
    assertThat(after.canceled().plus(after.canceling()).exceeds(after.amount())).isFalse();
    assertThat(after.cancellations().stream().filter(c -> c.state().isRunning()).count())
        .isLessThanOrEqualTo(1);
    boolean paid = after.state() instanceof Payment.State.Paid;
    assertThat(after.canceled().plus(after.canceling()).isZero() || paid).isTrue();
    assertThat(after.holdsOrder()).isEqualTo(paid || after.isUndecided());
    if (before.state() instanceof Payment.State.Failed) {
      assertThat(after.state()).as("failed is final").isEqualTo(before.state());
    }
    if (!Statuses.of(before).equals(Statuses.of(after))) {
      assertThat(change.events()).as("a change of status is an event").isNotEmpty();
    }
    if (after.attempt().state().isUndecided()
        || after.attempt().state() == Attempt.State.REVERSING) {
      // What is not final comes up again by itself, unless the PG has no means at all.
      assertThat(
              after.attempt().dueAt() != null
                  || !change.events().isEmpty()
                  || after.attempt().tries() > 0)
          .isTrue();
    }
  }

  /** What the accounts say is what is paid and not cancelled. */
  private static void checkLedger(Payment payment, List<Event> history) {
    long receivable = 0;
    List<Balance.Line> lines = new ArrayList<>();
    for (Event event : history) {
      for (Event.Transfer transfer : event.transfers()) {
        boolean in = transfer.debit().equals(payment.receivable());
        lines.add(
            new Balance.Line(
                payment.startedAt(),
                in ? transfer.amount().minor() : -transfer.amount().minor(),
                event.cancellationId()));
        receivable += transfer.debit().startsWith("pg:") ? transfer.amount().minor() : 0;
        receivable -= transfer.credit().startsWith("pg:") ? transfer.amount().minor() : 0;
      }
    }
    long expected =
        payment.state() instanceof Payment.State.Paid
            ? payment.amount().minus(payment.canceled()).minor()
            : 0;
    assertThat(receivable).isEqualTo(expected);
    checkBalance(Balance.of(payment, lines), expected);
  }

  /** What V1's balance says is what the ledger says, in every part. */
  private static void checkBalance(Balance balance, long expected) {
    Balance.Parts total = balance.total();
    assertThat(total.sum()).isEqualTo(expected);
    assertThat(List.of(total.taxFree(), total.supply(), total.vat()))
        .allSatisfy(part -> assertThat(part).isNotNegative());
    Balance.Parts moved = Balance.Parts.NONE;
    for (Balance.Movement movement : balance.movements()) {
      moved = moved.plus(movement.parts());
    }
    assertThat(moved).isEqualTo(total);
  }

  private Outcome<Approval> outcome(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> new Outcome.Ok<>(approval(Money.krw(10_000), null));
      case 1 -> new Outcome.Ok<>(approval(Money.krw(9_999), null));
      case 2 ->
          new Outcome.Ok<>(
              approval(
                  Money.krw(10_000),
                  new Approval.Account("004", "KB", "1", "holder", now.plus(Duration.ofDays(1)))));
      case 3 -> new Outcome.Declined<>(Decline.of(Decline.Reason.REFUSED, "no"));
      case 4 -> new Outcome.Pending<>(new PgRef("tid"), now.plusSeconds(30));
      default -> new Outcome.Unknown<>("timeout");
    };
  }

  private Outcome<Canceled> canceled(Random random) {
    return switch (random.nextInt(4)) {
      case 0, 1 -> new Outcome.Ok<>(new Canceled(new PgRef("c"), now, null));
      case 2 -> new Outcome.Declined<>(Decline.of(Decline.Reason.NOT_CANCELABLE, "no"));
      default -> new Outcome.Unknown<>("timeout");
    };
  }

  private Approval approval(
      Money amount, Approval.@org.jspecify.annotations.Nullable Account account) {
    return new Approval(
        new PgRef("tid"), amount, now, "card", null, "1", null, 0, account, null, null, Map.of());
  }

  /** Whatever a shop may state that is not refused. */
  private static Tax tax(Random random, long amount) {
    long free = random.nextBoolean() ? 0 : random.nextLong(amount + 1);
    return new Tax(free, random.nextBoolean() ? null : random.nextLong(amount - free + 1));
  }

  private static Purchase purchase(Random random) {
    return new Purchase(
        "order",
        "name",
        Money.krw(10_000),
        tax(random, 10_000),
        "card",
        0,
        false,
        Buyer.NONE,
        null,
        List.of("http://shop.example/hook"),
        null,
        new Purchase.Origin("api", null),
        null,
        null,
        Map.of());
  }
}
