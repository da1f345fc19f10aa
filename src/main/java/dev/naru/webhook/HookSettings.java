package dev.naru.webhook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.naru.kernel.Secret;
import dev.naru.merchant.Merchants;
import dev.naru.webhook.HookSettingStore.Row;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The webhook settings that apply to a merchant. Cached for two seconds: other nodes write too. */
@Component
class HookSettings {

  private static final int CACHED = 10_000;
  private static final int KEY_BYTES = 32;

  private final HookSettingStore store;
  private final Merchants merchants;
  private final SecureRandom random = new SecureRandom();
  private final Cache<Long, Row> cache =
      Caffeine.newBuilder().maximumSize(CACHED).expireAfterWrite(Duration.ofSeconds(2)).build();

  HookSettings(HookSettingStore store, Merchants merchants) {
    this.store = store;
    this.merchants = merchants;
  }

  Row own(long merchantId) {
    return cache.get(merchantId, store::find);
  }

  /** A sub-merchant without a URL of its own uses its parent's setting, URL, form and secret. */
  Row applying(long merchantId) {
    Row own = own(merchantId);
    Long parent = own.url() == null ? merchants.get(merchantId).parentId() : null;
    if (parent == null) {
      return own;
    }
    Row above = own(parent);
    return above.url() == null ? own : above;
  }

  /** The key that signs; made when it is first asked for. */
  Secret secret(Row row) {
    if (row.secret() != null) {
      return row.secret();
    }
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    store.putSecret(
        row.merchantId(), new Secret(Message.PREFIX + Base64.getEncoder().encodeToString(key)));
    cache.invalidate(row.merchantId());
    // Another node may have been first: the one that is stored counts.
    Secret stored = own(row.merchantId()).secret();
    if (stored == null) {
      throw new IllegalStateException("no webhook secret of merchant " + row.merchantId());
    }
    return stored;
  }

  void update(long merchantId, @Nullable String url, boolean form) {
    store.update(merchantId, url, form);
    cache.invalidate(merchantId);
  }
}
