package dev.naru.webhook;

import dev.naru.connector.http.Outbound;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Secret;
import dev.naru.payment.HookUrls;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is asked of webhooks: their settings, their log, and sending them again. */
@Component
public class Webhooks implements HookUrls {

  private static final int LONGEST_URL = 2_000;

  private final HookSettings settings;
  private final DeliveryStore store;
  private final Courier courier;
  private final HubClock clock;

  Webhooks(HookSettings settings, DeliveryStore store, Courier courier, HubClock clock) {
    this.settings = settings;
    this.store = store;
    this.courier = courier;
    this.clock = clock;
  }

  /**
   * What a merchant chooses.
   *
   * @param url where webhooks of payments without a notice_url go; null for nowhere
   * @param form whether bodies are forms rather than JSON, at notice_urls too
   */
  public record Setting(@Nullable String url, boolean form) {}

  /**
   * Where webhooks of a new payment go that names no notice_url. A sub-merchant that set none uses
   * its parent's.
   */
  @Override
  public Optional<String> defaultUrl(long merchantId) {
    return Optional.ofNullable(settings.applying(merchantId).url());
  }

  /** What this merchant itself set. */
  public Setting setting(long merchantId) {
    HookSettingStore.Row row = settings.own(merchantId);
    return new Setting(row.url(), row.form());
  }

  /**
   * Counts for payments made from now on; the URL of older ones stays theirs.
   *
   * @throws Failed invalid, if this is no URL that can be called
   */
  public void update(long merchantId, Setting setting) {
    String url = setting.url() == null || setting.url().isBlank() ? null : setting.url().strip();
    if (url != null && (url.length() > LONGEST_URL || !Outbound.takes(url))) {
      throw Failed.invalid("웹훅 URL이 올바르지 않습니다. http 또는 https 주소를 입력해 주세요.");
    }
    settings.update(merchantId, url, setting.form());
  }

  /** The key a receiver verifies signatures with, in the notation of Standard Webhooks. */
  public Secret secret(long merchantId) {
    return settings.secret(settings.applying(merchantId));
  }

  /**
   * Sends an event again to every URL it had, delivered or not. Within three days of the event it
   * is retried as any other; later, this is one try.
   *
   * @throws Failed not found, if the event went nowhere
   */
  public void replay(long merchantId, long eventId) {
    if (store.replay(merchantId, eventId, clock.instant()) == 0) {
      throw Failed.notFound("다시 보낼 웹훅이 없습니다.");
    }
    courier.wake();
  }

  /** All deliveries of a payment with their tries, oldest first. */
  public List<Delivery> log(long merchantId, ImpUid impUid) {
    return store.log(merchantId, impUid);
  }
}
