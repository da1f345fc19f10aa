package dev.naru.webhook.setting;

import dev.naru.kernel.Secret;
import dev.naru.kernel.Vault;
import dev.naru.merchant.Shards;
import dev.naru.webhook.Retries;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of what a merchant set for webhooks as such: global tables. The key is sealed. */
@Repository
class HookSettingStore {

  private final JdbcClient jdbc;
  private final Vault vault;

  HookSettingStore(Shards shards, Vault vault) {
    jdbc = shards.global();
    this.vault = vault;
  }

  /**
   * What one merchant set.
   *
   * @param form whether bodies to notice_urls are forms
   * @param secret what signs at notice_urls; null as long as nobody needed it
   * @param policy null if it set none
   */
  record Row(long merchantId, boolean form, @Nullable Secret secret, @Nullable HookPolicy policy) {}

  Row find(long merchantId) {
    return jdbc.sql(
            """
            select s.webhook_form, s.webhook_secret, p.merchant_id is not null as chosen, p.events,
              p.retries, p.first, p.confirm, p.confirm_url
            from merchant m
            left join merchant_setting s on s.merchant_id = m.merchant_id
            left join hook_policy p on p.merchant_id = m.merchant_id
            where m.merchant_id = :merchant
            """)
        .param("merchant", merchantId)
        .query(
            (row, n) ->
                new Row(
                    merchantId,
                    row.getBoolean("webhook_form"),
                    opened(row.getBytes("webhook_secret"), merchantId),
                    row.getBoolean("chosen") ? policy(row) : null))
        .optional()
        .orElse(new Row(merchantId, false, null, null));
  }

  private static HookPolicy policy(ResultSet row) throws SQLException {
    return new HookPolicy(
        events(row),
        Retries.valueOf(row.getString("retries").toUpperCase(Locale.ROOT)),
        row.getBoolean("first"),
        row.getBoolean("confirm"),
        row.getString("confirm_url"));
  }

  static @Nullable Set<HookEvent> events(ResultSet row) throws SQLException {
    Array events = row.getArray("events");
    return events == null
        ? null
        : Arrays.stream((String[]) events.getArray())
            .map(HookEvent::of)
            .collect(Collectors.toSet());
  }

  static String @Nullable [] codes(@Nullable Set<HookEvent> events) {
    return events == null
        ? null
        : events.stream().sorted().map(HookEvent::code).toArray(String[]::new);
  }

  void form(long merchantId, boolean form) {
    jdbc.sql(
            """
            insert into merchant_setting (merchant_id, webhook_form) values (:merchant, :form)
            on conflict (merchant_id) do update set webhook_form = excluded.webhook_form
            """)
        .param("merchant", merchantId)
        .param("form", form)
        .update();
  }

  void put(long merchantId, HookPolicy policy) {
    jdbc.sql(
            """
            insert into hook_policy (merchant_id, events, retries, first, confirm, confirm_url)
            values (:merchant, :events::text[], :retries, :first, :confirm, :confirmUrl)
            on conflict (merchant_id) do update
            set events = excluded.events, retries = excluded.retries, first = excluded.first,
              confirm = excluded.confirm, confirm_url = excluded.confirm_url
            """)
        .param("merchant", merchantId)
        .param("events", codes(policy.events()))
        .param("retries", policy.retries().name().toLowerCase(Locale.ROOT))
        .param("first", policy.first())
        .param("confirm", policy.confirm())
        .param("confirmUrl", policy.confirmUrl())
        .update();
  }

  /** Keeps this key unless there is one already. */
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
