package dev.naru.account.entry;

import dev.naru.account.Account;
import dev.naru.account.Accounts;
import dev.naru.account.Refusal;
import dev.naru.account.entry.Sessions.Device;
import dev.naru.account.proof.Codes;
import dev.naru.account.proof.Passkeys;
import dev.naru.account.proof.Passwords;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Secret;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Audit;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How somebody comes in: a password, and a code if the account has codes. */
@Component
public class SignIns {

  private final Accounts accounts;
  private final Passwords passwords;
  private final Codes codes;
  private final Sessions sessions;
  private final Tries tries;
  private final Links links;
  private final Passkeys passkeys;

  SignIns(
      Accounts accounts,
      Passwords passwords,
      Codes codes,
      Sessions sessions,
      Tries tries,
      Links links,
      Passkeys passkeys) {
    this.passkeys = passkeys;
    this.links = links;
    this.accounts = accounts;
    this.passwords = passwords;
    this.codes = codes;
    this.sessions = sessions;
    this.tries = tries;
  }

  /** A session, and whether a code is still wanted. */
  public record Begun(Secret id, boolean entered) {}

  /**
   * An unknown e-mail, a wrong password, an account that ended: all the same to whoever tries.
   *
   * @throws Failed unauthorized, too many
   */
  public Begun password(String email, Secret password, Device device) {
    String typed = email.strip().toLowerCase(Locale.ROOT);
    Tries.Try one = tries.begin("password", typed, device.address());
    boolean right = passwords.isRight(typed, password);
    Optional<Account> known = accounts.find(typed);
    if (!right || known.isEmpty()) {
      refused(known, one, device);
      throw Failed.unauthorized(Refusal.WRONG_SIGN_IN);
    }
    one.right();
    Account account = known.get();
    return account.secured()
        ? new Begun(sessions.begin(account, false, device), false)
        : new Begun(enter(account, device), true);
  }

  /**
   * The second proof: a one-time or a recovery code. The session that waited for it is over.
   *
   * @throws Failed unauthorized, too many
   */
  public Secret code(Session waiting, String code, Device device) {
    requireCode(waiting.account(), code, device);
    sessions.end(waiting);
    return enter(waiting.account(), device);
  }

  /**
   * A passkey, which its owner unlocked where it is: it stands for password and code together.
   *
   * @param answer what the browser got it to sign
   * @throws Failed unauthorized, too many
   */
  public Secret passkey(String answer, Device device) {
    Tries.Try one = tries.begin("passkey", device.address(), device.address());
    Optional<Account> known = passkeys.entering(answer).flatMap(accounts::find);
    if (known.isEmpty()) {
      refused(known, one, device);
      throw Failed.unauthorized(Refusal.WRONG_PASSKEY);
    }
    one.right();
    return enter(known.get(), device);
  }

  /** Signs out, which is written down of whoever was in. */
  public void leave(Session session, Device device) {
    Account account = session.account();
    if (!session.entered()) {
      sessions.end(session);
      return;
    }
    accounts.note(
        account.actor(device.address()),
        account.merchantId(),
        Act.SIGNED_OUT,
        account.email(),
        () -> sessions.end(session));
  }

  /** What nobody owns is written down as well: it costs the same time. */
  private void refused(Optional<Account> known, Tries.Try one, Device device) {
    accounts.note(
        new Actor(Actor.Kind.HUB, Actor.HUB.id(), Actor.HUB.name(), device.address()),
        known.map(Account::merchantId).orElse(Audit.HUB),
        one.isLast() ? Act.SIGN_IN_CLOSED : Act.SIGN_IN_REFUSED,
        known.map(Account::email).orElse("-"),
        () -> {});
  }

  /**
   * Sends whoever it is an address for a new password, if there is such an account, and says
   * nothing of that.
   *
   * @throws Failed too many
   */
  public void forgotten(String email, Device device) {
    String typed = email.strip().toLowerCase(Locale.ROOT);
    tries.begin("forgotten", typed, device.address());
    links.forgotten(typed);
  }

  /** Without any proof: for what the caller knows of otherwise. */
  public Secret enter(Account account, Device device) {
    Secret id = sessions.begin(account, true, device);
    accounts.note(
        account.actor(device.address()),
        account.merchantId(),
        Act.SIGNED_IN,
        account.email(),
        () -> {});
    return id;
  }

  /**
   * Somebody who is signed in proves again who they are, by the password or a code.
   *
   * @throws Failed unauthorized, too many
   */
  public void prove(Session session, Secret password, String code, Device device) {
    if (session.account().secured()) {
      requireCode(session.account(), code, device);
    } else {
      requirePassword(session.account(), password, device);
    }
    sessions.proved(session);
  }

  /**
   * The same by one of the account's passkeys.
   *
   * @throws Failed unauthorized, too many
   */
  public void provePasskey(Session session, String answer, Device device) {
    Tries.Try one = tries.begin("passkey", session.account().email(), device.address());
    if (!passkeys.proves(session.account().email(), answer)) {
      refused(Optional.of(session.account()), one, device);
      throw Failed.unauthorized(Refusal.WRONG_PASSKEY);
    }
    one.right();
    sessions.proved(session);
  }

  /**
   * The password again, before it is changed.
   *
   * @throws Failed unauthorized, too many
   */
  public void requirePassword(Account account, Secret password, Device device) {
    Tries.Try one = tries.begin("password", account.email(), device.address());
    if (!passwords.isRight(account.email(), password)) {
      refused(Optional.of(account), one, device);
      throw Failed.unauthorized(Refusal.WRONG_PASSWORD);
    }
    one.right();
  }

  private void requireCode(Account account, String code, Device device) {
    Tries.Try one = tries.begin("code", account.email(), device.address());
    boolean right =
        code.strip().matches("[0-9 ]{6,7}")
            ? codes.use(account.email(), code)
            : codes.useRecovery(account.email(), code);
    if (!right) {
      refused(Optional.of(account), one, device);
      throw Failed.unauthorized(Refusal.WRONG_CODE);
    }
    one.right();
  }
}
