package dev.naru.merchant.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Refusal;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * How often a caller may come, beyond V1: requests of an API key, wrong key pairs from one address,
 * and what anybody may open without a key. Each node counts for itself. A limit of zero is none.
 */
@Component
public class RateLimits {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int CALLERS = 100_000;

  /** So many times the limit of one key is that of an address, whatever keys it tries. */
  private static final int CEILING = 20;

  /** So many times the limit of an address is that of a shop, wherever its buyers are. */
  private static final int OF_A_SHOP = 50;

  private final Settings.Door door;
  private final Cache<String, Bucket> byKey = cache();
  private final Cache<String, Bucket> byAddress = cache();
  private final Cache<Long, Bucket> byShop = cache();

  RateLimits(Settings settings) {
    door = settings.door();
  }

  /**
   * Counts one request of an API key.
   *
   * @throws Failed too many
   */
  public void count(String impKey) {
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
  public void requireMayTry(String impKey, String address) {
    if (door.wrongKeysPerMinute() > 0) {
      String network = Network.of(address);
      take(failures(impKey, network), 0);
      take(allFailures(network), 0);
    }
  }

  /**
   * Counts what somebody without a key asks for: a window, a link, a shop by its user code.
   *
   * @throws Failed too many from there
   */
  public void visit(String address) {
    if (door.windowsPerMinute() > 0) {
      String who = "visit " + Network.of(address);
      take(byAddress.get(who, _ -> bucket(door.windowsPerMinute(), MINUTE)), 1);
    }
  }

  /**
   * Counts a window or link of a shop, which is kept.
   *
   * @throws Failed too many of it
   */
  public void open(long merchantId) {
    if (door.windowsPerMinute() > 0) {
      take(byShop.get(merchantId, _ -> bucket(door.windowsPerMinute() * OF_A_SHOP, MINUTE)), 1);
    }
  }

  /** A wrong key pair came from there. */
  public void wrong(String impKey, String address) {
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
    throw new Failed(new Failure.TooMany(Refusal.TOO_OFTEN.with(seconds), seconds));
  }

  private static Bucket bucket(int most, Duration span) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(most).refillGreedy(most, span))
        .build();
  }

  private static <K> Cache<K, Bucket> cache() {
    return Caffeine.newBuilder()
        .maximumSize(CALLERS)
        .expireAfterAccess(MINUTE.multipliedBy(2))
        .build();
  }
}
