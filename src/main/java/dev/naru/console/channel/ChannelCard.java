package dev.naru.console.channel;

import dev.naru.merchant.Merchant;
import dev.naru.merchant.file.Kept;
import dev.naru.merchant.reach.PgReach;
import dev.naru.merchant.setup.SetUp;
import dev.naru.payment.health.ChannelHealth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel as the console shows it.
 *
 * @param defaults for what a request that names no channel gets this one
 * @param kept where it stands in the shop file, which alone changes it then; null for nowhere
 * @param holder the sub-shop that it was handed to; null for none
 */
public record ChannelCard(
    SetUp channel,
    List<Ability> abilities,
    List<Ability> defaults,
    ChannelHealth.Seen health,
    PgReach.State reach,
    @Nullable Kept kept,
    @Nullable Merchant holder) {

  /** Whether it is the shop's own, and not its representative's. */
  public boolean own() {
    return channel.givenBy() == null;
  }

  /** Whether it is changed here. */
  public boolean open() {
    return own() && kept == null;
  }

  /** Whether it is what a request gets that names no channel, whatever of this it wants. */
  public boolean defaultOfAll() {
    return !defaults.isEmpty()
        && defaults.size() == abilities.stream().filter(Ability::isChosen).count();
  }

  /** In place of the PG's logo. */
  public String mark(boolean korean) {
    return Mark.of(channel.pg(), korean);
  }

  /** As V1's {@code pg} names it. */
  public String pg() {
    return channel.pg().provider() + "." + channel.mid();
  }
}
