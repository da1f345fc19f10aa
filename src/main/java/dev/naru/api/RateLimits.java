package dev.naru.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Settings;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * How often a caller may come, beyond V1: requests of an API key, and wrong key pairs from one
 * address. Each node counts for itself. A limit of zero is none.
 */
@Component
class RateLimits {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int CALLERS = 100_000;

  /** So many times the limit of one key is that of an address, whatever keys it tries. */
  private static final int CEILING = 20;

  private final Settings.Door door;
  private final Cache<String, Bucket> byKey = cache();
  private final Cache<String, Bucket> byAddress = cache();

  RateLimits(Settings settings) {
    door = settings.door();
  }

  /**
   * Counts one request of an API key.
   *
   * @throws Failed too many
   */
  void count(String impKey) {
    if (door.requestsPerSecond() > 0) {
      take(byKey.get(impKey, key -> bucket(door.requestsPerSecond(), Duration.ofSeconds(1))), 1);
    }
  }

  /**
   * Of one address other keys than the guessed one go on working, until there are very many wrong
   * ones.
   *
   * @throws Failed too many, if wrong pairs with this key came from there too often
   */
  void requireMayTry(String impKey, String address) {
    if (door.wrongKeysPerMinute() > 0) {
      String network = Network.of(address);
      take(failures(impKey, network), 0);
      take(allFailures(network), 0);
    }
  }

  /** A wrong key pair came from there. */
  void wrong(String impKey, String address) {
    if (door.wrongKeysPerMinute() > 0) {
      String network = Network.of(address);
      failures(impKey, network).tryConsume(1);
      allFailures(network).tryConsume(1);
    }
  }

  private Bucket failures(String impKey, String network) {
    return byAddress.get(network + " " + impKey, _ -> bucket(door.wrongKeysPerMinute(), MINUTE));
  }

  private Bucket allFailures(String network) {
    return byAddress.get(network, _ -> bucket(door.wrongKeysPerMinute() * CEILING, MINUTE));
  }

  /** None taken means: is there one? */
  private static void take(Bucket bucket, int tokens) {
    if (tokens == 0 ? bucket.getAvailableTokens() > 0 : bucket.tryConsume(tokens)) {
      return;
    }
    long nanos = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
    long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos) + 1;
    throw new Failed(new Failure.TooMany("요청이 너무 많습니다. " + seconds + "초 후 다시 시도해 주세요.", seconds));
  }

  private static Bucket bucket(int most, Duration span) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(most).refillGreedy(most, span))
        .build();
  }

  private static Cache<String, Bucket> cache() {
    return Caffeine.newBuilder()
        .maximumSize(CALLERS)
        .expireAfterAccess(MINUTE.multipliedBy(2))
        .build();
  }
}
