package dev.naru.merchant;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Changes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/** A merchant's channel groups, and which of their channels a payment takes. */
@Component
public class ChannelGroups {

  private final ChannelGroupStore store;
  private final Channels channels;
  private final Changes changes;
  private final Ids ids;
  private final HubClock clock;

  ChannelGroups(
      ChannelGroupStore store, Channels channels, Changes changes, Ids ids, HubClock clock) {
    this.changes = changes;
    this.store = store;
    this.channels = channels;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * A new group, of the environment that its channels are of.
   *
   * @throws Failed as {@link #put}
   */
  public ChannelGroup create(
      Actor actor, long merchantId, String name, List<ChannelGroup.Member> members) {
    ChannelGroup group = new ChannelGroup(newId(merchantId, members), name, members, null);
    return put(actor, merchantId, group);
  }

  private String newId(long merchantId, List<ChannelGroup.Member> members) {
    boolean live =
        members.stream().anyMatch(one -> !channel(merchantId, one.channelKey()).sandbox());
    return ids.opaque(live ? "channel-group-live" : "channel-group-test");
  }

  /**
   * Changes what a group is called, its members, and what they will be.
   *
   * @throws Failed as {@link #put}; invalid, if there is no such group
   */
  public ChannelGroup edit(Actor actor, long merchantId, ChannelGroup group) {
    get(merchantId, group.id());
    return put(actor, merchantId, group);
  }

  private static ChannelGroup named(ChannelGroup group) {
    String name = Shops.named(group.name(), Refusal.WRONG_GROUP_NAME.with(Shops.LONGEST_NAME));
    return new ChannelGroup(group.id(), name, group.members(), group.planned());
  }

  /**
   * Makes a group or replaces it.
   *
   * @return the group with its name as it was saved
   * @throws Failed invalid for a bad name, for a channel that is not the merchant's, for live and
   *     test channels together, and for a planned change in the past
   */
  public ChannelGroup put(Actor actor, long merchantId, ChannelGroup wanted) {
    ChannelGroup group = named(wanted);
    List<ChannelGroup.Member> all = new ArrayList<>(group.members());
    ChannelGroup.Planned planned = group.planned();
    if (planned != null) {
      if (!planned.at().isAfter(clock.instant())) {
        throw Failed.invalid(Refusal.GROUP_IN_PAST);
      }
      all.addAll(planned.members());
    }
    long environments =
        all.stream()
            .map(member -> channel(merchantId, member.channelKey()))
            .map(Channel::sandbox)
            .distinct()
            .count();
    if (environments > 1) {
      throw Failed.invalid(Refusal.GROUP_MIXED);
    }
    return changes.make(
        actor,
        merchantId,
        Act.GROUP_SAVED,
        group.id(),
        change -> {
          change.before(store.find(merchantId, group.id()).orElse(null)).after(group);
          store.put(merchantId, group);
          return group;
        });
  }

  /**
   * For good: requests with its id are refused from now on.
   *
   * @throws Failed invalid, if there is no such group
   */
  public void delete(Actor actor, long merchantId, String groupId) {
    changes.make(
        actor,
        merchantId,
        Act.GROUP_DELETED,
        groupId,
        change -> {
          change.before(get(merchantId, groupId));
          store.delete(merchantId, groupId);
          return groupId;
        });
  }

  /** All of a merchant, by their names. */
  public List<ChannelGroup> of(long merchantId) {
    return store.of(merchantId);
  }

  private Channel channel(long merchantId, String key) {
    return channels
        .byKey(merchantId, key)
        .orElseThrow(() -> Failed.invalid(Refusal.UNKNOWN_CHANNEL));
  }

  public Optional<ChannelGroup> find(long merchantId, String groupId) {
    return store.find(merchantId, groupId);
  }

  /** Throws {@link Failed} invalid, if there is no such group. */
  public ChannelGroup get(long merchantId, String groupId) {
    return find(merchantId, groupId).orElseThrow(() -> Failed.invalid(Refusal.UNKNOWN_GROUP));
  }

  /** The channels of a group that are enabled now. */
  public List<Channel> enabled(long merchantId, ChannelGroup group) {
    return weighted(merchantId, group).stream().map(Weighted::channel).toList();
  }

  /**
   * Draws by weight among the enabled channels that can do it: first the one to take, then those to
   * take if that one proves not to have charged.
   *
   * @throws Failed invalid, if the group is unknown or none of its channels can
   */
  public List<Channel> draw(long merchantId, String groupId, Predicate<Channel> can) {
    List<Channel> drawn = draw(merchantId, get(merchantId, groupId), can);
    if (drawn.isEmpty()) {
      throw Failed.invalid(Refusal.NO_CHANNEL_IN_GROUP);
    }
    return drawn;
  }

  /** The same; empty if none of its channels can. */
  public List<Channel> draw(long merchantId, ChannelGroup group, Predicate<Channel> can) {
    List<Weighted> candidates =
        weighted(merchantId, group).stream().filter(one -> can.test(one.channel())).toList();
    return drawn(candidates, ThreadLocalRandom.current()).stream().map(Weighted::channel).toList();
  }

  private List<Weighted> weighted(long merchantId, ChannelGroup group) {
    return group.members(clock.instant()).stream()
        .filter(ChannelGroup.Member::enabled)
        .flatMap(
            member ->
                channels.of(merchantId).stream()
                    .filter(channel -> channel.key().equals(member.channelKey()))
                    .map(channel -> new Weighted(channel, member.percent())))
        .toList();
  }

  record Weighted(Channel channel, int percent) {}

  /** All of them, in an order in which each draw among those that are left follows the weights. */
  static List<Weighted> drawn(List<Weighted> candidates, RandomGenerator random) {
    List<Weighted> left = new ArrayList<>(candidates);
    List<Weighted> order = new ArrayList<>();
    while (!left.isEmpty()) {
      order.add(left.remove(pick(left, random)));
    }
    return order;
  }

  private static int pick(List<Weighted> among, RandomGenerator random) {
    int all = among.stream().mapToInt(Weighted::percent).sum();
    if (all == 0) {
      return random.nextInt(among.size());
    }
    int point = random.nextInt(all);
    int at = 0;
    while (point >= among.get(at).percent()) {
      point -= among.get(at).percent();
      at++;
    }
    return at;
  }
}
