package dev.naru.merchant;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
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
  private final HubClock clock;

  ChannelGroups(ChannelGroupStore store, Channels channels, HubClock clock) {
    this.store = store;
    this.channels = channels;
    this.clock = clock;
  }

  /**
   * Makes a group or replaces it.
   *
   * @throws Failed invalid for a channel that is not the merchant's, for live and test channels
   *     together, and for a planned change in the past
   */
  public void put(long merchantId, ChannelGroup group) {
    List<ChannelGroup.Member> all = new ArrayList<>(group.members());
    ChannelGroup.Planned planned = group.planned();
    if (planned != null) {
      if (!planned.at().isAfter(clock.instant())) {
        throw Failed.invalid("채널 그룹의 변경 예약 시각은 현재 시각 이후여야 합니다.");
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
      throw Failed.invalid("실연동 채널과 테스트 채널을 한 그룹에 둘 수 없습니다.");
    }
    store.put(merchantId, group);
  }

  private Channel channel(long merchantId, String key) {
    return channels
        .byKey(merchantId, key)
        .orElseThrow(() -> Failed.invalid("등록되지 않은 채널 키(channel_key)입니다."));
  }

  public Optional<ChannelGroup> find(long merchantId, String groupId) {
    return store.find(merchantId, groupId);
  }

  /** Throws {@link Failed} invalid, if there is no such group. */
  public ChannelGroup get(long merchantId, String groupId) {
    return find(merchantId, groupId)
        .orElseThrow(() -> Failed.invalid("등록되지 않은 채널 그룹(channel_group_id)입니다."));
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
      throw Failed.invalid("채널 그룹에 이 결제를 처리할 수 있는 채널이 없습니다.");
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
