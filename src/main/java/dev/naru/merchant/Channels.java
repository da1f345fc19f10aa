package dev.naru.merchant;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.naru.connector.Capability;
import dev.naru.connector.Pg;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Settings;
import dev.naru.merchant.audit.Changes;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.merchant.reach.ReturnAddresses;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** A merchant's channels, and which of them a request means. */
@Component
public class Channels {

  private final ChannelStore store;
  private final PgDirectory pgs;
  private final ChannelLines lines;
  private final Settings settings;
  private final JsonMapper json;
  private final HubClock clock;
  private final LoadingCache<Long, Known> byMerchant;

  /** A merchant's channels, and those that may be used for something new. */
  private record Known(List<Channel> all, List<Channel> usable) {}

  Channels(
      ChannelStore store,
      PgDirectory pgs,
      ChannelLines lines,
      Settings settings,
      JsonMapper json,
      HubClock clock,
      Changes changes) {
    this.store = store;
    this.clock = clock;
    this.pgs = pgs;
    this.lines = lines;
    this.settings = settings;
    this.json = json;
    byMerchant =
        Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build(this::load);
    changes.listen(byMerchant::invalidate);
  }

  /** All channels of a merchant, its default first. */
  public List<Channel> of(long merchantId) {
    return byMerchant.get(merchantId).usable();
  }

  /** The channel a stored payment was made by, although it may have been switched off since. */
  public Optional<Channel> byKey(long merchantId, String channelKey) {
    return byMerchant.get(merchantId).all().stream()
        .filter(channel -> channel.key().equals(channelKey))
        .findFirst();
  }

  /** The same, for what must exist because a payment refers to it. */
  public Channel get(long merchantId, String channelKey) {
    return byKey(merchantId, channelKey)
        .orElseThrow(() -> new IllegalStateException("no channel " + channelKey));
  }

  /** Which channel a request means that wants this of it. See {@link #choose}. */
  public Channel choose(
      long merchantId,
      @Nullable String channelKey,
      @Nullable String pg,
      Class<? extends Capability> capability) {
    return choose(merchantId, channelKey, pg, Use.of(capability));
  }

  /**
   * Which channel a request means: by channel_key, else by {@code pg} ({@code provider} or {@code
   * provider.MID}), else the first that can do it.
   *
   * @throws Failed invalid for an unknown channel_key or pg, and where no channel can do it;
   *     unsupported if none of those that {@code pg} names can
   */
  public Channel choose(
      long merchantId, @Nullable String channelKey, @Nullable String pg, Use use) {
    if (channelKey != null) {
      return of(merchantId).stream()
          .filter(channel -> channel.key().equals(channelKey))
          .findFirst()
          .orElseThrow(Channels::unknownChannel);
    }
    if (pg != null) {
      List<Channel> named = named(merchantId, pg).toList();
      if (named.isEmpty()) {
        throw Failed.invalid(Refusal.UNKNOWN_PG, pg);
      }
      return named.stream().filter(use::isOf).findFirst().orElseThrow(() -> use.none(pg));
    }
    return of(merchantId).stream()
        .filter(use::isOf)
        .findFirst()
        .orElseThrow(() -> Failed.invalid(Refusal.NO_CHANNEL));
  }

  /**
   * The channel by which a PG does what belongs to a payment but is a contract of its own: the one
   * the payment was made by if it can, else one of the same PG and MID that can.
   *
   * @throws Failed unsupported if no connector of this PG can; not found if the merchant has no
   *     channel to one that can
   */
  public Channel companion(Channel paidBy, Class<? extends Capability> capability) {
    if (paidBy.has(capability)) {
      return paidBy;
    }
    String provider = paidBy.pg().provider();
    boolean known =
        pgs.all().stream()
            .anyMatch(
                pg -> pg.provider().equals(provider) && capability.isAssignableFrom(pg.type()));
    if (!known) {
      paidBy.require(capability);
    }
    return named(paidBy.merchantId(), provider + "." + paidBy.mid())
        .filter(channel -> channel.has(capability))
        .findFirst()
        .orElseThrow(() -> Failed.notFound(Refusal.NO_COMPANION, provider));
  }

  /**
   * Other channels to the same PG by the same MID, which may be other merchants': the PG knows one
   * notice address per MID, and tells one of them what concerns another.
   */
  public Stream<Channel> sharing(Channel channel) {
    return store.sharing(channel).stream()
        .flatMap(holder -> byKey(holder.merchantId(), holder.key()).stream());
  }

