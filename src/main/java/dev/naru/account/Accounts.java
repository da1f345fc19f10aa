package dev.naru.account;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Changes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who belongs to a shop, and as what. Somebody acts on accounts of the roles that their own may
 * give, in their own shop and, as a representative's, in its sub-shops.
 */
@Component
public class Accounts {

  /** Of a name. */
  public static final int LONGEST_NAME = 60;

  private final AccountStore store;
  private final Merchants merchants;
  private final Changes changes;
  private final HubClock clock;

  Accounts(AccountStore store, Merchants merchants, Changes changes, HubClock clock) {
    this.store = store;
    this.merchants = merchants;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * Who is invited, and as what.
   *
   * @param exports whether lists may be taken away; a form says nothing where it is not ticked
   */
  public record Wish(
      String email, String name, Role role, @Nullable Boolean exports, long merchantId) {

    boolean mayExport() {
      return Boolean.TRUE.equals(exports);
    }
  }

  /** The accounts that somebody sees: of their shop, and its sub-shops. */
  public List<Account> seenBy(Account account) {
    return store.of(account.merchantId());
  }

  public Optional<Account> find(String email) {
    return store.find(email);
  }

  /** The owner of a shop. */
  public Optional<Account> owner(long merchantId) {
    return store.owner(merchantId);
  }

  /** Whether anybody can sign in as an owner of any shop. */
  public boolean anyOwner() {
    return store.anyOwner();
  }

  /**
   * An account that nobody can sign in to before its invitation is taken up.
   *
   * @throws Failed invalid, forbidden, or conflict if the e-mail or the role is taken
   */
  public Account invite(Actor actor, Account by, Wish wish) {
    if (!by.role().gives().contains(wish.role())) {
      throw Failed.forbidden(Refusal.ROLE_NOT_YOURS);
    }
    Merchant shop = merchants.get(wish.merchantId());
    boolean near =
        shop.id() == by.merchantId() || Long.valueOf(by.merchantId()).equals(shop.parentId());
    if (!near || (shop.parentId() != null) != wish.role().ofSubShop()) {
      throw Failed.invalid(Refusal.WRONG_SHOP_FOR_ROLE);
    }
    return create(actor, Act.ACCOUNT_INVITED, account(wish, Account.State.INVITED, by.korean()));
  }

  /**
   * The owner of a shop that has none.
   *
   * @throws Failed as {@link #invite}
   */
  public Account own(Actor actor, String email, String name, long merchantId, boolean korean) {
    Wish wish = new Wish(email, name, Role.OWNER, true, merchantId);
    return create(actor, Act.ACCOUNT_OWNED, account(wish, Account.State.ACTIVE, korean));
  }

  private Account account(Wish wish, Account.State state, boolean korean) {
    return new Account(
        email(wish.email()),
        wish.merchantId(),
        wish.role(),
        wish.mayExport(),
        name(wish.name()),
        korean,
        state,
        false,
        clock.machine().instant());
  }

  private Account create(Actor actor, Act act, Account account) {
    return changes.make(
        actor,
        account.merchantId(),
        act,
        account.email(),
        change -> {
          requireRoom(account.merchantId(), account.role());
          if (!store.insert(account)) {
            throw Failed.conflict(Refusal.EMAIL_USED);
          }
          change.after(told(account));
          return account;
        });
  }

  private static Map<String, Object> told(Account account) {
    return Map.of("name", account.name(), "role", account.role(), "exports", account.exports());
  }

  private void requireRoom(long merchantId, Role role) {
    store.lock(merchantId);
    if (store.count(merchantId, role) >= role.most()) {
      throw role.most() == 1
          ? Failed.conflict(Refusal.ROLE_TAKEN)
          : Failed.conflict(Refusal.TOO_MANY_OF_ROLE, role.most());
    }
  }

  /**
   * Gives it another role, or lets it take files with it or not.
   *
   * @throws Failed not found, forbidden, conflict
   */
  public Account change(Actor actor, Account by, String email, Role role, boolean exports) {
    Account account = within(by, email);
    if (!by.role().gives().contains(role)) {
      throw Failed.forbidden(Refusal.ROLE_NOT_YOURS);
    }
    if (role.ofSubShop() != account.role().ofSubShop()) {
      throw Failed.invalid(Refusal.WRONG_SHOP_FOR_ROLE);
    }
    return changes.make(
        actor,
        account.merchantId(),
        Act.ACCOUNT_CHANGED,
        account.email(),
        change -> {
          if (role != account.role()) {
            requireRoom(account.merchantId(), role);
          }
          store.change(account.email(), role, exports);
          Account after = store.find(account.email()).orElseThrow();
          change.before(told(account)).after(told(after));
          return after;
        });
  }

  /**
   * Whoever it was is out at once.
   *
   * @throws Failed not found, forbidden
   */
  public Account end(Actor actor, Account by, String email) {
    Account account = within(by, email);
    return changes.make(
        actor,
        account.merchantId(),
        Act.ACCOUNT_ENDED,
        account.email(),
        change -> {
          store.end(account.email());
          change.before(told(account));
          return account;
        });
  }

  /**
   * An account that somebody may change.
   *
   * @throws Failed not found, if it is of another shop; forbidden
   */
  public Account within(Account by, String email) {
    Account account =
        seenBy(by).stream()
            .filter(one -> one.email().equals(email))
            .findFirst()
            .orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN_ACCOUNT));
    if (account.email().equals(by.email())) {
      throw Failed.invalid(Refusal.NOT_YOURSELF);
    }
    if (!by.role().gives().contains(account.role())) {
      throw Failed.forbidden(Refusal.ROLE_NOT_YOURS);
    }
    return account;
  }

  /** Its language from now on. */
  public void speak(Account account, boolean korean) {
    store.speak(account.email(), korean);
  }

  /**
   * Its invitation was taken up.
   *
   * @throws Failed not found, if it ended meanwhile
   */
  public void activate(Actor actor, Account account, String name) {
    changes.make(
        actor,
        account.merchantId(),
        Act.ACCOUNT_JOINED,
        account.email(),
        change -> {
          if (!store.activate(account.email(), name(name))) {
            throw Failed.notFound(Refusal.LINK_OVER);
          }
          change.after(Map.of("name", name(name)));
          return account;
        });
  }

  /**
   * Writes down what somebody did with an account, and nothing of how they proved who they are.
   *
   * @param work does it
   */
  public void note(Actor actor, long merchantId, Act act, String about, Runnable work) {
    changes.make(
        actor,
        merchantId,
        act,
        about,
        change -> {
          work.run();
          change.after(Map.of());
          return about;
        });
  }

  /**
   * An e-mail as accounts are known by.
   *
   * @throws Failed invalid
   */
  public static String email(String text) {
    String email = text.strip().toLowerCase(Locale.ROOT);
    if (!email.matches("[^\\s@<>;,\"]{1,64}@[^\\s@<>;,\"]{1,189}")) {
      throw Failed.invalid(Refusal.WRONG_EMAIL);
    }
    return email;
  }

  /**
   * A name as it is kept.
   *
   * @throws Failed invalid
   */
  public static String name(String text) {
    String name = text.strip();
    if (name.isEmpty() || name.codePointCount(0, name.length()) > LONGEST_NAME) {
      throw Failed.invalid(Refusal.WRONG_NAME, LONGEST_NAME);
    }
    return name;
  }
}
