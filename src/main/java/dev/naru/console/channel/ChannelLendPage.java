package dev.naru.console.channel;

import dev.naru.account.Action;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Viewer;
import dev.naru.merchant.Tiers;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Hands a channel to a sub-shop, and takes it back. */
@ConsolePage
class ChannelLendPage {

  private static final String CHANNEL = ChannelsPage.CHANNELS + "/{key}";

  private final ChannelCards cards;
  private final Tiers tiers;

  ChannelLendPage(ChannelCards cards, Tiers tiers) {
    this.cards = cards;
    this.tiers = tiers;
  }

  @Needs(Action.INTEGRATION_WRITE)
  @PostMapping(CHANNEL + "/give")
  String give(Viewer viewer, @PathVariable String key, @RequestParam String tier) {
    cards.get(viewer, key);
    tiers.give(viewer.actor(), viewer.shop(), tier, key);
    return Frame.back(ChannelsPage.CHANNELS + "/" + key, "channel-given");
  }

  @Needs(Action.INTEGRATION_WRITE)
  @PostMapping(CHANNEL + "/take-back")
  String takeBack(Viewer viewer, @PathVariable String key, @RequestParam String tier) {
    cards.get(viewer, key);
    tiers.withdraw(viewer.actor(), viewer.shop(), tier, key);
    return Frame.back(ChannelsPage.CHANNELS + "/" + key, "channel-taken-back");
  }
}