  /** The channels of the same PG, in the same mode, that have another MID. */
  public Stream<Channel> sharing(Channel channel, String mid) {
    return store.sharing(channel, mid).stream()
        .flatMap(holder -> byKey(holder.merchantId(), holder.key()).stream());
  }

  /** The same channel_key. Throws {@link Failed} invalid, if the merchant has no such channel. */
  public @Nullable String pinned(long merchantId, @Nullable String channelKey) {
    if (channelKey != null && byKey(merchantId, channelKey).isEmpty()) {
      throw unknownChannel();
    }
    return channelKey;
  }

  /** The channel named by V1's {@code pg}. */
  public Optional<Channel> byPg(long merchantId, String pg) {
    return named(merchantId, pg).findFirst();
  }

  /** Those whose own MID it is come first. */
  private Stream<Channel> named(long merchantId, String pg) {
    int dot = pg.indexOf('.');
    String provider = dot < 0 ? pg : pg.substring(0, dot);
    String mid = dot < 0 ? "" : pg.substring(dot + 1);
    return of(merchantId).stream()
        .filter(channel -> channel.pg().answersTo(provider))
        .filter(channel -> mid.isEmpty() || channel.isMid(mid))
        .sorted(Comparator.comparing(channel -> !channel.mid().equals(mid)));
  }

  /**
   * Adds a channel; one with the same key or the same PG and MID stays as it is.
   *
   * <p>For what the hub sets up by itself: nothing of it is looked at, as {@link ChannelSetup}
   * does.
   *
   * @throws Failed invalid if the hub's addresses are too long for the PG
   */
  public void add(long merchantId, String key, Pg<?> pg, Pg.Mode mode, Record config) {
    ReturnAddresses.require(pg, settings.baseUrl(), merchantId);
    store.insert(
        new ChannelStore.Row(
            merchantId,
            key,
            pg.code(),
            pg.mid(config),
            pg.nameKo(),
            mode,
            store.of(merchantId).size(),
            json.writeValueAsString(config),
            false,
            false,
            ChannelStore.Given.NOT),
        clock.instant());
    byMerchant.invalidate(merchantId);
  }

  /**
   * Gives channels that the hub has set up itself the PG's demo config of today, if what is kept
   * has other fields: a PG that was emulated first has others than by its own protocol.
   */
  public void renew(long merchantId, Pg<?> pg) {
    Set<String> fields =
        Arrays.stream(pg.config().getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toSet());
    store.of(merchantId).stream()
        .filter(row -> row.pgProvider().equals(pg.code()) && row.given().by() == null)
        .filter(row -> !fields.equals(Set.copyOf(json.readTree(row.config()).propertyNames())))
        .forEach(row -> renew(row, pg, pg.demo()));
  }

  private void renew(ChannelStore.Row row, Pg<?> pg, Record config) {
    store.update(row.of(pg.mid(config), json.writeValueAsString(config)));
    byMerchant.invalidate(row.merchantId());
  }

  private Optional<ChannelStore.Row> row(long merchantId, String channelKey) {
    return store.of(merchantId).stream().filter(row -> row.key().equals(channelKey)).findFirst();
  }

  private Known load(long merchantId) {
    List<Channel> all = new ArrayList<>();
    List<Channel> usable = new ArrayList<>();
    for (ChannelStore.Row row : store.of(merchantId)) {
      Long giver = row.given().by();
      Optional<ChannelStore.Row> told = giver == null ? Optional.of(row) : row(giver, row.key());
      Channel channel = told.map(source -> channel(merchantId, source)).orElse(null);
      if (channel != null && told.isPresent()) {
        all.add(channel);
        if (!row.given().withdrawn() && !told.get().disabled()) {
          usable.add(channel);
        }
      }
    }
    return new Known(List.copyOf(all), List.copyOf(usable));
  }

  /** A channel for a merchant, by what its own row or its giver's says. */
  private @Nullable Channel channel(long merchantId, ChannelStore.Row row) {
    Pg<?> pg = pgs.find(row.pgProvider()).orElse(null);
    if (pg == null) {
      return null;
    }
    return lines.connect(merchantId, row, pg);
  }

  private static Failed unknownChannel() {
    return Failed.invalid(Refusal.UNKNOWN_CHANNEL);
  }
}
