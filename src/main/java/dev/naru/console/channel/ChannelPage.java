package dev.naru.console.channel;

import dev.naru.account.Action;
import dev.naru.connector.Capability.Notifies;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Styled;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Settings;
import dev.naru.kernel.Why;
import dev.naru.merchant.ChannelSetup;
import dev.naru.merchant.reach.ReturnAddresses;
import dev.naru.merchant.setup.ChannelDraft;
import dev.naru.merchant.setup.ChannelTest;
import dev.naru.merchant.setup.ConfigForm;
import dev.naru.merchant.setup.SetUp;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** One channel: what it is, how it is, and what of it may be changed. */
@ConsolePage
class ChannelPage {

  private static final String CHANNEL = ChannelsPage.CHANNELS + "/{key}";

  private final ChannelCards cards;
  private final ChannelSetup channels;
  private final ChannelTest test;
  private final Settings settings;

  ChannelPage(ChannelCards cards, ChannelSetup channels, ChannelTest test, Settings settings) {
    this.cards = cards;
    this.channels = channels;
    this.test = test;
    this.settings = settings;
  }

  @Needs(Action.INTEGRATION_READ)
  @GetMapping(CHANNEL)
  ModelAndView show(Viewer viewer, @PathVariable String key) {
    ChannelCard card = cards.get(viewer, key);
    ModelAndView page = page(viewer, card);
    if (card.own()) {
      ConfigForm form = ConfigForm.of(card.channel().pg(), card.channel().mode());
      Map<String, String> entered = channels.entered(viewer.shop().id(), key);
      page.addObject("lines", Fields.lines(form, entered, Map.of(), viewer.korean()));
    }
    return page;
  }

  private ModelAndView page(Viewer viewer, ChannelCard card) {
    SetUp channel = card.channel();
    boolean notifies = Notifies.class.isAssignableFrom(channel.pg().type());
    long owner = channel.givenBy() == null ? viewer.shop().id() : channel.givenBy();
    return Styled.page("console/channel", "integration")
        .addObject("card", card)
        .addObject("name", channel.name())
        .addObject("accepts", channel.acceptsUnknown())
        .addObject("rehearsal", settings.rehearsal())
        .addObject(
            "notices",
            notifies && card.own()
                ? ReturnAddresses.notices(settings.baseUrl(), owner, channel.key())
                : null);
  }

  @Needs(Action.INTEGRATION_WRITE)
  @PostMapping(CHANNEL)
  ModelAndView edit(
      Viewer viewer,
      @PathVariable String key,
      @RequestParam Map<String, String> all,
      HttpServletRequest request) {
    ChannelCard card = cards.get(viewer, key);
    SetUp channel = card.channel();
    String name = all.getOrDefault("name", "");
    boolean accepts = Boolean.parseBoolean(all.get("acceptsUnknown"));
    Map<String, String> fields = Fields.entered(all);
    ChannelDraft draft =
        new ChannelDraft(channel.pg().code(), channel.mode(), name, null, fields, accepts);
    try {
      channels.edit(viewer.actor(), viewer.shop().id(), key, draft);
      return new ModelAndView(Frame.back(ChannelsPage.CHANNELS + "/" + key, "channel-edited"));
    } catch (Failed failed) {
      ConfigForm form = ConfigForm.of(channel.pg(), channel.mode());
      Map<String, Why> problems = problems(form, fields);
      return Said.problem(
          page(viewer, card)
              .addObject("name", name)
              .addObject("accepts", accepts)
              .addObject("fieldsWrong", !problems.isEmpty())
              .addObject("lines", Fields.lines(form, fields, problems, viewer.korean())),
          failed,
          request);
    }
  }

  /** Secrets that are left empty stay, and are not missing. */
  private static Map<String, Why> problems(ConfigForm form, Map<String, String> fields) {
    Map<String, Why> problems = new HashMap<>(form.read(fields).problems());
    form.fields().stream()
        .filter(field -> field.secret() && fields.getOrDefault(field.name(), "").isBlank())
        .forEach(field -> problems.remove(field.name()));
    return problems;
  }

  /** Asks the PG for an order that cannot be there. */
  @Needs(Action.INTEGRATION_WRITE)
  @PostMapping(CHANNEL + "/test")
  ModelAndView test(Viewer viewer, @PathVariable String key) {
    ModelAndView page = show(viewer, key);
    return page.addObject("tested", test.test(viewer.shop().id(), key));
  }

  @Needs(Action.INTEGRATION_WRITE)
  @PostMapping(CHANNEL + "/first")
  String first(Viewer viewer, @PathVariable String key) {
    cards.get(viewer, key);
    channels.moveFirst(viewer.actor(), viewer.shop().id(), key);
    return Frame.back(ChannelsPage.CHANNELS, "channel-first");
  }
}
