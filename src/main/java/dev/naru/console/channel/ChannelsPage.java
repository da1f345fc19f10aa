package dev.naru.console.channel;

import dev.naru.account.Action;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Styled;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Settings;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** The channels of a shop, and how they are. */
@ConsolePage
class ChannelsPage {

  static final String CHANNELS = "/console/channels";

  private final ChannelCards cards;
  private final Settings settings;

  ChannelsPage(ChannelCards cards, Settings settings) {
    this.cards = cards;
    this.settings = settings;
  }

  @Needs(Action.INTEGRATION_READ)
  @GetMapping(CHANNELS)
  ModelAndView list(Viewer viewer) {
    return Styled.page("console/channels", "integration")
        .addObject("cards", cards.of(viewer))
        .addObject("rehearsal", settings.rehearsal());
  }
}
