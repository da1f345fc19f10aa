package dev.naru.merchant;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Changes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * Sub-merchants (V1's tiers) of a representative, and which of its channels each may use. Its
 * webhooks are its own setting, as any merchant's.
 */
@Component
public class Tiers {

  /** Of a name; V1 tells none. */
  public static final int LONGEST_NAME = 100;

  private final MerchantStore store;
  private final ChannelStore channels;
  private final Changes changes;
  private final Ids ids;
  private final HubClock clock;

  Tiers(MerchantStore store, ChannelStore channels, Changes changes, Ids ids, HubClock clock) {
    this.store = store;
    this.channels = channels;
    this.changes = changes;
    this.ids = ids;
    this.clock = clock;
  }

  /** By their codes. */
  public List<Merchant> of(Merchant representative) {
    return store.tiersOf(representative.id());
  }

  /** Those that were closed: what was paid to them stays. */
  public List<Merchant> closedOf(Merchant representative) {
    return store.closedTiersOf(representative.id());
  }

  /** By their codes, those that were closed after the others. */
  public List<Merchant> everOf(Merchant representative) {
    List<Merchant> all = new ArrayList<>(of(representative));
    all.addAll(closedOf(representative));
    return all;
  }

  /**
   * @throws Failed not found
   */
  public Merchant get(Merchant representative, String code) {
    return store
        .tier(representative.id(), code)
        .orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN_TIER));
  }

  /**
   * @param code three of A-Z and 0-9; it never changes, and is not given again after a delete
   * @throws Failed invalid for a bad or used code or name, or if the representative is a
   *     sub-merchant
   */
  public Merchant create(Actor actor, Merchant representative, String code, String name) {
    if (representative.parentId() != null) {
      throw Failed.invalid(Refusal.TIER_OF_TIER);
    }
    if (!code.matches("[A-Z0-9]{3}")) {
      throw Failed.invalid(Refusal.WRONG_TIER_CODE);
    }
    long id = ids.row();
    Merchant tier =
        new Merchant(
            id,
            (int) (id % Ids.SLOTS),
            representative.userCode() + "." + code,
            representative.id(),
            code,
            checked(name));
    return changes.make(
        actor,
        representative.id(),
        Act.TIER_CREATED,
        code,
        change -> {
          if (!store.insert(tier, clock.instant())) {
            throw Failed.invalid(Refusal.TIER_CODE_USED);
          }
          change.after(Map.of("name", tier.name())).touches(id);
          return tier;
        });
  }

  /**
   * @throws Failed not found, invalid
   */
  public Merchant rename(Actor actor, Merchant representative, String code, String name) {
    String checked = checked(name);
    return changes.make(
        actor,
        representative.id(),
        Act.TIER_RENAMED,
        code,
        change -> {
          Merchant tier = get(representative, code);
          store.rename(tier.id(), checked);
          change.before(Map.of("name", tier.name())).after(Map.of("name", checked));
          change.touches(tier.id());
          return get(representative, code);
        });
  }

  /**
   * Nobody can act for it any more. Its payments stay, with their webhooks and their resolving, and
   * its channels go back.
   *
   * @throws Failed not found
   */
  public Merchant delete(Actor actor, Merchant representative, String code) {
    return changes.make(
        actor,
        representative.id(),
        Act.TIER_CLOSED,
        code,
        change -> {
          Merchant tier = get(representative, code);
          given(representative.id(), tier.id())
              .forEach(key -> withdraw(actor, representative.id(), key, tier));
          store.close(tier.id(), clock.instant());
          change.before(Map.of("name", tier.name())).touches(tier.id());
          return tier;
        });
  }

  /**
   * Lets a sub-merchant use a channel of its representative, and no other sub-merchant.
   *
   * @throws Failed not found for the code, invalid for the channel, conflict if another has it
   */
  public void give(Actor actor, Merchant representative, String code, String channelKey) {
    Merchant tier = get(representative, code);
    long ownerId = representative.id();
    changes.make(
        actor,
        ownerId,
        Act.CHANNEL_GIVEN,
        channelKey,
        change -> {
          change.touches(tier.id());
          ChannelStore.Row own = own(ownerId, channelKey);
          boolean hasItself =
              channels.of(tier.id()).stream()
                  .filter(row -> !row.key().equals(channelKey))
                  .anyMatch(row -> row.isSameContract(own));
          if (hasItself) {
            throw Failed.conflict(Refusal.SAME_CONTRACT);
          }
          if (!channels.give(own, tier.id(), clock.instant())) {
            throw Failed.conflict(Refusal.GIVEN_TO_ANOTHER);
          }
          if (Objects.equals(own.given().to(), tier.id())) {
            change.none();
          }
          return change.after(Map.of("tier", tier.userCode()));
        });
  }

  /** Takes it back; payments made by it can still be cancelled. */
  public void withdraw(Actor actor, Merchant representative, String code, String channelKey) {
    withdraw(actor, representative.id(), channelKey, get(representative, code));
  }

  private void withdraw(Actor actor, long ownerId, String channelKey, Merchant tier) {
    changes.make(
        actor,
        ownerId,
        Act.CHANNEL_TAKEN_BACK,
        channelKey,
        change -> {
          change.touches(tier.id());
          if (given(ownerId, tier.id()).contains(channelKey)) {
            change.before(Map.of("tier", tier.userCode()));
          } else {
            change.none();
          }
          channels.withdraw(ownerId, channelKey, tier.id());
          return change;
        });
  }

  /** The keys of the channels that a sub-merchant has of its representative. */
  private List<String> given(long ownerId, long tierId) {
    return channels.of(ownerId).stream()
        .filter(row -> Objects.equals(row.given().to(), tierId))
        .map(ChannelStore.Row::key)
        .toList();
  }

  private ChannelStore.Row own(long ownerId, String channelKey) {
    return channels.of(ownerId).stream()
        .filter(row -> row.key().equals(channelKey) && row.given().by() == null)
        .findFirst()
        .orElseThrow(() -> Failed.invalid(Refusal.UNKNOWN_CHANNEL));
  }

  private static String checked(String name) {
    if (name.isBlank() || name.codePointCount(0, name.length()) > LONGEST_NAME) {
      throw Failed.invalid(Refusal.WRONG_TIER_NAME, LONGEST_NAME);
    }
    return name;
  }
}
