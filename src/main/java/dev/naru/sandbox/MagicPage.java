package dev.naru.sandbox;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Channel;
import dev.naru.merchant.ChannelGroup;
import dev.naru.merchant.ChannelGroups;
import dev.naru.merchant.Channels;
import dev.naru.sandbox.demo.DemoShop;
import dev.naru.sandbox.shown.Shown;
import dev.naru.shops.Published;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a developer may type into a sandbox: the demo shop's keys, channels and group as they are in
 * the database, and the magic cards and phones as the simulators tell them.
 */
@RestController
@Conditional(SandboxOnly.class)
class MagicPage {

  private final SimulatorDesk simulators;
  private final Channels channels;
  private final ChannelGroups groups;
  private final Settings settings;
  private final JsonMapper json;

  MagicPage(
      SimulatorDesk simulators,
      Channels channels,
      ChannelGroups groups,
      Settings settings,
      JsonMapper json) {
    this.simulators = simulators;
    this.channels = channels;
    this.groups = groups;
    this.settings = settings;
    this.json = json;
  }

  @GetMapping("/sandbox/cards")
  ModelAndView page(HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    return Shown.page("sandbox/cards", request, response).addAllObjects(values());
  }

  /** The same for programs: tests can take their cards from here. */
  @GetMapping("/sandbox/cards.json")
  Map<String, Object> values() throws InterruptedException {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("user_code", DemoShop.USER_CODE);
    values.put("keys", Published.KEYS);
    values.put("secret", Published.SECRET.reveal());
    values.put("base_url", settings.baseUrl().toString());
    values.put("simulator_url", String.valueOf(settings.simulatorUrl()));
    values.put("channels", channels.of(DemoShop.ID).stream().map(MagicPage::channel).toList());
    values.put(
        "groups", groups.find(DemoShop.ID, DemoShop.GROUP).stream().map(MagicPage::group).toList());
    values.put("magic", magic());
    return values;
  }

  private static Map<String, Object> channel(Channel channel) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("pg", channel.pg().code());
    one.put("name", channel.pg().nameKo());
    one.put("name_en", channel.pg().nameEn());
    one.put("mid", channel.mid());
    one.put("channel_key", channel.key());
    one.put("emulated", channel.pg().emulated());
    one.put("capabilities", channel.pg().capabilities());
    return one;
  }

  private static Map<String, Object> group(ChannelGroup group) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("channel_group_id", group.id());
    one.put("members", group.members());
    return one;
  }

  /** Null while the simulators cannot be reached. */
  private @Nullable Map<?, ?> magic() throws InterruptedException {
    try {
      ResponseEntity<byte[]> answer = simulators.ask("GET", "/_sim/magic/table");
      byte[] body = answer.getBody();
      return body == null || answer.getStatusCode().isError()
          ? null
          : json.readValue(body, Map.class);
    } catch (Failed away) {
      return null;
    }
  }
}
