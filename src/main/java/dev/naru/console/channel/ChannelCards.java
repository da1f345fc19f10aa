package dev.naru.console.channel;

import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.merchant.ChannelSetup;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Refusal;
import dev.naru.merchant.file.FileKeeping;
import dev.naru.merchant.file.Kept;
import dev.naru.merchant.reach.PgReach;
import dev.naru.merchant.setup.SetUp;
import dev.naru.payment.health.ChannelHealth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Puts together what the console knows of the channels of the shop that is looked at. */
@Component
class ChannelCards {

  private final ChannelSetup channels;
  private final ChannelHealth health;
  private final PgReach reach;
  private final FileKeeping files;

  ChannelCards(ChannelSetup channels, ChannelHealth health, PgReach reach, FileKeeping files) {
    this.channels = channels;
    this.health = health;
    this.reach = reach;
    this.files = files;
  }

  /** Its default first. */
  List<ChannelCard> of(Viewer viewer) {
    List<SetUp> all = channels.list(viewer.shop().id());
    Map<Long, Merchant> shops =
        viewer.everyShop().stream().collect(Collectors.toMap(Merchant::id, Function.identity()));
    Map<String, ChannelHealth.Seen> seen = health.of(payers(viewer, all));
    Map<String, Kept> kept =
        files.of(viewer.shop().id()).stream()
            .filter(one -> one.name().kind() == Kept.Kind.CHANNEL)
            .collect(Collectors.toMap(one -> one.name().id(), Function.identity()));
    Set<Ability> taken = EnumSet.noneOf(Ability.class);
    List<ChannelCard> cards = new ArrayList<>();
    for (SetUp channel : all) {
      List<Ability> abilities = Ability.of(channel.pg());
      List<Ability> defaults =
          abilities.stream()
              .filter(one -> channel.enabled() && one.isChosen() && taken.add(one))
              .toList();
      cards.add(
          new ChannelCard(
              channel,
              abilities,
              defaults,
              seen.getOrDefault(channel.key(), ChannelHealth.Seen.NOTHING),
              reach.of(channel.pg().provider()),
              kept.get(channel.key()),
              channel.givenTo() == null ? null : shops.get(channel.givenTo())));
    }
    return cards;
  }

  /**
   * @throws Failed not found, if the shop that is looked at has no such channel
   */
  ChannelCard get(Viewer viewer, String channelKey) {
    return of(viewer).stream()
        .filter(card -> card.channel().key().equals(channelKey))
        .findFirst()
        .orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN_CHANNEL));
  }

  /** Who pays by these channels: the shop itself, and the sub-shops that were handed some. */
  static Set<Long> payers(Viewer viewer, List<SetUp> channels) {
    return Stream.concat(
            Stream.of(viewer.shop().id()),
            channels.stream().map(SetUp::givenTo).filter(Objects::nonNull))
        .collect(Collectors.toSet());
  }
}
