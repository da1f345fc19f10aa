package dev.naru.account.entry;

import dev.naru.account.Account;
import dev.naru.account.Accounts;
import dev.naru.account.Refusal;
import dev.naru.account.proof.Passwords;
import dev.naru.attention.Mails;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Settings;
import dev.naru.kernel.Vault;
import dev.naru.kernel.Wording;
import dev.naru.merchant.audit.Act;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Addresses that let somebody in once: an invitation, a forgotten password, the first owner. */
@Component
public class Links {

  /** What a link is for. */
  public enum Kind {
    INVITATION("invitation", Duration.ofDays(3)),
    RESET("reset", Duration.ofHours(1)),
    SETUP("set-up", Duration.ofDays(3));

    private final String path;
    private final Duration life;

    Kind(String path, Duration life) {
      this.path = path;
      this.life = life;
    }
  }

  private static final int BYTES = 32;

  private final LinkStore store;
  private final Accounts accounts;
  private final Passwords passwords;
  private final Sessions sessions;
  private final Mails mails;
  private final Vault vault;
  private final HubClock clock;
  private final URI baseUrl;
  private final SecureRandom random = new SecureRandom();

  Links(
      LinkStore store,
      Accounts accounts,
      Passwords passwords,
      Sessions sessions,
      Mails mails,
      Vault vault,
      HubClock clock,
      Settings settings) {
    this.store = store;
    this.accounts = accounts;
    this.passwords = passwords;
    this.sessions = sessions;
    this.mails = mails;
    this.vault = vault;
    this.clock = clock;
    baseUrl = settings.console().url();
  }

  /**
   * Sends the invitation of an account, in place of an earlier one.
   *
   * @throws Failed wrong state, if no mail could be sent
   */
  public void invite(Account account, String shop, Account by) {
    Secret link = make(Kind.INVITATION, account.email());
    Wording words = Wording.of(account.korean());
    boolean sent =
        mails.send(
            account.email(),
            words.of(Word.INVITATION_SUBJECT, shop),
            words.of(Word.INVITATION_TEXT, by.name(), shop, link.reveal()));
    if (!sent) {
      throw Failed.wrongState(Refusal.MAIL_NOT_SENT);
    }
  }

  /**
   * Sends an address to whoever forgot their password; says nothing about whether there is such an
   * account, and takes no time that would.
   */
  public void forgotten(String email) {
    accounts
        .find(email)
        .filter(account -> account.state() == Account.State.ACTIVE)
        .ifPresent(account -> Thread.startVirtualThread(() -> sendReset(account)));
  }

  private void sendReset(Account account) {
    Secret link = make(Kind.RESET, account.email());
    Wording words = Wording.of(account.korean());
    var _ =
        mails.send(
            account.email(),
            words.of(Word.RESET_SUBJECT),
            words.of(Word.RESET_TEXT, link.reveal()));
  }

  /** Where the first owner begins, in place of an earlier such address. */
  public Secret setUp() {
    return make(Kind.SETUP, null);
  }

  /** Whether there is such an address that was not used. */
  public boolean waitsForSetUp() {
    return store.any(Kind.SETUP, now());
  }

  /** A new address for an owner who cannot sign in. */
  public Secret reset(Account owner) {
    return make(Kind.RESET, owner.email());
  }

  /**
   * Whose link it is; empty for the first owner's.
   *
   * @throws Failed not found, if it is over
   */
  public Optional<Account> find(Kind kind, Secret token) {
    String email =
        store.find(hash(token), kind, now()).orElseThrow(() -> Failed.notFound(Refusal.LINK_OVER));
    return email.isEmpty() ? Optional.empty() : accounts.find(email);
  }

  /**
   * It is used, by whoever has it first.
   *
   * @throws Failed not found
   */
  public void use(Kind kind, Secret token) {
    if (!store.use(hash(token), kind, now())) {
      throw Failed.notFound(Refusal.LINK_OVER);
    }
  }

  /**
   * An invitation is taken up, with a name and a password.
   *
   * @throws Failed not found, invalid
   */
  public Account accept(Secret token, String name, Secret password, String address) {
    Account account = find(Kind.INVITATION, token).orElseThrow();
    passwords.require(account.email(), Accounts.name(name), password);
    use(Kind.INVITATION, token);
    accounts.activate(account.actor(address), account, name);
    passwords.set(account.email(), name, password);
    return accounts.find(account.email()).orElseThrow();
  }

  /**
   * A new password; all sessions end.
   *
   * @throws Failed not found, invalid
   */
  public Account reset(Secret token, Secret password, String address) {
    Account account = find(Kind.RESET, token).orElseThrow();
    passwords.require(account.email(), account.name(), password);
    use(Kind.RESET, token);
    accounts.note(
        account.actor(address),
        account.merchantId(),
        Act.PASSWORD_SET,
        account.email(),
        () -> {
          passwords.set(account.email(), account.name(), password);
          sessions.endAll(account.email());
        });
    return account;
  }

  private Secret make(Kind kind, @Nullable String email) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    store.replace(hash(new Secret(token)), kind, email, now().plus(kind.life));
    return new Secret(baseUrl + "/console/" + kind.path + "?token=" + token);
  }

  private String hash(Secret token) {
    return vault.hash("account-link", token.reveal());
  }

  private Instant now() {
    return clock.machine().instant();
  }
}
