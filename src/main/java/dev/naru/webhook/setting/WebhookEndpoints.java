package dev.naru.webhook.setting;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Secret;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Changes;
import dev.naru.webhook.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * The endpoints of shops. Payments of before keep theirs, whatever is changed: the URL they had is
 * told of what becomes of them.
 */
@Component
public class WebhookEndpoints {

  /** How many a shop may have. */
  public static final int MOST = 10;

  /** How long a key that was replaced signs beside the new one. */
  public static final Duration OVERLAP = Duration.ofHours(24);

  private final HookSettings settings;
  private final HookEndpointStore store;
  private final HookAddress address;
  private final Changes changes;
  private final Ids ids;
  private final HubClock clock;

  WebhookEndpoints(
      HookSettings settings,
      HookEndpointStore store,
      HookAddress address,
      Changes changes,
      Ids ids,
      HubClock clock) {
    this.settings = settings;
    this.store = store;
    this.address = address;
    this.changes = changes;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * What can be said of an endpoint.
   *
   * @param events null for what the shop wants anyway
   * @param active whether new payments are told of
   */
  public record Wish(
      String url,
      boolean form,
      @Nullable Set<HookEvent> events,
      HookEndpoint.Mode mode,
      boolean active) {

    /** All that the shop wants, as JSON. */
    public static Wish of(String url) {
      return new Wish(url, false, null, HookEndpoint.Mode.BOTH, true);
    }
  }

  /** A new one, with the key that signs for it. */
  public record Made(HookEndpoint endpoint, Secret secret) {}

  /** Those of this shop itself, in their order. */
  public List<HookEndpoint> of(long merchantId) {
    return settings.own(merchantId).open();
  }

  /**
   * @throws Failed not found, if this shop itself has none of this number
   */
  public HookEndpoint get(long merchantId, long endpointId) {
    return open(settings.own(merchantId).all(), endpointId);
  }

  private static HookEndpoint open(List<HookEndpoint> all, long endpointId) {
    return all.stream()
        .filter(one -> one.id() == endpointId && one.isOpen())
        .findFirst()
        .orElseThrow(() -> Failed.notFound(Refusal.NO_ENDPOINT));
  }

  /**
   * New payments are told of there, too.
   *
   * @throws Failed invalid, if the URL cannot be called or no event is chosen; wrong state, if
   *     another endpoint has it, or there are as many as may be
   */
  public Made add(Actor actor, long merchantId, Wish wish) {
    return add(actor, merchantId, wish, null);
  }

  /**
   * The same with a key that the shop chose.
   *
   * @param key null for one that is made
   * @throws Failed as above; invalid, if that can be no key
   */
  public Made add(Actor actor, long merchantId, Wish wish, @Nullable Secret key) {
    Wish checked = checked(wish);
    Secret secret = key == null ? settings.fresh() : HookSettings.checked(key);
    HookEndpoint made =
        new HookEndpoint(
            merchantId,
            ids.row(),
            checked.url(),
            checked.form(),
            checked.events(),
            checked.mode(),
            checked.active(),
            0,
            new HookEndpoint.Keys(secret, null, null),
            clock.instant(),
            null);
    return changes.make(
        actor,
        merchantId,
        Act.HOOK_ADDED,
        Long.toString(made.id()),
        change -> {
          change.after(checked);
          once(
              () -> {
                if (!store.insert(made, MOST)) {
                  throw Failed.wrongState(Refusal.TOO_MANY_ENDPOINTS, MOST);
                }
              });
          return new Made(open(store.of(merchantId), made.id()), secret);
        });
  }

  /**
   * Changes what is said of one. Payments that were told of at its URL of before go on to be.
   *
   * @throws Failed as {@link #add}; not found
   */
  public HookEndpoint edit(Actor actor, long merchantId, long endpointId, Wish wish) {
    Wish checked = checked(wish);
    return change(
        actor,
        merchantId,
        endpointId,
        Act.HOOK_EDITED,
        before ->
            new HookEndpoint(
                merchantId,
                endpointId,
                checked.url(),
                checked.form(),
                checked.events(),
                checked.mode(),
                checked.active(),
                before.position(),
                before.keys(),
                before.createdAt(),
                null));
  }

  /**
   * Removes one. Payments that were told of there go on to be, by the same key.
   *
   * @throws Failed not found
   */
  public void end(Actor actor, long merchantId, long endpointId) {
    Instant now = clock.instant();
    change(
        actor,
        merchantId,
        endpointId,
        Act.HOOK_ENDED,
        before -> with(before, false, before.keys(), now));
  }

  /**
   * Gives one another key. For a day both sign, so that whoever knows either can verify.
   *
   * @return the new key
   * @throws Failed not found
   */
  public Secret rotate(Actor actor, long merchantId, long endpointId) {
    Secret fresh = settings.fresh();
    rotate(actor, merchantId, endpointId, fresh);
    return fresh;
  }

  /**
   * The same with a key that the shop chose. Nothing is written if it signs already.
   *
   * @throws Failed not found; invalid, if that can be no key
   */
  public void key(Actor actor, long merchantId, long endpointId, Secret key) {
    HookSettings.checked(key);
    if (!settings.keys(get(merchantId, endpointId)).getFirst().equals(key)) {
      rotate(actor, merchantId, endpointId, key);
    }
  }

  private void rotate(Actor actor, long merchantId, long endpointId, Secret fresh) {
    // The key that signs now may be the shop's own, which is made when it is first needed.
    Secret present = settings.keys(get(merchantId, endpointId)).getFirst();
    Instant until = clock.instant().plus(OVERLAP);
    change(
        actor,
        merchantId,
        endpointId,
        Act.HOOK_KEY_ROTATED,
        before -> {
          Secret stored = before.keys().present();
          return with(
              before,
              before.active(),
              new HookEndpoint.Keys(fresh, stored == null ? present : stored, until),
              null);
        });
  }

  /**
   * The key that signs now. That it was shown is written down; who asks must have proved again who
   * it is.
   *
   * @throws Failed not found
   */
  public Secret reveal(Actor actor, long merchantId, long endpointId) {
    Secret key = settings.keys(get(merchantId, endpointId)).getFirst();
    return changes.make(
        actor,
        merchantId,
        Act.HOOK_KEY_SHOWN,
        Long.toString(endpointId),
        change -> {
          change.after(key);
          return key;
        });
  }

  private HookEndpoint change(
      Actor actor, long merchantId, long endpointId, Act act, UnaryOperator<HookEndpoint> how) {
    return changes.make(
        actor,
        merchantId,
        act,
        Long.toString(endpointId),
        change -> {
          HookEndpoint before = open(store.of(merchantId), endpointId);
          HookEndpoint after = how.apply(before);
          change.before(before).after(after);
          once(() -> store.update(after));
          return after;
        });
  }

  private static void once(Runnable write) {
    try {
      write.run();
    } catch (DuplicateKeyException taken) {
      throw Failed.wrongState(Refusal.URL_TAKEN);
    }
  }

  private static HookEndpoint with(
      HookEndpoint of, boolean active, HookEndpoint.Keys keys, @Nullable Instant endedAt) {
    return new HookEndpoint(
        of.merchantId(),
        of.id(),
        of.url(),
        of.form(),
        of.events(),
        of.mode(),
        active,
        of.position(),
        keys,
        of.createdAt(),
        endedAt);
  }

  private Wish checked(Wish wish) {
    if (wish.events() != null && wish.events().isEmpty()) {
      throw Failed.invalid(Refusal.NO_EVENTS);
    }
    return new Wish(
        address.checked(wish.url()), wish.form(), wish.events(), wish.mode(), wish.active());
  }
}
