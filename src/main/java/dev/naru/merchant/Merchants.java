package dev.naru.merchant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds merchants by what a request brings. Cached: merchants change rarely. */
@Component
public class Merchants {

  private static final int CACHED = 10_000;

  private final MerchantStore store;
  private final Tokens tokens;
  private final HubClock clock;
  private final Cache<Long, Merchant> byId = cache();
  private final Cache<String, Merchant> byName = cache();

  Merchants(MerchantStore store, Tokens tokens, HubClock clock) {
    this.store = store;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Adds a merchant, and the API keys it may use. What exists already stays as it is. */
  public void add(Merchant merchant, Map<String, Secret> secretsByKey) {
    store.insert(merchant, clock.instant());
    secretsByKey.forEach(
        (key, secret) -> store.insertKey(key, merchant.id(), tokens.secretHash(secret)));
  }

  /** Throws {@link IllegalStateException} for an id that is in no table. */
  public Merchant get(long merchantId) {
    Merchant cached = byId.getIfPresent(merchantId);
    if (cached != null) {
      return cached;
    }
    Merchant found =
        store
            .find(merchantId)
            .orElseThrow(() -> new IllegalStateException("no merchant " + merchantId));
    byId.put(merchantId, found);
    return found;
  }

  /** The merchant of {@code IMP.init(userCode)}. */
  public Optional<Merchant> byUserCode(String userCode) {
    return cached("user:" + userCode, () -> store.byUserCode(userCode));
  }

  /**
   * Whom a call is for: the owner of the token, or with a {@code Tier} header its sub-merchant.
   *
   * @throws Failed not found, if the token's owner has no such sub-merchant
   */
  public Merchant actingFor(long tokenOwner, @Nullable String tier) {
    if (tier == null || tier.isBlank()) {
      return get(tokenOwner);
    }
    return cached("tier:" + tokenOwner + "/" + tier, () -> store.tier(tokenOwner, tier))
        .orElseThrow(() -> Failed.notFound("존재하지 않는 하위상점(Tier) 코드입니다."));
  }

  /** Something about it was changed on this node; others see it within a minute. */
  void forget(Merchant merchant) {
    byId.invalidate(merchant.id());
    byName.invalidate("user:" + merchant.userCode());
    byName.invalidate("tier:" + merchant.parentId() + "/" + merchant.tierCode());
  }

  private static <K> Cache<K, Merchant> cache() {
    return Caffeine.newBuilder()
        .maximumSize(CACHED)
        .expireAfterWrite(Duration.ofMinutes(1))
        .build();
  }

  private Optional<Merchant> cached(
      String name, java.util.function.Supplier<Optional<Merchant>> load) {
    Merchant cached = byName.getIfPresent(name);
    if (cached != null) {
      return Optional.of(cached);
    }
    Optional<Merchant> found = load.get();
    found.ifPresent(merchant -> byName.put(name, merchant));
    return found;
  }
}
