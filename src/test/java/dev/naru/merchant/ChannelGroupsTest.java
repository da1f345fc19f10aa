package dev.naru.merchant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.naru.connector.Connector;
import dev.naru.connector.Pg;
import dev.naru.kernel.Failed;
import dev.naru.merchant.ChannelGroup.Member;
import dev.naru.merchant.ChannelGroups.Weighted;
import dev.naru.pg.Gateways;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ChannelGroupsTest {

  private static final Instant NOON = Instant.parse("2026-11-23T03:00:00Z");

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  private static Weighted weighted(String key, int percent) {
    Pg<?> pg = Gateways.ALL.getFirst();
    Connector none = new Connector() {};
    return new Weighted(new Channel(1, key, key, pg, "mid", Pg.Mode.SANDBOX, none), percent);
  }

  private double share(String key, List<Weighted> candidates) {
    long first =
        IntStream.range(0, 20_000)
            .filter(
                n -> ChannelGroups.drawn(candidates, random).getFirst().channel().key().equals(key))
            .count();
    return first / 20_000.0;
  }

  @Test
  void drawsByWeight() {
    List<Weighted> group = List.of(weighted("a", 10), weighted("b", 30), weighted("c", 60));
    assertThat(share("a", group)).as("seed " + seed).isCloseTo(0.10, within(0.02));
    assertThat(share("c", group)).as("seed " + seed).isCloseTo(0.60, within(0.02));
  }

  /** V1's example: B 10, C 30 and D 60 without a key on D are drawn 10 to 30. */
  @Test
  void weightsAreThoseOfWhatIsLeft() {
    List<Weighted> group = List.of(weighted("b", 10), weighted("c", 30));
    assertThat(share("b", group)).as("seed " + seed).isCloseTo(0.25, within(0.02));
  }

  @Test
  void whatWeighsNothingIsDrawnOnlyAmongItsLike() {
    assertThat(share("a", List.of(weighted("a", 0), weighted("b", 1)))).isZero();
    assertThat(share("a", List.of(weighted("a", 0), weighted("b", 0))))
        .as("seed " + seed)
        .isCloseTo(0.5, within(0.02));
  }

  @Test
  void theOthersFollow() {
    List<Weighted> group = List.of(weighted("a", 0), weighted("b", 100), weighted("c", 0));
    List<Weighted> drawn = ChannelGroups.drawn(group, random);
    assertThat(drawn).hasSize(3).containsExactlyInAnyOrderElementsOf(group);
    assertThat(drawn.getFirst().channel().key()).isEqualTo("b");
  }

  @Test
  void aPlannedChangeComesIntoForceByItself() {
    List<Member> later = List.of(new Member("b", 100, true));
    ChannelGroup group =
        new ChannelGroup(
            "g",
            "Group",
            List.of(new Member("a", 100, true)),
            new ChannelGroup.Planned(NOON, later));
    assertThat(group.members(NOON.minusSeconds(1))).containsExactly(new Member("a", 100, true));
    assertThat(group.members(NOON)).isEqualTo(later);
  }

  @Test
  void refusesWhatIsNoGroup() {
    refused();
    refused(new Member("a", 99, true));
    refused(new Member("a", 50, true), new Member("a", 50, true));
    refused(new Member("a", 150, true), new Member("b", -50, true));
    refused(
        IntStream.range(0, 11)
            .mapToObj(n -> new Member("c" + n, n == 0 ? 100 : 0, true))
            .toArray(Member[]::new));
    assertThatThrownBy(
            () ->
                new ChannelGroup.Planned(NOON.plusSeconds(60), List.of(new Member("a", 100, true))))
        .isInstanceOf(Failed.class);
  }

  private static void refused(Member... members) {
    assertThatThrownBy(() -> new ChannelGroup("g", "Group", List.of(members), null))
        .isInstanceOf(Failed.class);
  }
}
