package dev.naru.merchant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Secret;
import dev.naru.merchant.MerchantStore.Known;
import dev.naru.merchant.audit.Changes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds merchants by what a request brings. Cached: merchants change rarely. */
@Component
public class Merchants {

  private static final int CACHED = 10_000;

  private final MerchantStore store;
  private final KeyStore keys;
  private final Tokens tokens;
  private final HubClock clock;
  private final Cache<Long, Known> byId = cache();

  private volatile @Nullable Long whoeverComes;

  /** Whose a name is never changes; whether anybody may act for it by that name does. */
  private final Cache<String, Long> byName = cache();

  Merchants(MerchantStore store, KeyStore keys, Tokens tokens, HubClock clock, Changes changes) {
    this.store = store;
    this.keys = keys;
    this.tokens = tokens;
    this.clock = clock;
    changes.listen(byId::invalidate);
  }

  /** Adds a merchant, and the API keys it may use. What exists already stays as it is. */
  public void add(Merchant merchant, Map<String, Secret> secretsByKey) {
    store.insert(merchant, clock.instant());
    secretsByKey.forEach(
        (key, secret) ->
            keys.insertKey(key, merchant.id(), "", tokens.secretHash(secret), clock.instant()));
  }

  /** Throws {@link IllegalStateException} for an id that is in no table. */
  public Merchant get(long merchantId) {
    return known(merchantId)
        .orElseThrow(() -> new IllegalStateException("no merchant " + merchantId))
        .merchant();
  }

  /** The merchant of {@code IMP.init(userCode)}. */
  public Optional<Merchant> byUserCode(String userCode) {
    Long any = whoeverComes;
    return open("user:" + userCode, () -> store.byUserCode(userCode))
        .or(() -> any == null ? Optional.empty() : known(any).map(Known::merchant));
  }

  /**
   * From now on, on this node, whoever comes with a user code that nobody has comes to this one.
   */
  public void acceptAnyUserCode(long merchantId) {
    whoeverComes = merchantId;
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
    return open("tier:" + tokenOwner + "/" + tier, () -> store.tier(tokenOwner, tier))
        .orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN_TIER));
  }

  private Optional<Merchant> open(String name, Supplier<Optional<Merchant>> load) {
    Long id = byName.get(name, _ -> load.get().map(Merchant::id).orElse(null));
    return Optional.ofNullable(id).flatMap(this::known).filter(Known::open).map(Known::merchant);
  }

  private Optional<Known> known(long merchantId) {
    return Optional.ofNullable(byId.get(merchantId, id -> store.find(id).orElse(null)));
  }

  private static <K, V> Cache<K, V> cache() {
    return Caffeine.newBuilder()
        .maximumSize(CACHED)
        .expireAfterWrite(Duration.ofMinutes(1))
        .build();
  }
}
