package dev.naru.merchant;

import dev.naru.kernel.Failed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Channels that share a shop's payments by weight: V1's smart routing.
 *
 * @param id {@code channel-group-live-…} or {@code channel-group-test-…}
 * @param planned what the members will be from some full hour on
 */
public record ChannelGroup(
    String id, String name, List<Member> members, @Nullable Planned planned) {

  private static final int MOST = 10;

  /**
   * A channel of the group.
   *
   * @param percent its weight; a member of 0 % is drawn only if all weigh nothing
   */
  public record Member(String channelKey, int percent, boolean enabled) {}

  /** A change that comes into force by itself. */
  public record Planned(Instant at, List<Member> members) {

    public Planned {
      members = checked(members);
      if (!at.truncatedTo(ChronoUnit.HOURS).equals(at)) {
        throw Failed.invalid(Refusal.GROUP_NOT_ON_THE_HOUR);
      }
    }
  }

  /** Throws {@link Failed} invalid unless there are 1 to 10 channels of 100 % together. */
  public ChannelGroup {
    members = checked(members);
  }

  /** The members that count at a time. */
  public List<Member> members(Instant now) {
    return planned == null || now.isBefore(planned.at()) ? members : planned.members();
  }

  /** As it is at a time: what was planned and has come is planned no more. */
  public ChannelGroup at(Instant now) {
    return planned == null || now.isBefore(planned.at())
        ? this
        : new ChannelGroup(id, name, planned.members(), null);
  }

  private static List<Member> checked(List<Member> members) {
    long different = members.stream().map(Member::channelKey).distinct().count();
    if (members.isEmpty() || members.size() > MOST || different < members.size()) {
      throw Failed.invalid(Refusal.GROUP_SIZE);
    }
    boolean negative = members.stream().anyMatch(member -> member.percent() < 0);
    if (negative || members.stream().mapToInt(Member::percent).sum() != 100) {
      throw Failed.invalid(Refusal.GROUP_SUM);
    }
    return List.copyOf(members);
  }
}
