package dev.naru.shops;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Secret;
import dev.naru.merchant.ChannelGroup;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.file.Kept;
import dev.naru.merchant.file.Kept.Kind;
import dev.naru.merchant.setup.ChannelDraft;
import dev.naru.merchant.setup.SetUp;
import dev.naru.promotion.Plan;
import dev.naru.promotion.Promotion;
import dev.naru.webhook.Webhooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Makes one shop as the file has it. */
final class ShopMaking {

  private final UseCases useCases;
  private final Actor actor;
  private final Items items;
  private final HubClock clock;

  ShopMaking(UseCases useCases, Actor actor, Items items, HubClock clock) {
    this.useCases = useCases;
    this.actor = actor;
    this.items = items;
    this.clock = clock;
  }

  void make(ShopFile.Shop wanted) {
    Merchant shop;
    try {
      shop = shop(wanted);
    } catch (Failed refused) {
      items.refuse(wanted.at(), refused);
      return;
    }
    long id = shop.id();
    items.item(name(id, Kind.SHOP, ""), wanted.at(), wanted.name(), () -> named(shop, wanted));
    for (ShopFile.Key key : wanted.keys()) {
      items.item(
          name(id, Kind.KEY, key.key()),
          key.at(),
          key.secret().reveal(),
          () -> useCases.keys().put(actor, id, key.key(), key.secret()));
    }
    wanted.hook().ifPresent(hook -> hook(id, hook));
    wanted
        .allowed()
        .ifPresent(
            allowed ->
                items.item(
                    name(id, Kind.ALLOW_LIST, ""),
                    allowed.at(),
                    allowed.blocks().toString(),
                    () -> useCases.allowLists().update(actor, id, allowed.blocks())));
    wanted.recovery().ifPresent(recovery -> recovery(id, recovery));
    channels(id, wanted);
    wanted.groups().forEach(group -> group(id, group));
    wanted.tiers().forEach(tier -> tier(shop, tier));
    wanted.promotions().forEach(promotion -> promotion(id, promotion));
    if (wanted.acceptsAnyUserCode()) {
      useCases.merchants().acceptAnyUserCode(id);
    }
  }

  private static Kept.Name name(long merchantId, Kind kind, String id) {
    return new Kept.Name(merchantId, kind, id);
  }

  private Merchant shop(ShopFile.Shop wanted) {
    return useCases
        .shops()
        .find(wanted.userCode())
        .or(() -> useCases.shops().reopen(actor, wanted.userCode()))
        .orElseGet(() -> useCases.shops().create(actor, wanted.name(), wanted.userCode()));
  }

  private void named(Merchant shop, ShopFile.Shop wanted) {
    if (!shop.name().equals(wanted.name())) {
      useCases.shops().rename(actor, shop.id(), wanted.name());
    }
  }

  private void hook(long merchantId, ShopFile.Hook hook) {
    items.item(
        name(merchantId, Kind.WEBHOOK, ""),
        hook.at(),
        hook.url() + " " + hook.form(),
        () -> hook(merchantId, hook, hook.secret().orElse(null)));
    hook.secret()
        .ifPresent(
            key ->
                items.item(
                    name(merchantId, Kind.WEBHOOK_KEY, ""),
                    hook.at(),
                    key.reveal(),
                    () -> hook(merchantId, hook, key)));
  }

  private void hook(long merchantId, ShopFile.Hook hook, @Nullable Secret key) {
    Webhooks.Setting setting = new Webhooks.Setting(hook.url(), hook.form());
    useCases.webhooks().update(actor, merchantId, setting, key);
  }

  private void recovery(long id, ShopFile.Recovery recovery) {
    OptionalInt hour = recovery.hour();
    items.item(
        name(id, Kind.RECOVERY_HOUR, ""),
        recovery.at(),
        hour.toString(),
        () -> useCases.recoveries().update(actor, id, hour));
  }

  private void channels(long id, ShopFile.Shop wanted) {
    for (ShopFile.Channel channel : wanted.channels()) {
      items.item(
          name(id, Kind.CHANNEL, channel.key()),
          channel.at(),
          channel.said(),
          () -> channel(id, channel));
    }
    List<String> keys = wanted.channels().stream().map(ShopFile.Channel::key).toList();
    if (!keys.isEmpty()) {
      items.item(
          name(id, Kind.CHANNEL_ORDER, ""), wanted.at(), keys.toString(), () -> order(id, keys));
    }
  }

