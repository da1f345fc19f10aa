package dev.naru.merchant;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.naru.connector.Capability;
import dev.naru.connector.Pg;
import dev.naru.connector.http.PgHttp;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** A merchant's channels, and which of them a request means. */
@Component
public class Channels {

  private final ChannelStore store;
  private final PgDirectory pgs;
  private final PgHttp http;
  private final WireLogs wires;
  private final PgReach reach;
  private final Settings settings;
  private final JsonMapper json;
  private final HubClock clock;
  private final PgCalls calls;
  private final LoadingCache<Long, Known> byMerchant;

  /** A merchant's channels, and those that may be used for something new. */
  private record Known(List<Channel> all, List<Channel> usable) {}

  Channels(
      ChannelStore store,
      PgDirectory pgs,
      WireLogs wires,
      PgReach reach,
      Settings settings,
      JsonMapper json,
      HubClock clock,
      PgCalls calls) {
    this.calls = calls;
    this.store = store;
    this.clock = clock;
    this.pgs = pgs;
    this.wires = wires;
    this.reach = reach;
    this.settings = settings;
    this.json = json;
    this.http = wires.http();
    byMerchant =
        Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build(this::load);
  }

  /** All channels of a merchant, its default first. */
  public List<Channel> of(long merchantId) {
    return byMerchant.get(merchantId).usable();
  }

  /** The channel a stored payment was made by, although it may have been withdrawn since. */
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
        throw Failed.invalid("등록된 PG 설정 정보가 없습니다. (pg: " + pg + ")");
      }
      return named.stream().filter(use::isOf).findFirst().orElseThrow(() -> use.none(pg));
    }
    return of(merchantId).stream()
        .filter(use::isOf)
        .findFirst()
        .orElseThrow(() -> Failed.invalid("요청에 사용할 수 있는 PG 설정 정보가 없습니다."));
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
        .orElseThrow(() -> Failed.notFound("이 기능에 쓰는 PG 설정 정보가 없습니다. (" + provider + ")"));
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

  /** Adds a channel; one with the same key or the same PG and MID stays as it is. */
  public void add(long merchantId, String key, Pg<?> pg, Pg.Mode mode, Record config) {
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
            ChannelStore.Given.NOT),
        clock.instant());
    byMerchant.invalidate(merchantId);
  }

  /**
   * Gives a representative's channel to one of its sub-merchants, which may use it from now on.
   *
   * @throws Failed invalid for an unknown channel; conflict if another sub-merchant has it, or this
   *     one has a channel of its own with the same PG and MID
   */
  void give(long ownerId, String channelKey, long tierId) {
    ChannelStore.Row own =
        row(ownerId, channelKey)
            .filter(row -> row.given().by() == null)
            .orElseThrow(Channels::unknownChannel);
    boolean hasItself =
        store.of(tierId).stream()
            .filter(row -> !row.key().equals(channelKey))
            .anyMatch(row -> row.isSameContract(own));
    if (hasItself) {
      throw new Failed(new Failure.Conflict("하위상점에 같은 PG 상점아이디의 채널이 이미 있습니다."));
    }
    if (!store.give(own, tierId, clock.instant())) {
      throw new Failed(new Failure.Conflict("다른 하위상점에 할당된 채널입니다."));
    }
    byMerchant.invalidateAll(List.of(ownerId, tierId));
  }

  /** Takes it back. Payments made by it stay as they are, and can be cancelled. */
  void withdraw(long ownerId, String channelKey, long tierId) {
    store.withdraw(ownerId, channelKey, tierId);
    byMerchant.invalidateAll(List.of(ownerId, tierId));
  }

  /** The keys of the channels that a sub-merchant has of its representative. */
  List<String> given(long ownerId, long tierId) {
    return store.of(ownerId).stream()
        .filter(row -> Objects.equals(row.given().to(), tierId))
        .map(ChannelStore.Row::key)
        .toList();
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
      if (channel != null) {
        all.add(channel);
        if (!row.given().withdrawn()) {
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
    Record config = json.readValue(row.config(), pg.config());
    PgHttp bound =
        http.to(
            new PgHosts(settings.simulatorUrl()).of(pg, row.mode()),
            entry -> {
              reach.tell(pg.provider(), entry);
              wires.keep(merchantId, entry);
            });
    return new Channel(
        merchantId,
        row.key(),
        row.name(),
        pg,
        row.mid(),
        row.mode(),
        calls.counted(merchantId, row.key(), pg, pg.connect(config, bound)),
        row.merchantId() == merchantId ? row.given().lentTo() : List.of());
  }

  private static Failed unknownChannel() {
    return Failed.invalid("등록되지 않은 채널 키(channel_key)입니다.");
  }
}
