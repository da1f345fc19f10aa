package dev.naru.console.channel;

import dev.naru.account.Action;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Styled;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Settings;
import dev.naru.merchant.ApiKeys;
import dev.naru.merchant.Merchant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The code that a page and a server need for a channel, with the shop's own names in it. */
@ConsolePage
class ChannelCodePage {

  private final ChannelCards cards;
  private final ApiKeys keys;
  private final Settings settings;
  private final MessageSource texts;

  ChannelCodePage(ChannelCards cards, ApiKeys keys, Settings settings, MessageSource texts) {
    this.cards = cards;
    this.keys = keys;
    this.settings = settings;
    this.texts = texts;
  }

  @Needs(Action.INTEGRATION_READ)
  @GetMapping(ChannelsPage.CHANNELS + "/{key}/code")
  ModelAndView show(
      Viewer viewer, @PathVariable String key, @RequestParam(defaultValue = "sdk") String in) {
    ChannelCard card = cards.get(viewer, key);
    String language = Samples.LANGUAGES.contains(in) ? in : Samples.LANGUAGES.getFirst();
    boolean identity = card.abilities().contains(Ability.IDENTITY);
    String file = language.equals("sdk") && identity ? "sdk-identity" : language;
    return Styled.page("console/channel-code", "integration")
        .addObject("card", card)
        .addObject("languages", Samples.LANGUAGES)
        .addObject("language", language)
        .addObject("code", Samples.of(file, values(viewer, key, identity)));
  }

  private Map<String, String> values(Viewer viewer, String key, boolean identity) {
    Map<String, String> values = new HashMap<>();
    for (String text :
        new String[] {"item", "buy", "verify", "checkOnServer", "compare", "your-key"}) {
      values.put(text, text("sample." + text, viewer.korean()));
    }
    Merchant shop = viewer.shop();
    Merchant representative = shop.parentId() == null ? shop : viewer.home();
    values.put("base", settings.baseUrl().toString());
    values.put("channelKey", key);
    values.put("what", identity ? "certifications" : "payments");
    values.put(
        "impKey",
        keys.of(representative.id()).stream()
            .filter(ApiKeys.Shown::isOpen)
            .map(ApiKeys.Shown::impKey)
            .findFirst()
            .orElse(values.get("your-key")));
    tier(values, shop);
    return values;
  }

  /** A sub-shop acts by its representative's key, and says by a header that it is meant. */
  private static void tier(Map<String, String> values, Merchant shop) {
    String code = shop.tierCode();
    String userCode = shop.userCode();
    boolean tier = code != null;
    String own = tier ? userCode.substring(0, userCode.lastIndexOf('.')) : userCode;
    values.put(
        "init", tier ? "IMP.agency('%s', '%s');".formatted(own, code) : "IMP.init('" + own + "');");
    values.put("javaTier", tier ? ".header(\"Tier\", \"" + code + "\")" : "");
    values.put("nodeTier", tier ? ", Tier: '" + code + "'" : "");
    values.put("pythonTier", tier ? ", \"Tier\": \"" + code + "\"" : "");
    values.put("phpTier", tier ? ", 'Tier: " + code + "'" : "");
    values.put("curlTier", tier ? " -H 'Tier: " + code + "'" : "");
  }

  private String text(String key, boolean korean) {
    return String.valueOf(texts.getMessage(key, null, korean ? Locale.KOREAN : Locale.ENGLISH));
  }
}