  private void channel(long id, ShopFile.Channel channel) {
    ChannelDraft draft =
        new ChannelDraft(
            channel.pg().code(),
            channel.mode(),
            channel.name(),
            channel.key(),
            channel.entered(),
            channel.acceptsUnknown());
    Optional<SetUp> known = find(id, channel.key());
    if (known.isEmpty()) {
      useCases.channels().add(actor, id, draft);
      return;
    }
    useCases.channels().edit(actor, id, channel.key(), draft);
    if (!known.get().enabled()) {
      useCases.channels().enable(actor, id, channel.key());
    }
  }

  private Optional<SetUp> find(long id, String key) {
    return useCases.channels().list(id).stream().filter(one -> one.key().equals(key)).findFirst();
  }

  /** The file's first, as they stand there; others behind them as they were. */
  private void order(long id, List<String> keys) {
    List<String> all = useCases.channels().list(id).stream().map(SetUp::key).toList();
    List<String> order = new ArrayList<>(keys.stream().filter(all::contains).toList());
    all.stream().filter(key -> !keys.contains(key)).forEach(order::add);
    if (!order.equals(all)) {
      useCases.channels().order(actor, id, order);
    }
  }

  private void group(long id, ShopFile.Group wanted) {
    ChannelGroup group = wanted.group();
    items.item(
        name(id, Kind.GROUP, group.id()),
        wanted.at(),
        group.toString(),
        () -> useCases.groups().put(actor, id, now(group)));
  }

  /** A change that was planned for a time that has passed has come into force. */
  private ChannelGroup now(ChannelGroup group) {
    ChannelGroup.Planned planned = group.planned();
    return planned == null || planned.at().isAfter(clock.instant())
        ? group
        : new ChannelGroup(group.id(), group.name(), planned.members(), null);
  }

  private void tier(Merchant shop, ShopFile.Tier wanted) {
    items.item(
        name(shop.id(), Kind.TIER, wanted.code()),
        wanted.at(),
        wanted.name(),
        () -> named(shop, wanted));
    Merchant tier = find(shop, wanted.code());
    if (tier == null) {
      return;
    }
    for (String key : wanted.channels()) {
      items.item(
          name(shop.id(), Kind.TIER_CHANNEL, key),
          wanted.at(),
          wanted.code(),
          () -> give(shop, wanted.code(), key));
    }
    wanted.hook().ifPresent(hook -> hook(tier.id(), hook));
  }

  private void named(Merchant shop, ShopFile.Tier wanted) {
    Merchant tier = find(shop, wanted.code());
    if (tier == null) {
      tier =
          useCases
              .shops()
              .reopen(actor, shop.userCode() + "." + wanted.code())
              .orElseGet(() -> useCases.tiers().create(actor, shop, wanted.code(), wanted.name()));
    }
    if (!tier.name().equals(wanted.name())) {
      useCases.tiers().rename(actor, shop, wanted.code(), wanted.name());
    }
  }

  private @Nullable Merchant find(Merchant shop, String code) {
    return useCases.tiers().of(shop).stream()
        .filter(tier -> code.equals(tier.tierCode()))
        .findFirst()
        .orElse(null);
  }

  private void give(Merchant shop, String code, String key) {
    Long holder = find(shop.id(), key).map(SetUp::givenTo).orElse(null);
    if (holder != null) {
      String other = useCases.merchants().get(holder).tierCode();
      if (other != null && !other.equals(code)) {
        useCases.tiers().withdraw(actor, shop, other, key);
      }
    }
    useCases.tiers().give(actor, shop, code, key);
  }

  private void promotion(long id, ShopFile.Promotion wanted) {
    items.item(
        name(id, Kind.PROMOTION, wanted.id()),
        wanted.at(),
        wanted.plan().toString(),
        () -> promote(id, wanted.id(), wanted.plan()));
  }

  private void promote(long id, String promotionId, Plan plan) {
    Optional<Promotion> known = useCases.promotions().find(id, promotionId);
    if (known.isEmpty()) {
      // One that was over before it came is nothing to make.
      if (plan.endsAt().isAfter(clock.instant())) {
        useCases.promotions().make(actor, id, promotionId, plan);
      }
      return;
    }
    if (known.get().paused()) {
      useCases.promotions().resume(actor, id, promotionId);
    }
    if (!known.get().plan().equals(plan)) {
      useCases.promotions().edit(actor, id, promotionId, plan);
    }
  }
}
