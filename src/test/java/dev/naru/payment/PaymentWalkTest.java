package dev.naru.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.Decline;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRef;
import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.Tax;
import dev.naru.connector.order.Wishes;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Money;
import dev.naru.payment.flow.Cancellations;
import dev.naru.payment.flow.Vbanks;
import dev.naru.promotion.Benefit;
import dev.naru.promotion.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random walks over a payment's transitions; the invariants must hold after every step. */
class PaymentWalkTest {

  private static final int WALKS = Integer.getInteger("walk.count", 3_000);
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
    boolean unlimited = random.nextInt(4) == 0;
    boolean window = !unlimited && random.nextBoolean();
    Opening opening =
        new Opening(
            1,
            ids.impUid(!window, 1),
            unlimited ? unlimited() : purchase(random),
            new Payment.Via("channel", "pg", "mid", true),
            ids.orderId(1),
            now);
    Change made =
        window
            ? opening.open(Attempt.Verb.CHECKOUT)
            : opening.reserve(Attempt.Verb.KEYIN, now.plusSeconds(60));
    Payment payment = made.after();
    List<Event> history = new ArrayList<>(made.events());
    Budget budget = new Budget();
    budget.move(null, payment);
    for (int step = 0; step < STEPS; step++) {
      now = now.plusSeconds(random.nextInt(1, 100));
      Change change = step(payment, random);
      check(payment, change);
      history.addAll(change.events());
      budget.move(payment, change.after());
      payment = change.after();
      checkLedger(payment, history);
      budget.check(payment);
    }
  }

  private Change step(Payment payment, Random random) {
    return switch (random.nextInt(15)) {
      case 0 ->
          payment.attempt().state() == Attempt.State.OPEN
              ? payment.calling(Map.of("token", "t"), now, now.plusSeconds(60))
              : Change.none(payment);
      case 1, 2 -> payment.settle(outcome(payment, random), now);
      case 3 -> payment.awaited().settle(outcome(payment, random), now);
      case 4 -> payment.abandon(Decline.of(Decline.Reason.ABANDONED, "closed"), now);
      case 5 -> payment.reversed(now);
      case 6 -> payment.looked(random.nextBoolean(), random.nextBoolean() ? now : null);
      case 7 -> deposited(payment, random);
      case 8 -> payment.intake().reversed(now);
      case 12, 13 -> changed(payment, random);
      case 9 ->
          payment
              .intake()
              .closed(
                  random.nextBoolean() ? Event.Kind.REVOKED : Event.Kind.EXPIRED,
                  Decline.of(Decline.Reason.EXPIRED, "closed"),
                  now);
      case 10 -> cancel(payment, random);
      case 11 -> payment.released();
      default ->
          payment.cancellations().isEmpty()
              ? Change.none(payment)
              : payment.settleCancel(
                  random.nextInt(payment.cancellations().size()) + 1, canceled(random), now);
    };
  }

  /** One of several deposits, some of which are told of again; or the one that is waited for. */
  private Change deposited(Payment payment, Random random) {
    if (payment.intake().isUnlimited()) {
      Money amount = Money.krw(random.nextLong(1, 5_000));
      String tid = "tid-" + random.nextInt(6);
      return payment.intake().received(new Deposit(0, tid, amount, null, now), now);
    }
    Money amount =
        payment
            .intake()
            .changing()
            .filter(wish -> random.nextBoolean())
            .map(Intake.Wish::amount)
            .orElse(payment.charged());
    return payment.intake().deposited(random.nextBoolean() ? amount : null, now, "tid", now);
  }

  /** As {@link Vbanks} allows it: of an account that is taxed as a whole and not discounted. */
  private Change changed(Payment payment, Random random) {
    Purchase purchase = payment.purchase();
    boolean plain = purchase.tax().equals(Tax.NONE) && purchase.benefit() == null;
    boolean unlimited = payment.intake().isUnlimited();
    Money amount = unlimited ? payment.amount() : Money.krw(random.nextLong(1, 20_000));
    Instant due = now.plus(Duration.ofDays(random.nextInt(1, 9)));
    Money wished = payment.intake().changing().map(Intake.Wish::amount).orElse(amount);
    Change change =
        switch (random.nextInt(4)) {
          case 0, 1 ->
              plain
                  ? payment.intake().change(new Intake.Wish(amount, due), now.plusSeconds(60))
                  : Change.none(payment);
          case 2 ->
              payment
                  .intake()
                  .changed(approval(wished, new Approval.Account("004", "KB", "1", "holder", due)));
          default -> payment.intake().unchanged("no");
        };
    boolean open = change.after().intake().changing().isPresent();
    if (open) {
      assertThat(change.after().amount()).isEqualTo(payment.amount());
    }
    if (!change.events().isEmpty() && !unlimited) {
      assertThat(change.after().attempt().dueAt()).as("it is looked at again").isNotNull();
    }
    return change;
  }

  /** As {@link Cancellations} reserves: what is left, and one at a time. */
  private Change cancel(Payment payment, Random random) {
    long left = payment.cancelable().minor();
    if (left == 0 || payment.cancelRunning().isPresent()) {
      return Change.none(payment);
    }
    Money amount = Money.krw(random.nextInt(4) == 0 ? left : random.nextLong(1, left + 1));
    if (payment.intake().isUnlimited() && payment.intake().giving(amount).isEmpty()) {
      return Change.none(payment);
    }
    boolean retain = retains(payment, random);
    Money money;
    try {
      money = payment.bill().refund(amount, retain);
    } catch (Failed wouldCostMore) {
      return Change.none(payment);
    }
    assertThat(money.exceeds(amount)).as("never more than is cancelled").isFalse();
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
            null,
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

  /** One payment keeps to one option. */
  private static boolean retains(Payment payment, Random random) {
    return payment.cancellations().stream()
        .filter(cancel -> cancel.state() != Cancellation.State.REFUSED)
        .findFirst()
        .map(Cancellation::retain)
        .orElseGet(random::nextBoolean);
  }

  /** The promotion's books, as the writes of one payment move them. */
  private static final class Budget {
    private long reserved;
    private long spent;

    void move(@Nullable Payment before, Payment after) {
      BudgetShare then = before == null ? null : BudgetShare.of(before);
      BudgetShare now = BudgetShare.of(after);
      reserved += (now == null ? 0 : now.reserved()) - (then == null ? 0 : then.reserved());
      spent += (now == null ? 0 : now.spent()) - (then == null ? 0 : then.spent());
    }

    void check(Payment payment) {
      Benefit benefit = payment.purchase().benefit();
      long discount = benefit == null ? 0 : benefit.discount();
      assertThat(reserved).isIn(0L, discount);
      assertThat(spent).isBetween(0L, discount);
      boolean failed = payment.state() instanceof Payment.State.Failed;
      boolean paid = payment.state() instanceof Payment.State.Paid;
      if (failed) {
        assertThat(reserved + spent).as("what failed takes no budget").isZero();
      }
      if (payment.isUndecided()) {
        assertThat(reserved).as("what is not known keeps its budget").isEqualTo(discount);
      }
      if (paid) {
        assertThat(reserved).isZero();
        Money left = payment.amount().minus(payment.canceled());
        assertThat(spent)
            .isEqualTo(
                benefit != null && benefit.restores()
                    ? left.minus(payment.bill().paid()).minor()
                    : discount);
        if (left.isZero()) {
          assertThat(payment.bill().paid().isZero()).as("a whole cancel returns all").isTrue();
        }
      }
    }
  }

  /** The amount is what came in, and each cancel gives back a part of one deposit. */
  private static void checkDeposits(Payment payment) {
    if (payment.intake().isUnlimited()) {
      long sum = payment.received().stream().mapToLong(one -> one.amount().minor()).sum();
      assertThat(payment.amount().minor()).isEqualTo(sum);
      assertThat(payment.received().stream().map(Deposit::tid)).doesNotHaveDuplicates();
      assertThat(payment.cancellations())
          .allSatisfy(cancel -> assertThat(payment.intake().given(cancel)).isPresent());
      for (Deposit deposit : payment.received()) {
        long given =
            payment.cancellations().stream()
                .filter(cancel -> cancel.state() != Cancellation.State.REFUSED)
                .filter(cancel -> payment.intake().given(cancel).equals(Optional.of(deposit)))
                .mapToLong(cancel -> cancel.amount().minor())
                .sum();
        assertThat(given).isLessThanOrEqualTo(deposit.amount().minor());
      }
    } else {
      assertThat(payment.received()).isEmpty();
    }
  }

  private static void check(Payment before, Change change) {
    Payment after = change.after();
    checkDeposits(after);
    for (Cancellation cancel : before.cancellations()) {
      assertThat(after.intake().given(cancel)).isEqualTo(before.intake().given(cancel));
    }
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
    boolean paid = payment.state() instanceof Payment.State.Paid;
    long ordered = paid ? payment.amount().minus(payment.canceled()).minor() : 0;
    long charged = paid ? payment.bill().paid().minor() : 0;
    Balance ofCharge = Balance.of(payment, lines(payment, history, payment.receivable()));
    Balance ofDiscount =
        Balance.ofDiscount(payment, lines(payment, history, payment.bill().promotion()));
    checkBalance(ofCharge, charged);
    checkBalance(ofDiscount, ordered - charged);
    checkBalance(ofCharge.plus(ofDiscount), ordered);
  }

  /** What an account has of a payment; what the accounts have together is nothing. */
  private static List<Balance.Line> lines(Payment payment, List<Event> history, String account) {
    List<Balance.Line> lines = new ArrayList<>();
    for (int number = 0; number < history.size(); number++) {
      Event event = history.get(number);
      for (Event.Transfer transfer : event.transfers()) {
        long amount = transfer.amount().minor();
        if (transfer.debit().equals(account) || transfer.credit().equals(account)) {
          lines.add(
              new Balance.Line(
                  number,
                  payment.startedAt(),
                  transfer.debit().equals(account) ? amount : -amount,
                  event.cancellationId()));
        }
      }
    }
    return lines;
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

  private Outcome<Approval> outcome(Payment payment, Random random) {
    int kind = payment.intake().isUnlimited() ? random.nextInt(2, 6) : random.nextInt(6);
    return switch (kind) {
      case 0 -> new Outcome.Ok<>(approval(payment.charged(), null));
      case 1 -> new Outcome.Ok<>(approval(payment.charged().minus(Money.krw(1)), null));
      case 2 ->
          new Outcome.Ok<>(
              approval(
                  payment.charged(),
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

  private Approval approval(Money amount, Approval.@Nullable Account account) {
    return new Approval(
        new PgRef("tid"), amount, now, "card", null, "1", null, 0, account, null, null, Map.of());
  }

  /** Whatever a shop may state that is not refused. */
  private static Tax tax(Random random, long amount) {
    long free = random.nextBoolean() ? 0 : random.nextLong(amount + 1);
    return new Tax(free, random.nextBoolean() ? null : random.nextLong(amount - free + 1));
  }

  /** Of an account that takes any number of deposits. */
  private static Purchase unlimited() {
    return new Purchase(
        "order",
        "name",
        Money.krw(0),
        Tax.NONE,
        "vbank",
        0,
        false,
        Buyer.NONE,
        null,
        List.of("http://shop.example/hook"),
        null,
        new Purchase.Origin("api", null),
        null,
        null,
        Wishes.none().with(new Wishes.Account(null, null, true)));
  }

  private static Purchase purchase(Random random) {
    Purchase full =
        new Purchase(
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
                Wishes.none())
            .promotedBy("promotion-id-1");
    return random.nextBoolean() ? full : full.with(benefit(random));
  }

  private static Benefit benefit(Random random) {
    Terms terms = terms(random);
    long off = terms.off(10_000);
    return new Benefit("promotion-id-1", off, terms, random.nextBoolean());
  }

  /** One or two steps that an order of 10,000 reaches, with a cap or without. */
  private static Terms terms(Random random) {
    if (random.nextBoolean()) {
      Terms.Step low = new Terms.Step(random.nextLong(1_000, 9_000), random.nextLong(100, 5_000));
      Terms.Step high =
          new Terms.Step(random.nextLong(9_000, 10_001), low.off() + random.nextLong(1, 4_000));
      return new Terms(
          Terms.Kind.RATE,
          random.nextBoolean() ? List.of(low) : List.of(low, high),
          random.nextBoolean() ? random.nextLong(1, 5_000) : null);
    }
    Terms.Step low = new Terms.Step(random.nextLong(1_000, 5_001), random.nextLong(1, 990));
    Terms.Step high = new Terms.Step(10_000, random.nextLong(low.off() * 10 + 10, 10_000));
    return new Terms(
        Terms.Kind.AMOUNT, random.nextBoolean() ? List.of(low) : List.of(low, high), null);
  }
}
