package dev.naru.merchant;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Secret;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Change;
import dev.naru.merchant.audit.Changes;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A merchant's REST API keys. A secret is told once, by the call that makes it: only its keyed hash
 * is stored. When it is replaced, so are the tokens it got, on every node within seconds.
 */
@Component
public class ApiKeys {

  private static final int ROUNDS = 20;

  /** Of 16 digits, as V1's. */
  private static final long LEAST_KEY = 1_000_000_000_000_000L;

  /** As V1's secrets. */
  private static final int SECRET_LENGTH = 80;

  private static final int SHORTEST_SECRET = 16;
  private static final int LONGEST_SECRET = 200;
  private static final String IMP_KEY = "[A-Za-z0-9_-]{4,64}";
  private static final String LETTERS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private final KeyStore store;
  private final Tokens tokens;
  private final Changes changes;
  private final HubClock clock;
  private final SecureRandom random = new SecureRandom();

  ApiKeys(KeyStore store, Tokens tokens, Changes changes, HubClock clock) {
    this.store = store;
    this.tokens = tokens;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * A key without its secret, which nobody can read any more.
   *
   * @param createdAt null for one that is older than these records
   * @param usedAt when a token was last made or extended by it, null if none ever was
   * @param endedAt null while it is good
   */
  public record Shown(
      String impKey,
      String label,
      @Nullable Instant createdAt,
      @Nullable Instant usedAt,
      @Nullable Instant endedAt) {

    public boolean isOpen() {
      return endedAt == null;
    }
  }

  /** A key with its secret, told this once. */
  public record Issued(String impKey, Secret secret) {}

  /** The keys of a merchant, those that have ended too, the oldest first. */
  public List<Shown> of(long merchantId) {
    return store.of(merchantId).stream().map(ApiKeys::shown).toList();
  }

  /**
   * A new key, 16 digits, with a new secret.
   *
   * @param label what the shop calls it
   * @throws Failed invalid for a bad label
   */
  public Issued issue(Actor actor, long merchantId, String label) {
    String checked =
        label.isBlank() ? "" : Shops.named(label, Refusal.WRONG_KEY_LABEL.with(Shops.LONGEST_NAME));
    Secret secret = newSecret();
    return changes.make(
        actor,
        merchantId,
        Act.KEY_ISSUED,
        "",
        change -> {
          String impKey = insert(merchantId, checked, secret);
          change.about(impKey).after(Map.of("label", checked));
          return new Issued(impKey, secret);
        });
  }

  private String insert(long merchantId, String label, Secret secret) {
    for (int round = 0; round < ROUNDS; round++) {
      String impKey = Long.toString(random.nextLong(LEAST_KEY, LEAST_KEY * 10));
      if (store.insertKey(impKey, merchantId, label, tokens.secretHash(secret), clock.instant())) {
        return impKey;
      }
    }
    throw new IllegalStateException("no API key is free");
  }

  /**
   * Makes a key with this secret, or gives it this one. With the secret it has already, nothing
   * changes; with another, the old one and its tokens are worth nothing any more.
   *
   * @return whether something changed
   * @param actor a file may take a key again that has ended, whosever it was
   * @throws Failed invalid for a key or secret of another form; wrong state for a key that has
   *     ended; conflict for another merchant's
   */
  public boolean put(Actor actor, long merchantId, String impKey, Secret secret) {
    requireForm(impKey, secret);
    String hash = tokens.secretHash(secret);
    return changes.make(
        actor,
        merchantId,
        Act.KEY_SET,
        impKey,
        change -> {
          if (store.insertKey(impKey, merchantId, "", hash, clock.instant())) {
            change.after(Map.of("secret", "new"));
            return true;
          }
          KeyStore.Shown known = store.find(impKey).orElseThrow();
          if (known.endedAt() != null && actor.kind() == Actor.Kind.SHOP_FILE) {
            store.reopen(impKey, merchantId, hash);
            change.before(Map.of("ended", true)).after(Map.of("ended", false));
            return true;
          }
          if (known.merchantId() != merchantId) {
            throw Failed.conflict(Refusal.KEY_TAKEN);
          }
          if (known.endedAt() != null) {
            throw Failed.wrongState(Refusal.KEY_ENDED);
          }
          if (store.key(impKey).filter(key -> key.secretHash().equals(hash)).isPresent()) {
            change.none();
            return false;
          }
          store.replaceSecret(impKey, hash);
          change.before(Map.of("secret", "old")).after(Map.of("secret", "new"));
          return true;
        });
  }

  private static void requireForm(String impKey, Secret secret) {
    if (!impKey.matches(IMP_KEY)) {
      throw Failed.invalid(Refusal.WRONG_KEY);
    }
    String text = secret.reveal();
    if (text.length() < SHORTEST_SECRET
        || text.length() > LONGEST_SECRET
        || !text.chars().allMatch(letter -> letter > ' ' && letter <= '~')) {
      throw Failed.invalid(Refusal.WRONG_SECRET, SHORTEST_SECRET, LONGEST_SECRET);
    }
  }

  /**
   * Another secret. The old one and its tokens are worth nothing any more.
   *
   * @throws Failed not found for a key that is not the merchant's; wrong state for one that ended
   */
  public Issued reissue(Actor actor, long merchantId, String impKey) {
    Secret secret = newSecret();
    return open(
        actor,
        merchantId,
        Act.KEY_REISSUED,
        impKey,
        change -> {
          store.replaceSecret(impKey, tokens.secretHash(secret));
          change.before(Map.of("secret", "old")).after(Map.of("secret", "new"));
          return new Issued(impKey, secret);
        });
  }

  /**
   * For good: the key is not given again.
   *
   * @throws Failed not found for a key that is not the merchant's; wrong state for one that ended
   */
  public void end(Actor actor, long merchantId, String impKey) {
    open(
        actor,
        merchantId,
        Act.KEY_ENDED,
        impKey,
        change -> {
          change.before(Map.of("label", owned(merchantId, impKey).label()));
          store.end(impKey, clock.instant());
          return impKey;
        });
  }

  private <T> T open(
      Actor actor, long merchantId, Act act, String impKey, Function<Change, T> work) {
    return changes.make(
        actor,
        merchantId,
        act,
        impKey,
        change -> {
          if (!owned(merchantId, impKey).isOpen()) {
            throw Failed.wrongState(Refusal.KEY_ENDED);
          }
          return work.apply(change);
        });
  }

  private Shown owned(long merchantId, String impKey) {
    return store
        .find(impKey)
        .filter(key -> key.merchantId() == merchantId)
        .map(ApiKeys::shown)
        .orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN_KEY));
  }

  private static Shown shown(KeyStore.Shown key) {
    return new Shown(key.impKey(), key.label(), key.createdAt(), key.usedAt(), key.endedAt());
  }

  private Secret newSecret() {
    StringBuilder secret = new StringBuilder();
    random
        .ints(SECRET_LENGTH, 0, LETTERS.length())
        .forEach(at -> secret.append(LETTERS.charAt(at)));
    return new Secret(secret.toString());
  }
}
