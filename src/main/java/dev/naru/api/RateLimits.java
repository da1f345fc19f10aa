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
   * @throws Failed too many, if wrong key pairs came from there too often
   */
  void requireMayTry(String address) {
    if (door.wrongKeysPerMinute() > 0) {
      take(failures(address), 0);
    }
  }

  /** A wrong key pair came from there. */
  void wrong(String address) {
    if (door.wrongKeysPerMinute() > 0) {
      failures(address).tryConsume(1);
    }
  }

  private Bucket failures(String address) {
    return byAddress.get(address, from -> bucket(door.wrongKeysPerMinute(), MINUTE));
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
