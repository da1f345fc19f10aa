package dev.naru.simulator.kit.till;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Account;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.facts.Numbers;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Money that comes in on a virtual account. Most accounts take one deposit of the very amount; one
 * that is marked unlimited goes on waiting, and each deposit is a charge of its own.
 */
public final class Deposits {

  /** What marks the order of an account that takes any number of deposits. */
  public static final String UNLIMITED = "unlimited";

  /** In the order of such a deposit: the account's number, its bank, and who paid. */
  public static final String ACCOUNT = "account";

  /** Of such a deposit: the bank. */
  public static final String BANK = "bank";

  /** Of such a deposit: who paid. */
  public static final String DEPOSITOR = "depositor";

  private Deposits() {}

  /** Whether the account takes any number of deposits. */
  public static boolean unlimited(Charge charge) {
    return charge.order().more(UNLIMITED).equals("Y");
  }

  /** Why the account does not take it; null if it does. */
  public static @Nullable String problem(Till till, Charge charge, Account account, long amount) {
    if (charge.status() != Status.WAITING) {
      return "the account does not wait for a deposit";
    }
    if (unlimited(charge) ? amount <= 0 : amount != charge.order().amount()) {
      return "the account takes exactly "
          + (unlimited(charge) ? "what is named: amount" : charge.order().amount());
    }
    return isOver(till, account) ? "the account has expired" : null;
  }

  /** Whether the account's time has passed. */
  public static boolean isOver(Till till, Account account) {
    return account.due().isBefore(till.now());
  }

  /** The charge that is paid by it. */
  public static Charge made(
      Till till, Charge charge, Account account, long amount, String depositor) {
    return till.ledger()
        .save(
            unlimited(charge)
                ? one(till, charge, account, amount, depositor)
                : charge
                    .with(charge.means().withAccount(account.paidBy(depositor)))
                    .as(Status.PAID, till.now()));
  }

  private static Charge one(
      Till till, Charge charge, Account account, long amount, String depositor) {
    Map<String, String> more = new HashMap<>(charge.order().more());
    more.remove(UNLIMITED);
    more.put(ACCOUNT, account.number());
    more.put(BANK, account.bank());
    more.put(DEPOSITOR, depositor);
    Order order =
        new Order(charge.order().merchant(), "0000000", amount, charge.order().name(), more);
    String tid = charge.tid().substring(0, charge.tid().length() - 10) + Numbers.serial(10);
    // The account stays with its own charge, by which it is found.
    Charge.Means means =
        new Charge.Means(charge.means().method(), charge.means().effect(), null, null, null);
    return new Charge(
        tid, tid, order, means, Charge.Course.of(Status.PAID, till.now()).paidAt(till.now()));
  }
}
