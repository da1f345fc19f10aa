package dev.naru.webhook.setting;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Secret;
import dev.naru.merchant.Merchants;
import dev.naru.merchant.audit.Changes;
import dev.naru.webhook.Refusal;
import dev.naru.webhook.Retries;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The webhook settings that apply to a merchant. Kept in memory for no more than two seconds. */
@Component
public class HookSettings {

  /** How a key begins, in the notation of Standard Webhooks; base64 of it follows. */
  public static final String PREFIX = "whsec_";

  private static final int CACHED = 10_000;
  private static final int KEY_BYTES = 32;
  private static final int LEAST_BYTES = 24;
  private static final int MOST_BYTES = 64;

  private final HookSettingStore store;
  private final HookEndpointStore endpoints;
  private final Merchants merchants;
  private final HubClock clock;
  private final SecureRandom random = new SecureRandom();
  private final Cache<Long, Shop> cache =
      Caffeine.newBuilder().maximumSize(CACHED).expireAfterWrite(Duration.ofSeconds(2)).build();

  HookSettings(
      HookSettingStore store,
      HookEndpointStore endpoints,
      Merchants merchants,
      HubClock clock,
      Changes changes) {
    this.store = store;
    this.endpoints = endpoints;
    this.merchants = merchants;
    this.clock = clock;
    changes.listen(this::forget);
  }

  /**
   * What one merchant set.
   *
   * @param all its endpoints, those that were removed too
   */
  record Shop(HookSettingStore.Row row, List<HookEndpoint> all) {

    long merchantId() {
      return row.merchantId();
    }

    List<HookEndpoint> open() {
      return all.stream().filter(HookEndpoint::isOpen).toList();
    }

    List<HookEndpoint> active() {
      return all.stream().filter(HookEndpoint::active).toList();
    }
  }

  /**
   * How a webhook is sent.
   *
   * @param keys what signs it, the newest first
   */
  public record Sending(boolean form, List<Secret> keys, Retries retries) {}

  /** How a webhook is sent to an endpoint, or, without one, to a URL that its payment named. */
  public Sending sending(long merchantId, @Nullable Long endpointId, String url) {
    Retries retries = policy(merchantId).retries();
    return endpoint(merchantId, endpointId, url)
        .map(endpoint -> new Sending(endpoint.form(), keys(endpoint), retries))
        .orElseGet(
            () -> {
              Shop shop = applying(merchantId);
              return new Sending(shop.row().form(), List.of(secret(shop)), retries);
            });
  }

  /** What signs for an endpoint now, the newest first. */
  List<Secret> keys(HookEndpoint endpoint) {
    return endpoint.keys().signing(secret(own(endpoint.merchantId())), clock.instant());
  }

  /** An endpoint of this merchant or of its representative, by its number. */
  Optional<HookEndpoint> endpoint(long merchantId, long endpointId) {
    return all(merchantId).filter(one -> one.id() == endpointId).findFirst();
  }

  /** Payments of earlier versions know the URL alone. */
  private Optional<HookEndpoint> endpoint(long merchantId, @Nullable Long endpointId, String url) {
    return endpointId != null
        ? endpoint(merchantId, endpointId)
        : applying(merchantId).open().stream().filter(one -> one.url().equals(url)).findFirst();
  }

  private Stream<HookEndpoint> all(long merchantId) {
    Long parent = merchants.get(merchantId).parentId();
    return Stream.concat(
        own(merchantId).all().stream(),
        parent == null ? Stream.empty() : own(parent).all().stream());
  }

  Shop own(long merchantId) {
    return cache.get(merchantId, id -> new Shop(store.find(id), endpoints.of(id)));
  }

  /** A sub-merchant without an endpoint that is in use uses its parent's, form and key too. */
  Shop applying(long merchantId) {
    Shop own = own(merchantId);
    Long parent = own.active().isEmpty() ? merchants.get(merchantId).parentId() : null;
    if (parent == null) {
      return own;
    }
    Shop above = own(parent);
    return above.active().isEmpty() ? own : above;
  }

  /** A sub-merchant that chose nothing follows its parent. */
  HookPolicy policy(long merchantId) {
    HookPolicy own = own(merchantId).row().policy();
    if (own != null) {
      return own;
    }
    Long parent = merchants.get(merchantId).parentId();
    HookPolicy above = parent == null ? null : own(parent).row().policy();
    return above == null ? HookPolicy.DEFAULT : above;
  }

  /** What signs at URLs that payments name. */
  public Secret secret(long merchantId) {
    return secret(applying(merchantId));
  }

  /** Whether bodies to URLs that payments name are forms, as this merchant itself set it. */
  public boolean form(long merchantId) {
    return own(merchantId).row().form();
  }

  /** The shop's own key; made when it is first asked for. */
  Secret secret(Shop shop) {
    Secret known = shop.row().secret();
    if (known != null) {
      return known;
    }
    store.putSecret(shop.merchantId(), fresh());
    forget(shop.merchantId());
    // Another node may have been first: the one that is stored counts.
    Secret stored = own(shop.merchantId()).row().secret();
    if (stored == null) {
      throw new IllegalStateException("no webhook secret of merchant " + shop.merchantId());
    }
    return stored;
  }

  Secret fresh() {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return new Secret(PREFIX + Base64.getEncoder().encodeToString(key));
  }

  /**
   * A key as Standard Webhooks writes it: whsec_ and 24 to 64 bytes in Base64.
   *
   * @throws Failed invalid for any other text
   */
  static Secret checked(Secret key) {
    String text = key.reveal();
    try {
      int bytes =
          text.startsWith(PREFIX)
              ? Base64.getDecoder().decode(text.substring(PREFIX.length())).length
              : 0;
      if (bytes >= LEAST_BYTES && bytes <= MOST_BYTES) {
        return key;
      }
    } catch (IllegalArgumentException _) {
      // Said below.
    }
    throw Failed.invalid(Refusal.WRONG_KEY, PREFIX, LEAST_BYTES, MOST_BYTES);
  }

  private void forget(long merchantId) {
    cache.invalidate(merchantId);
  }
}
