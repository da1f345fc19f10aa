package dev.naru.shops;

import dev.naru.connector.Pg;
import dev.naru.kernel.Secret;
import dev.naru.merchant.ChannelGroup;
import dev.naru.promotion.Plan;
import dev.naru.shops.text.Spot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a shop file says, found right.
 *
 * @param name the file as whoever started the hub named it; empty if there is none
 */
public record ShopFile(String name, List<Shop> shops) {

  /** A hub without a file. */
  public static final ShopFile NONE = new ShopFile("", List.of());

  /** A shop, and all that is its. */
  public record Shop(
      Spot at,
      String userCode,
      String name,
      List<Key> keys,
      Optional<Hook> hook,
      Optional<Allowed> allowed,
      Optional<Recovery> recovery,
      List<Channel> channels,
      List<Group> groups,
      List<Tier> tiers,
      List<Promotion> promotions,
      boolean acceptsAnyUserCode) {}

  /** A pair of a REST API key and its secret. */
  public record Key(Spot at, String key, Secret secret) {}

  /**
   * Where webhooks go.
   *
   * @param secret what signs; empty: what signs already, else one that is made
   */
  public record Hook(Spot at, String url, boolean form, Optional<Secret> secret) {}

  /** From where keys may be used. */
  public record Allowed(Spot at, List<String> blocks) {}

  /** When failed schedules are charged again. */
  public record Recovery(Spot at, OptionalInt hour) {}

  /**
   * A contract with a PG.
   *
   * @param given what the file says of its credentials, by the PG's names
   * @param entered the same with test values for what it leaves open
   * @param position among the shop's, the default first
   */
  public record Channel(
      Spot at,
      String key,
      String name,
      Pg<?> pg,
      Pg.Mode mode,
      Map<String, String> given,
      Map<String, String> entered,
      Record config,
      int position,
      boolean acceptsUnknown) {

    /** All that is said of it. */
    String said() {
      return String.join("\n", name, mode.name(), given.toString(), acceptsUnknown + "");
    }

    /** What is given may be secret. */
    @Override
    public String toString() {
      return "channel " + key;
    }

    boolean isSandbox() {
      return mode != Pg.Mode.LIVE;
    }
  }

  /** Channels that share payments. */
  public record Group(Spot at, ChannelGroup group) {}

  /**
   * A sub-shop.
   *
   * @param channels keys of the shop's channels
   */
  public record Tier(
      Spot at, String code, String name, List<String> channels, Optional<Hook> hook) {}

  /** A discount of a card company. */
  public record Promotion(Spot at, String id, Plan plan) {}

  /** Whether the file speaks of this user code. */
  public boolean names(String userCode) {
    return shops.stream().anyMatch(shop -> shop.userCode().equals(userCode));
  }

  /** Whether a REST API key is one of the file's. */
  public boolean hasKey(String impKey) {
    return shops.stream()
        .flatMap(shop -> shop.keys().stream())
        .anyMatch(key -> key.key().equals(impKey));
  }
}
