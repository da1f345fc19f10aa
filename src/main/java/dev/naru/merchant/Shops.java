package dev.naru.merchant;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Why;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Changes;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The shops of this hub: made, renamed, closed. Their sub-shops are {@link Tiers}. */
@Component
public class Shops {

  /** Of a shop's name and of what it calls its own. */
  public static final int LONGEST_NAME = 100;

  private static final int ROUNDS = 20;

  /** A dot would make it a sub-shop's. */
  private static final String USER_CODE = "[A-Za-z0-9][A-Za-z0-9_-]{2,39}";

  private final MerchantStore store;
  private final ApiKeys keys;
  private final Changes changes;
  private final Ids ids;
  private final HubClock clock;
  private final SecureRandom random = new SecureRandom();

  Shops(MerchantStore store, ApiKeys keys, Changes changes, Ids ids, HubClock clock) {
    this.store = store;
    this.keys = keys;
    this.changes = changes;
    this.ids = ids;
    this.clock = clock;
  }

  /** Those that are open, the oldest first. */
  public List<Merchant> list() {
    return store.shops();
  }

  /** By what browsers know it by; empty if there is none that is open. */
  public Optional<Merchant> find(String userCode) {
    return store.byUserCode(userCode);
  }

  /** Throws {@link Failed} not found, for one that is closed too. */
  public Merchant get(long merchantId) {
    return store
        .find(merchantId)
        .filter(MerchantStore.Known::open)
        .map(MerchantStore.Known::merchant)
        .orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN_SHOP));
  }

  /**
   * @param userCode null for a new one, {@code imp########}
   * @throws Failed invalid for a bad name or code, or one that is taken, be it by a shop that is
   *     closed
   */
  public Merchant create(Actor actor, String name, @Nullable String userCode) {
    String checked = named(name, Refusal.WRONG_SHOP_NAME.with(LONGEST_NAME));
    if (userCode == null) {
      for (int round = 0; round < ROUNDS; round++) {
        Optional<Merchant> made =
            insert(actor, checked, "imp%08d".formatted(random.nextInt(100_000_000)));
        if (made.isPresent()) {
          return made.get();
        }
      }
      throw new IllegalStateException("no user code is free");
    }
    if (!userCode.matches(USER_CODE)) {
      throw Failed.invalid(Refusal.WRONG_USER_CODE);
    }
    return insert(actor, checked, userCode)
        .orElseThrow(() -> Failed.invalid(Refusal.USER_CODE_USED));
  }

  private Optional<Merchant> insert(Actor actor, String name, String userCode) {
    long id = ids.row();
    Merchant shop = new Merchant(id, (int) (id % Ids.SLOTS), userCode, null, null, name);
    return changes.make(
        actor,
        id,
        Act.SHOP_CREATED,
        userCode,
        change -> {
          if (!store.insert(shop, clock.instant())) {
            change.none();
            return Optional.empty();
          }
          change.after(Map.of("name", name));
          return Optional.of(shop);
        });
  }

  /** Throws {@link Failed} not found, and invalid for a bad name. */
  public Merchant rename(Actor actor, long merchantId, String name) {
    String checked = named(name, Refusal.WRONG_SHOP_NAME.with(LONGEST_NAME));
    Merchant shop = get(merchantId);
    return changes.make(
        actor,
        merchantId,
        Act.SHOP_RENAMED,
        shop.userCode(),
        change -> {
          change.before(Map.of("name", get(merchantId).name())).after(Map.of("name", checked));
          store.rename(merchantId, checked);
          return get(merchantId);
        });
  }

  /**
   * Nobody can act for it any more: its API keys end. Its payments stay, with their webhooks and
   * their resolving. Its user code is not given again.
   *
   * @throws Failed not found; wrong state while it has sub-shops
   */
  public void close(Actor actor, long merchantId) {
    Merchant shop = get(merchantId);
    changes.make(
        actor,
        merchantId,
        Act.SHOP_CLOSED,
        shop.userCode(),
        change -> {
          if (!store.tiersOf(merchantId).isEmpty()) {
            throw Failed.wrongState(Refusal.SHOP_HAS_TIERS);
          }
          keys.of(merchantId).stream()
              .filter(ApiKeys.Shown::isOpen)
              .forEach(key -> keys.end(actor, merchantId, key.impKey()));
          change.before(Map.of("name", shop.name()));
          store.close(merchantId, clock.instant());
          return shop;
        });
  }

  /**
   * A shop or sub-shop that was closed is open again, with its channels; its API keys stay ended.
   *
   * @return empty if nobody that is closed has this user code
   */
  public Optional<Merchant> reopen(Actor actor, String userCode) {
    return store
        .closed(userCode)
        .map(
            shop ->
                changes.make(
                    actor,
                    shop.id(),
                    Act.SHOP_REOPENED,
                    userCode,
                    change -> {
                      if (shop.parentId() != null) {
                        change.touches(shop.parentId());
                      }
                      change.after(Map.of("name", shop.name()));
                      store.reopen(shop.id());
                      return shop;
                    }));
  }

  /**
   * A name without spaces around it.
   *
   * @throws Failed invalid for this cause if it is none
   */
  static String named(String name, Why otherwise) {
    String stripped = name.strip();
    if (stripped.isEmpty()
        || stripped.codePointCount(0, stripped.length()) > LONGEST_NAME
        || stripped.codePoints().anyMatch(Character::isISOControl)) {
      throw new Failed(new Failure.Invalid(otherwise));
    }
    return stripped;
  }
}
