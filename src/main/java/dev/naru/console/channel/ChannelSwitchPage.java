package dev.naru.console.channel;

import dev.naru.account.Action;
import dev.naru.billing.key.ChannelUses;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Styled;
import dev.naru.console.frame.Viewer;
import dev.naru.console.part.Amounts;
import dev.naru.merchant.ChannelGroups;
import dev.naru.merchant.ChannelSetup;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** Switches a channel off, having said what hangs on it, and on again. */
@ConsolePage
class ChannelSwitchPage {

  private static final String CHANNEL = ChannelsPage.CHANNELS + "/{key}";

  private final ChannelCards cards;
  private final ChannelSetup channels;
  private final ChannelGroups groups;
  private final ChannelUses uses;

  ChannelSwitchPage(
      ChannelCards cards, ChannelSetup channels, ChannelGroups groups, ChannelUses uses) {
    this.cards = cards;
    this.channels = channels;
    this.groups = groups;
    this.uses = uses;
  }

  @Needs(Action.INTEGRATION_WRITE)
  @GetMapping(CHANNEL + "/disable")
  ModelAndView ask(Viewer viewer, @PathVariable String key) {
    ChannelCard card = cards.get(viewer, key);
    List<String> shared =
        groups.of(viewer.shop().id()).stream()
            .filter(
                group ->
                    group.members().stream().anyMatch(member -> member.channelKey().equals(key)))
            .map(group -> group.name())
            .toList();
    ChannelUses.Uses used = uses.of(ChannelCards.payers(viewer, List.of(card.channel())), key);
    return Styled.page("console/channel-off", "integration")
        .addObject("card", card)
        .addObject("groups", shared)
        .addObject("uses", used)
        .addObject(
            "amounts",
            used.amounts().stream().map(one -> Amounts.of(one, viewer.korean())).toList());
  }

  @Needs(Action.INTEGRATION_WRITE)
  @PostMapping(CHANNEL + "/disable")
  String disable(Viewer viewer, @PathVariable String key) {
    cards.get(viewer, key);
    channels.disable(viewer.actor(), viewer.shop().id(), key);
    return Frame.back(ChannelsPage.CHANNELS + "/" + key, "channel-off");
  }

  @Needs(Action.INTEGRATION_WRITE)
  @PostMapping(CHANNEL + "/enable")
  String enable(Viewer viewer, @PathVariable String key) {
    cards.get(viewer, key);
    channels.enable(viewer.actor(), viewer.shop().id(), key);
    return Frame.back(ChannelsPage.CHANNELS + "/" + key, "channel-on");
  }
}
