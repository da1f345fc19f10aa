package dev.naru.sandbox;

import dev.naru.connector.Pg;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Settings;
import dev.naru.merchant.ChannelGroup;
import dev.naru.merchant.ChannelGroups;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import dev.naru.merchant.PgDirectory;
import dev.naru.webhook.Webhooks;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

/**
 * The shop a sandbox begins with: the user code, keys and secret that V1's clients default to, and
 * one channel to each PG with the PG's public test credentials.
 */
@Component
@Conditional(SandboxOnly.class)
class DemoShop implements InitializingBean {

  static final long ID = 1;
  static final String USER_CODE = "imp00000000";

  /** Clients differ in how they write it. */
  static final List<String> KEYS = List.of("imp_apikey", "imp_apiKey");

  /** Half of the payments each, so that a shop can try smart routing. */
  static final String GROUP =
      "channel-group-test-" + UUID.nameUUIDFromBytes("demo".getBytes(StandardCharsets.UTF_8));

  private static final List<ChannelGroup.Member> MEMBERS =
      List.of(
          new ChannelGroup.Member(channelKey("tosspayments"), 50, true),
          new ChannelGroup.Member(channelKey("html5_inicis"), 50, true));

  /** Published with V1's clients as their default; opens nothing but a sandbox. */
  static final Secret SECRET =
      new Secret(
          "ekKoeW8RyKuT0zgaZsUtXXTLQ4AhPFW3ZGseDA6b" + "kA5lamv9OqDMnxyeB9wqOsuO9W3Mx9YSJ4dTqJ3f");

  private final Merchants merchants;
  private final Channels channels;
  private final ChannelGroups groups;
  private final PgDirectory pgs;
  private final Webhooks webhooks;
  private final Settings settings;

  DemoShop(
      Merchants merchants,
      Channels channels,
      ChannelGroups groups,
      PgDirectory pgs,
      Webhooks webhooks,
      Settings settings) {
    this.merchants = merchants;
    this.channels = channels;
    this.groups = groups;
    this.pgs = pgs;
    this.webhooks = webhooks;
    this.settings = settings;
  }

  @Override
  public void afterPropertiesSet() {
    merchants.add(
        new Merchant(ID, 1, USER_CODE, null, null, "Naru Demo"),
        KEYS.stream().collect(Collectors.toMap(key -> key, key -> SECRET)));
    for (Pg<?> pg : pgs.all()) {
      String key = channelKey(pg.code());
      // Looked for first, since some test credentials are made when they are asked for.
      if (channels.byKey(ID, key).isEmpty()) {
        channels.add(ID, key, pg, Pg.Mode.SANDBOX, pg.demo());
      }
    }
    if (groups.find(ID, GROUP).isEmpty()) {
      groups.put(ID, new ChannelGroup(GROUP, "Demo", MEMBERS, null));
    }
    if (webhooks.setting(ID).url() == null) {
      webhooks.update(ID, new Webhooks.Setting(settings.baseUrl() + "/sandbox/hooks/demo", false));
    }
  }

  /** The same on every machine, so that a shop's configuration can name it. */
  private static String channelKey(String pgCode) {
    return "channel-key-"
        + UUID.nameUUIDFromBytes(("demo/" + pgCode).getBytes(StandardCharsets.UTF_8));
  }
}
