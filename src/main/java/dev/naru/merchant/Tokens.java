package dev.naru.merchant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Vault;
import dev.naru.merchant.audit.Changes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Access tokens by the rules of V1's {@code POST /users/getToken}: the live token of a key is
 * handed out again, and extended by five minutes in its last minute, so that servers sharing a key
 * do not invalidate each other. A token is made anew from keyset, key and issue number each time;
 * only its hash is stored.
 */
@Component
public class Tokens {

  private static final Duration LIFE = Duration.ofMinutes(30);
  private static final Duration EXTENSION = Duration.ofMinutes(5);
  private static final Duration LAST_MOMENTS = Duration.ofSeconds(60);
  private static final int CACHED = 10_000;

  /** For so long a token that was revoked goes on working, on any node. */
  private static final Duration BELIEVED = Duration.ofSeconds(5);

  /** As long as a hash is, and none. */
  private static final String NO_HASH = "-".repeat(40);

  private final KeyStore store;
  private final Vault vault;
  private final HubClock clock;
  private final Cache<String, KeyStore.Token> live =
      Caffeine.newBuilder().maximumSize(CACHED).expireAfterWrite(BELIEVED).build();

  Tokens(KeyStore store, Vault vault, HubClock clock, Changes changes) {
    changes.listen(this::forget);
    this.store = store;
    this.vault = vault;
    this.clock = clock;
  }

  /** A token as V1 hands it out. */
  public record Issued(long merchantId, Secret token, Instant now, Instant expiresAt) {}

  /** Whom a token speaks for, and by which of its API keys. */
  public record Bearer(long merchantId, String impKey) {}

  /**
   * @throws Failed unauthorized, if the key is unknown or the secret wrong
   */
  public Issued issue(String impKey, Secret impSecret) {
    // Two nodes may issue at the same moment: the loser of the update reads what the winner wrote.
    for (int round = 0; round < 5; round++) {
      KeyStore.Key key = matching(impKey, impSecret);
      Instant now = clock.instant();
      Instant expires = key.expiresAt();
      boolean dead = expires == null || !expires.isAfter(now);
      long issueNo = dead ? key.issueNo() + 1 : key.issueNo();
      String token = vault.hash("access-token", impKey + "/" + issueNo);
      if (!dead && expires != null && expires.isAfter(now.plus(LAST_MOMENTS))) {
        return new Issued(key.merchantId(), new Secret(token), now, expires);
      }
      Instant until = dead || expires == null ? now.plus(LIFE) : expires.plus(EXTENSION);
      if (store.issue(key, issueNo, until, hash(token), now)) {
        return new Issued(key.merchantId(), new Secret(token), now, until);
      }
    }
    throw new IllegalStateException("the token of a key changes faster than it can be read");
  }

  /**
   * Whose key this token came from.
   *
   * @throws Failed unauthorized, if it is unknown or expired
   */
  public Bearer bearer(Secret token) {
    String hash = hash(token.reveal());
    Instant now = clock.instant();
    KeyStore.Token cached = live.getIfPresent(hash);
    if (cached != null && cached.expiresAt().isAfter(now)) {
      return new Bearer(cached.merchantId(), cached.impKey());
    }
    Optional<KeyStore.Token> stored =
        store.token(hash).filter(known -> known.expiresAt().isAfter(now));
    stored.ifPresentOrElse(known -> live.put(hash, known), () -> live.invalidate(hash));
    return stored
        .map(known -> new Bearer(known.merchantId(), known.impKey()))
        .orElseThrow(Tokens::refused);
  }

  /** A key of this merchant may have got another secret, or may have ended. */
  private void forget(long merchantId) {
    live.asMap().values().removeIf(token -> token.merchantId() == merchantId);
  }

  /** What is stored of a REST API secret. */
  String secretHash(Secret secret) {
    return vault.hash("api-secret", secret.reveal());
  }

  /** An unknown key takes the work a known one does: how long it takes tells nothing. */
  private KeyStore.Key matching(String impKey, Secret impSecret) {
    String given = secretHash(impSecret);
    Optional<KeyStore.Key> known = store.key(impKey);
    boolean right = matches(known.map(KeyStore.Key::secretHash).orElse(NO_HASH), given);
    return known.filter(_ -> right).orElseThrow(Tokens::refused);
  }

  private static boolean matches(String hash, String given) {
    return MessageDigest.isEqual(
        hash.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.US_ASCII));
  }

  private String hash(String token) {
    return vault.hash("token-row", token);
  }

  private static Failed refused() {
    return Failed.unauthorized(Refusal.UNAUTHORIZED);
  }
}
