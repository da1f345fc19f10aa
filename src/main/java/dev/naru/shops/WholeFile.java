package dev.naru.shops;

import dev.naru.shops.ShopFile.Shop;
import dev.naru.shops.text.Problems;
import dev.naru.shops.text.Spot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What no line of a file shows alone: what stands in it twice, and what its mode forbids. */
final class WholeFile {

  private final Problems problems;
  private final boolean live;
  private final Map<String, Spot> seen = new HashMap<>();

  WholeFile(Problems problems, boolean live) {
    this.problems = problems;
    this.live = live;
  }

  void check(List<Shop> shops) {
    for (Shop shop : shops) {
      if (!shop.userCode().isEmpty()) {
        once("user_code", shop.userCode(), shop.at());
      }
      shop.keys().forEach(key -> once("REST API key", key.key(), key.at()));
      shop.channels().forEach(channel -> once("channel key", channel.key(), channel.at()));
      shop.groups().forEach(group -> once("group id", group.group().id(), group.at()));
      shop.promotions().forEach(one -> once("promotion id", one.id(), one.at()));
      for (ShopFile.Tier tier : shop.tiers()) {
        once("tier code", shop.userCode() + "." + tier.code(), tier.at());
        tier.channels().forEach(key -> once("channel of a tier", key, tier.at()));
      }
      if (live) {
        shop.keys().forEach(this::refusePublished);
      }
      any(shop);
    }
  }

  private void once(String what, String value, Spot at) {
    Spot before = seen.putIfAbsent(what + " " + value, at);
    if (before != null) {
      problems.add(at, "the %s %s stands in line %d already".formatted(what, value, before.line()));
    }
  }

  private void refusePublished(ShopFile.Key key) {
    if (Published.KEYS.contains(key.key()) || key.secret().equals(Published.SECRET)) {
      problems.add(key.at(), "the key or its secret is the demo shop's, which everybody knows");
    }
  }

  private void any(Shop shop) {
    if (shop.acceptsAnyUserCode() && live) {
      problems.add(shop.at(), "\"accept_any_user_code\" is for sandboxes");
    } else if (shop.acceptsAnyUserCode()) {
      once("shop that accepts any user code", "", shop.at());
    }
  }
}
