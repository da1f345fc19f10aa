package dev.naru.console.channel;

import dev.naru.kernel.Failed;
import dev.naru.merchant.ChannelGroup.Member;
import dev.naru.merchant.Refusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shares of channels in a form of the console. */
final class GroupForm {

  private GroupForm() {}

  /**
   * A channel with its share.
   *
   * @param percent as entered; empty for one that is not in the group
   */
  public record Row(ChannelCard card, String percent, boolean on) {

    public String key() {
      return card.channel().key();
    }
  }

  /** Each channel with the share that it has. */
  static List<Row> rows(List<ChannelCard> cards, Collection<Member> members) {
    return cards.stream()
        .map(
            card -> {
              Member member = member(members, card.channel().key());
              return new Row(
                  card,
                  member == null ? "" : Integer.toString(member.percent()),
                  member == null || member.enabled());
            })
        .toList();
  }

  private static @Nullable Member member(Collection<Member> members, String key) {
    return members.stream().filter(one -> one.channelKey().equals(key)).findFirst().orElse(null);
  }

  /** Each channel with the share that was entered. */
  static List<Row> rows(List<ChannelCard> cards, Map<String, String> entered) {
    return cards.stream()
        .map(
            card -> {
              String key = card.channel().key();
              return new Row(
                  card,
                  entered.getOrDefault("percent." + key, ""),
                  entered.containsKey("on." + key));
            })
        .toList();
  }

  /**
   * Those that have a share.
   *
   * @throws Failed invalid for what is no number of percent
   */
  static List<Member> members(List<Row> rows) {
    List<Member> members = new ArrayList<>();
    for (Row row : rows) {
      String percent = row.percent().strip();
      if (percent.isEmpty()) {
        continue;
      }
      if (!percent.matches("\\d{1,3}")) {
        throw Failed.invalid(Refusal.GROUP_SUM);
      }
      members.add(new Member(row.key(), Integer.parseInt(percent), row.on()));
    }
    return members;
  }
}
