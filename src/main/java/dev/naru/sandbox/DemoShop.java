package dev.naru.sandbox;

import dev.naru.billing.QuickWindows;
import dev.naru.connector.Pg;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Secret;
import dev.naru.kernel.Settings;
import dev.naru.merchant.ChannelGroup;
import dev.naru.merchant.ChannelGroups;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import dev.naru.merchant.PgDirectory;
import dev.naru.promotion.Plan;
import dev.naru.promotion.Promotions;
import dev.naru.promotion.Terms;
import dev.naru.webhook.Webhooks;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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

  /** Whom the register of the simulated easy pay begins with. */
  private static final String MEMBER = "naru-member";

  /** The promotion that takes a rate off. */
  static final String RATE = "rate";

  /** 10 % from 5,000 won, 15 % from 50,000. */
  private static final List<Terms.Step> RATES =
      List.of(new Terms.Step(5_000, 1_000), new Terms.Step(50_000, 1_500));

  /** 1,000 won from 5,000. */
  private static final List<Terms.Step> AMOUNTS = List.of(new Terms.Step(5_000, 1_000));

  /** Published with V1's clients as their default; opens nothing but a sandbox. */
  static final Secret SECRET =
      new Secret(
          "ekKoeW8RyKuT0zgaZsUtXXTLQ4AhPFW3ZGseDA6b" + "kA5lamv9OqDMnxyeB9wqOsuO9W3Mx9YSJ4dTqJ3f");

  private final Merchants merchants;
  private final Channels channels;
  private final ChannelGroups groups;
  private final PgDirectory pgs;
  private final Webhooks webhooks;
  private final QuickWindows quickWindows;
  private final Settings settings;
  private final Promotions promotions;
  private final HubClock clock;

  DemoShop(
      Merchants merchants,
      Channels channels,
      ChannelGroups groups,
      PgDirectory pgs,
      Webhooks webhooks,
      QuickWindows quickWindows,
      Settings settings,
      Promotions promotions,
      HubClock clock) {
    this.promotions = promotions;
    this.clock = clock;
    this.merchants = merchants;
    this.channels = channels;
    this.groups = groups;
    this.pgs = pgs;
    this.webhooks = webhooks;
    this.quickWindows = quickWindows;
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
    quickWindows.know(ID, channelKey("kcp_quick"), MEMBER);
    if (groups.find(ID, GROUP).isEmpty()) {
      groups.put(ID, new ChannelGroup(GROUP, "Demo", MEMBERS, null));
    }
    promote(RATE, "365", new Terms(Terms.Kind.RATE, RATES, 5_000L));
    promote("amount", "366", new Terms(Terms.Kind.AMOUNT, AMOUNTS, null));
    if (webhooks.setting(ID).url() == null) {
      webhooks.update(ID, new Webhooks.Setting(settings.baseUrl() + "/sandbox/hooks/demo", false));
    }
  }

  /** As its channels, a promotion has the same id on every machine. */
  static String promotionId(String name) {
    return Promotions.PREFIX + "-" + uuid("promotion/" + name);
  }

  private void promote(String name, String cardCode, Terms terms) {
    String id = promotionId(name);
    if (promotions.find(ID, id).isEmpty()) {
      Instant now = clock.instant();
      Instant end = now.atZone(HubClock.SEOUL).plusYears(100).toInstant();
      promotions.make(
          ID, id, new Plan("Demo " + name, cardCode, now, end, 1_000_000_000, true, terms));
    }
  }

  private static UUID uuid(String name) {
    return UUID.nameUUIDFromBytes(("demo/" + name).getBytes(StandardCharsets.UTF_8));
  }

  /** The same on every machine, so that a shop's configuration can name it. */
  private static String channelKey(String pgCode) {
    return "channel-key-" + uuid(pgCode);
  }
}
