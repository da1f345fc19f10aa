package dev.naru.api.billing;

import dev.naru.api.wire.Params;
import dev.naru.billing.BillingKeys;
import dev.naru.billing.key.BillingKey;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** By which channel a billing key will be charged, as far as that is known before. */
@Component
public class KeyChannels {

  private final BillingKeys keys;
  private final Channels channels;

  KeyChannels(BillingKeys keys, Channels channels) {
    this.keys = keys;
    this.channels = channels;
  }

  /**
   * Empty if there is no such key, or several of which none is named.
   *
   * @param channelKey the one named, null for none
   */
  public Optional<Channel> of(long merchantId, String customerUid, @Nullable String channelKey) {
    if (channelKey != null) {
      return channels.byKey(merchantId, channelKey);
    }
    List<BillingKey> all =
        keys.find(merchantId, customerUid).map(customer -> customer.keys()).orElse(List.of());
    return all.size() == 1
        ? channels.byKey(all.getFirst().merchantId(), all.getFirst().channelKey())
        : Optional.empty();
  }

  /** Today's name of the group, or the camel case one that came before and stands elsewhere. */
  public static @Nullable String groupOf(Params params) {
    String group = params.text("channel_group_id", 55);
    return group == null ? params.text("channelGroupId", 55) : group;
  }
}
