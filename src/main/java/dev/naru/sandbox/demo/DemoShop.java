package dev.naru.sandbox.demo;

import dev.naru.billing.quick.QuickWindows;
import dev.naru.connector.Capability;
import dev.naru.connector.Capability.KeyIn;
import dev.naru.connector.Capability.QuickWindow;
import dev.naru.connector.Pg;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Settings;
import dev.naru.merchant.ApiKeys;
import dev.naru.merchant.ChannelGroup;
import dev.naru.merchant.ChannelGroups;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.file.FileKeeping;
import dev.naru.merchant.file.Kept;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.promotion.Plan;
import dev.naru.promotion.Promotions;
import dev.naru.promotion.Terms;
import dev.naru.sandbox.SandboxOnly;
import dev.naru.shops.Published;
import dev.naru.shops.Seed;
import dev.naru.shops.ShopFile;
import dev.naru.webhook.Webhooks;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

/**
 * The shop a sandbox begins with: the user code, keys and secret that V1's clients default to, and
 * one channel to each PG with the PG's public test credentials.
 */
@Component
@Conditional(SandboxOnly.class)
public class DemoShop implements Seed {

  public static final long ID = 1;
  public static final String USER_CODE = Published.USER_CODE;

  /** Two channels with half of the payments each, so that a shop can try smart routing. */
  public static final String GROUP =
      "channel-group-test-" + UUID.nameUUIDFromBytes("demo".getBytes(StandardCharsets.UTF_8));

  /** Whom the register of the simulated easy pay begins with. */
  private static final String MEMBER = "naru-member";

  /** The promotion that takes a rate off. */
  static final String RATE = "rate";

  /** 10 % from 5,000 won, 15 % from 50,000. */
  private static final List<Terms.Step> RATES =
      List.of(new Terms.Step(5_000, 1_000), new Terms.Step(50_000, 1_500));

  /** 1,000 won from 5,000. */
  private static final List<Terms.Step> AMOUNTS = List.of(new Terms.Step(5_000, 1_000));

  private static final Logger LOG = LoggerFactory.getLogger(DemoShop.class);

  private final Merchants merchants;
  private final Channels channels;
  private final ChannelGroups groups;
  private final PgDirectory pgs;
  private final Webhooks webhooks;
  private final QuickWindows quickWindows;
  private final Settings settings;
  private final Promotions promotions;
  private final HubClock clock;
  private final ShopFile file;
  private final ApiKeys keys;
  private final FileKeeping keeping;

  DemoShop(
      ShopFile file,
      ApiKeys keys,
      FileKeeping keeping,
      Merchants merchants,
      Channels channels,
      ChannelGroups groups,
      PgDirectory pgs,
      Webhooks webhooks,
      QuickWindows quickWindows,
      Settings settings,
      Promotions promotions,
      HubClock clock) {
    this.file = file;
    this.keys = keys;
    this.keeping = keeping;
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

  /** Whatever of it a shop file names is the file's. */
  @Override
  public void sow() {
    boolean mine = !file.names(USER_CODE);
    merchants.add(
        new Merchant(ID, 1, USER_CODE, null, null, "Naru Demo"),
        Published.KEYS.stream()
            .filter(key -> mine && !file.hasKey(key))
            .collect(Collectors.toMap(key -> key, key -> Published.SECRET)));
    keys.of(ID).stream()
        .filter(key -> !mine || file.hasKey(key.impKey()))
        .filter(key -> key.isOpen() && !keptByFile(key.impKey()))
        .forEach(key -> keys.end(Actor.HUB, ID, key.impKey()));
    if (mine) {
      furnish();
    }
  }

  private boolean keptByFile(String key) {
    return keeping.find(new Kept.Name(ID, Kept.Kind.KEY, key)).isPresent();
  }

  private void furnish() {
    pgs.all().forEach(pg -> channels.renew(ID, pg));
    for (Pg<?> pg : pgs.all()) {
      // Looked for first, since some test credentials are made when they are asked for.
      if (channels.of(ID).stream().noneMatch(one -> one.pg().code().equals(pg.code()))) {
        join(pg);
      }
    }
    able(QuickWindow.class).forEach(pg -> quickWindows.know(ID, channelKey(pg.code()), MEMBER));
    if (groups.find(ID, GROUP).isEmpty()) {
      List<ChannelGroup.Member> members =
          able(KeyIn.class)
              .limit(2)
              .map(pg -> new ChannelGroup.Member(channelKey(pg.code()), 50, true))
              .toList();
      groups.put(Actor.HUB, ID, new ChannelGroup(GROUP, "Demo", members, null));
    }
    promote(RATE, "365", new Terms(Terms.Kind.RATE, RATES, 5_000L));
    promote("amount", "366", new Terms(Terms.Kind.AMOUNT, AMOUNTS, null));
    if (webhooks.setting(ID).url() == null) {
      String url = settings.baseUrl() + "/sandbox/hooks/demo";
      webhooks.update(Actor.HUB, ID, new Webhooks.Setting(url, false));
    }
  }

  /** The PGs that can do this. */
  private Stream<Pg<?>> able(Class<? extends Capability> capability) {
    return pgs.all().stream().filter(pg -> capability.isAssignableFrom(pg.type()));
  }

  /**
   * What a PG does not take, for instance a long address of this sandbox, costs its channel alone.
   */
  private void join(Pg<?> pg) {
    try {
      channels.add(ID, freeKey(pg.code()), pg, Pg.Mode.SANDBOX, pg.demo());
    } catch (Failed refused) {
      LOG.warn("no demo channel to {}: {}", pg.code(), refused.getMessage());
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
          Actor.HUB,
          ID,
          id,
          new Plan("Demo " + name, cardCode, now, end, 1_000_000_000, true, terms));
    }
  }

  private static UUID uuid(String name) {
    return UUID.nameUUIDFromBytes(("demo/" + name).getBytes(StandardCharsets.UTF_8));
  }

  /** A PG may have got the code that another had when this sandbox began. */
  private String freeKey(String pgCode) {
    String key = channelKey(pgCode);
    return channels.byKey(ID, key).isEmpty() ? key : channelKey(pgCode + "/2");
  }

  /** The same on every machine, so that a shop's configuration can name it. */
  private static String channelKey(String pgCode) {
    return "channel-key-" + uuid(pgCode);
  }
}
