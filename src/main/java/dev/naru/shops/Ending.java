package dev.naru.shops;

import dev.naru.kernel.Failed;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.file.Kept;
import dev.naru.merchant.setup.SetUp;
import dev.naru.webhook.Webhooks;
import java.util.List;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Switches off what has gone from the file. Nothing is deleted that a payment refers to. */
final class Ending {

  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

  private final UseCases useCases;
  private final Actor actor;

  Ending(UseCases useCases, Actor actor) {
    this.useCases = useCases;
    this.actor = actor;
  }

  void end(Kept.Name name) {
    try {
      switchOff(name);
    } catch (Failed alreadyOver) {
      LOG.info("{} {} was over already: {}", name.kind(), name.id(), alreadyOver.getMessage());
    }
  }

  private void switchOff(Kept.Name name) {
    long id = name.merchantId();
    switch (name.kind()) {
      case SHOP -> close(id);
      case KEY -> endKey(id, name.id());
      case CHANNEL -> useCases.channels().disable(actor, id, name.id());
      // The key that signs goes on to: whoever receives verifies by it.
      case CHANNEL_ORDER, WEBHOOK_KEY -> {}
      case GROUP -> useCases.groups().delete(actor, id, name.id());
      case WEBHOOK -> useCases.webhooks().update(actor, id, new Webhooks.Setting(null, false));
      case ALLOW_LIST -> useCases.allowLists().update(actor, id, List.of());
      case RECOVERY_HOUR -> useCases.recoveries().update(actor, id, OptionalInt.empty());
      case TIER -> useCases.tiers().delete(actor, useCases.merchants().get(id), name.id());
      case TIER_CHANNEL -> withdraw(id, name.id());
      // Its end would be for good; it may come back with the file.
      case PROMOTION -> useCases.promotions().pause(actor, id, name.id());
    }
  }

  private void close(long id) {
    Merchant shop = useCases.merchants().get(id);
    useCases
        .tiers()
        .of(shop)
        .forEach(tier -> useCases.tiers().delete(actor, shop, String.valueOf(tier.tierCode())));
    // A sandbox always has its demo shop.
    if (!shop.userCode().equals(Published.USER_CODE)) {
      useCases.shops().close(actor, id);
    }
  }

  private void endKey(long id, String key) {
    boolean open =
        useCases.keys().of(id).stream().anyMatch(one -> one.impKey().equals(key) && one.isOpen());
    if (open) {
      useCases.keys().end(actor, id, key);
    }
  }

  private void withdraw(long id, String key) {
    useCases.channels().list(id).stream()
        .filter(one -> one.key().equals(key))
        .map(SetUp::givenTo)
        .filter(java.util.Objects::nonNull)
        .forEach(
            tier ->
                useCases
                    .tiers()
                    .withdraw(
                        actor,
                        useCases.merchants().get(id),
                        String.valueOf(useCases.merchants().get(tier).tierCode()),
                        key));
  }
}
