package dev.naru.webhook;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Secret;
import dev.naru.merchant.audit.Actor;
import dev.naru.payment.HookUrls;
import dev.naru.webhook.setting.HookEndpoint;
import dev.naru.webhook.setting.HookPolicies;
import dev.naru.webhook.setting.HookSettings;
import dev.naru.webhook.setting.WebhookEndpoints;
import dev.naru.webhook.setting.WebhookEndpoints.Wish;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is asked of webhooks by whoever knows one URL of a shop, as V1 does; and what was sent. */
@Component
public class Webhooks {

  private final HookUrls urls;
  private final HookSettings settings;
  private final WebhookEndpoints endpoints;
  private final HookPolicies policies;
  private final DeliveryStore store;
  private final Courier courier;
  private final HubClock clock;

  Webhooks(
      HookUrls urls,
      HookSettings settings,
      WebhookEndpoints endpoints,
      HookPolicies policies,
      DeliveryStore store,
      Courier courier,
      HubClock clock) {
    this.urls = urls;
    this.settings = settings;
    this.endpoints = endpoints;
    this.policies = policies;
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
   * Where webhooks of a new payment go first that names no notice_url. A sub-merchant that set none
   * uses its parent's.
   */
  public Optional<String> defaultUrl(long merchantId) {
    return urls.defaults(merchantId).stream().map(HookUrls.Target::url).findFirst();
  }

  /** What this merchant itself set, its first endpoint for all. */
  public Setting setting(long merchantId) {
    return new Setting(
        first(merchantId).map(HookEndpoint::url).orElse(null), settings.form(merchantId));
  }

  private Optional<HookEndpoint> first(long merchantId) {
    return endpoints.of(merchantId).stream().findFirst();
  }

  /**
   * Sets the first endpoint, with all that the shop wants to hear of, and leaves others as they
   * are. Counts for payments made from now on; the URL of older ones stays theirs.
   *
   * @throws Failed as {@link WebhookEndpoints#add}
   */
  public void update(Actor actor, long merchantId, Setting setting) {
    update(actor, merchantId, setting, null);
  }

  /**
   * The same, and the key that signs there: for a day the one that did before signs too.
   *
   * @param key null for the one that signs already, or one that is made
   * @throws Failed as {@link WebhookEndpoints#add} and {@link WebhookEndpoints#key}
   */
  public void update(Actor actor, long merchantId, Setting setting, @Nullable Secret key) {
    Optional<HookEndpoint> first = first(merchantId);
    String url = setting.url();
    if (url == null || url.isBlank()) {
      first.ifPresent(one -> endpoints.end(actor, merchantId, one.id()));
    } else {
      Wish wish = new Wish(url, setting.form(), null, HookEndpoint.Mode.BOTH, true);
      first.ifPresentOrElse(
          one -> {
            endpoints.edit(actor, merchantId, one.id(), wish);
            if (key != null) {
              endpoints.key(actor, merchantId, one.id(), key);
            }
          },
          () -> endpoints.add(actor, merchantId, wish, key));
    }
    policies.noticeForm(actor, merchantId, setting.form());
  }

  /**
   * The key a receiver verifies signatures with at URLs that payments name, in the notation of
   * Standard Webhooks.
   */
  public Secret secret(long merchantId) {
    return settings.secret(merchantId);
  }

  /**
   * Sends an event again to every URL it had, delivered or not. Within three days of the event it
   * is retried as any other; later, this is one try.
   *
   * @throws Failed not found, if the event went nowhere
   */
  public void replay(long merchantId, long eventId) {
    again(merchantId, eventId, null);
  }

  /** The same to one of its URLs, by its number. */
  public void replay(long merchantId, long eventId, int no) {
    again(merchantId, eventId, no);
  }

  private void again(long merchantId, long eventId, @Nullable Integer no) {
    if (store.replay(merchantId, eventId, no, clock.instant()) == 0) {
      throw Failed.notFound(Refusal.NOTHING_TO_REPEAT);
    }
    courier.wake();
  }

  /** There is something to deliver: this node looks at once. */
  public void wake() {
    courier.wake();
  }

  /** One delivery with all its tries. */
  public Optional<Delivery> one(long merchantId, long eventId, int no) {
    return store.one(merchantId, eventId, no);
  }

  /** All deliveries of a payment with their tries, oldest first. */
  public List<Delivery> log(long merchantId, ImpUid impUid) {
    return store.log(merchantId, impUid);
  }
}
