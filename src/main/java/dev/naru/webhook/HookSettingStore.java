package dev.naru.webhook;

import dev.naru.kernel.Secret;
import dev.naru.kernel.Vault;
import dev.naru.merchant.Shards;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of the merchants' webhook settings: a global table. The secret is sealed. */
@Repository
class HookSettingStore {

  private final JdbcClient jdbc;
  private final Vault vault;

  HookSettingStore(Shards shards, Vault vault) {
    jdbc = shards.global();
    this.vault = vault;
  }

  /** What one merchant set. */
  record Row(long merchantId, @Nullable String url, boolean form, @Nullable Secret secret) {}

  Row find(long merchantId) {
    return jdbc.sql(
            """
            select webhook_url, webhook_form, webhook_secret from merchant_setting
            where merchant_id = :merchant
            """)
        .param("merchant", merchantId)
        .query(
            (row, n) ->
                new Row(
                    merchantId,
                    row.getString("webhook_url"),
                    row.getBoolean("webhook_form"),
                    opened(row.getBytes("webhook_secret"), merchantId)))
        .optional()
        .orElse(new Row(merchantId, null, false, null));
  }

  void update(long merchantId, @Nullable String url, boolean form) {
    jdbc.sql(
            """
            insert into merchant_setting (merchant_id, webhook_url, webhook_form)
            values (:merchant, :url, :form)
            on conflict (merchant_id) do update
            set webhook_url = excluded.webhook_url, webhook_form = excluded.webhook_form
            """)
        .param("merchant", merchantId)
        .param("url", url)
        .param("form", form)
        .update();
  }

  /** Keeps this secret unless there is one already. */
  void putSecret(long merchantId, Secret fresh) {
    jdbc.sql(
            """
            insert into merchant_setting (merchant_id, webhook_secret)
            values (:merchant, :secret)
            on conflict (merchant_id) do update
            set webhook_secret = coalesce(merchant_setting.webhook_secret, excluded.webhook_secret)
            """)
        .param("merchant", merchantId)
        .param("secret", vault.seal(fresh.reveal(), place(merchantId)))
        .update();
  }

  private @Nullable Secret opened(byte @Nullable [] sealed, long merchantId) {
    return sealed == null ? null : new Secret(vault.open(sealed, place(merchantId)));
  }

  private static String place(long merchantId) {
    return "merchant_setting.webhook_secret/" + merchantId;
  }
}
