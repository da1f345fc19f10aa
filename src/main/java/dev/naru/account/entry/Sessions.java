package dev.naru.account.entry;

import dev.naru.account.Account;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Settings;
import dev.naru.kernel.Vault;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Who is signed in where, on any node. A session ends by itself, when it was not used for a while
 * and after half a day in any case. People live in the machine's time.
 */
@Component
public class Sessions {

  private static final Duration IDLE_LIVE = Duration.ofMinutes(30);
  private static final Duration IDLE_SANDBOX = Duration.ofHours(8);
  private static final Duration LONGEST = Duration.ofHours(12);

  /** A second proof that was asked for. */
  private static final Duration WAITING = Duration.ofMinutes(5);

  /** How old a proof may be for what needs a fresh one. */
  private static final Duration FRESH = Duration.ofMinutes(10);

  /** That it is used is written no more often. */
  private static final Duration NOTED = Duration.ofMinutes(1);

  private static final int ID_BYTES = 32;
  private static final int LONGEST_AGENT = 200;

  private final SessionStore store;
  private final Vault vault;
  private final HubClock clock;
  private final Duration idle;
  private final SecureRandom random = new SecureRandom();

  Sessions(SessionStore store, Vault vault, HubClock clock, Settings settings) {
    this.store = store;
    this.vault = vault;
    this.clock = clock;
    idle = settings.live() ? IDLE_LIVE : IDLE_SANDBOX;
  }

  /** Where a browser is, and what it says of itself. */
  public record Device(String address, String agent) {}

  /**
   * A new one, whose id nobody knew before.
   *
   * @param entered false if a second proof is still wanted
   * @return what the browser brings along from now on
   */
  public Secret begin(Account account, boolean entered, Device device) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant now = now();
    String agent = device.agent();
    store.insert(
        hash(id),
        new Session(
            "",
            account,
            entered,
            "own",
            device.address(),
            agent.substring(0, Math.min(agent.length(), LONGEST_AGENT)),
            now,
            now,
            now));
    store.endOlder(now.minus(LONGEST));
    return new Secret(id);
  }

  /** The session of what a browser brought; empty if it is over. */
  public Optional<Session> find(Secret id) {
    Instant now = now();
    Optional<Session> found = peek(id);
    found
        .filter(one -> one.seenAt().isBefore(now.minus(NOTED)))
        .ifPresent(one -> store.seen(one.id(), now));
    return found;
  }

  /** The same for a page that asks by itself: nobody is kept signed in by it. */
  public Optional<Session> peek(Secret id) {
    Instant now = now();
    return store
        .find(hash(id.reveal()), now.minus(idle), now.minus(LONGEST))
        .filter(one -> one.entered() || one.createdAt().isAfter(now.minus(WAITING)));
  }

  /** Those of an account, the one used last first. */
  public List<Session> of(Account account) {
    Instant now = now();
    return store.of(account.email(), now.minus(idle), now.minus(LONGEST));
  }

  /** Whether it was proved lately who sits there. */
  public boolean isFresh(Session session) {
    return session.provedAt().isAfter(now().minus(FRESH));
  }

  /** Somebody proved again who they are. */
  public void proved(Session session) {
    store.proved(session.id(), now());
  }

  /** Its pages are about this shop from now on. */
  public void look(Session session, String shop) {
    store.look(session.id(), shop);
  }

  public void end(Session session) {
    store.end(session.id());
  }

  /** One of the account's own. False if there is no such. */
  public boolean endOne(Account account, String id) {
    return store.endOne(account.email(), id) == 1;
  }

  /** All of the account's but this one. */
  public int endOthers(Session session) {
    return store.endOthers(session.account().email(), session.id());
  }

  /** All of an account's. */
  public int endAll(String email) {
    return store.endOthers(email, "");
  }

  private Instant now() {
    return clock.machine().instant();
  }

  private String hash(String id) {
    return vault.hash("console-session", id);
  }
}
