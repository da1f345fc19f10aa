package dev.naru.console.billing;

import dev.naru.kernel.Name;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Which PGs lists are filtered by: those of a shop's channels, a company's codes as one. */
@Component
class PgChoices {

  private final Channels channels;

  PgChoices(Channels channels) {
    this.channels = channels;
  }

  /** A company, by the first of its codes. */
  record Choice(String code, String name) {}

  List<Choice> of(List<Merchant> shops, boolean korean) {
    return codes(shops).entrySet().stream()
        .map(one -> new Choice(one.getValue().iterator().next(), said(one.getKey(), korean)))
        .toList();
  }

  /** All codes of the company that has this one; none for a code that no channel has. */
  Set<String> company(List<Merchant> shops, String code) {
    return codes(shops).values().stream()
        .filter(all -> all.contains(code))
        .findFirst()
        .orElse(Set.of(code));
  }

  /** What the PG of a channel is called, and the channel. */
  String name(long merchantId, String channelKey, boolean korean) {
    return channels
        .byKey(merchantId, channelKey)
        .map(channel -> said(channel.pg().name(), korean))
        .orElse(channelKey);
  }

  /** A channel's own name. */
  String channel(long merchantId, String channelKey) {
    return channels.byKey(merchantId, channelKey).map(Channel::name).orElse(channelKey);
  }

  private Map<Name, Set<String>> codes(List<Merchant> shops) {
    return shops.stream()
        .flatMap(shop -> channels.of(shop.id()).stream())
        .collect(
            Collectors.groupingBy(
                channel -> channel.pg().name(),
                LinkedHashMap::new,
                Collectors.mapping(
                    channel -> channel.pg().code(), Collectors.toCollection(TreeSet::new))));
  }

  private static String said(Name name, boolean korean) {
    return korean ? name.korean() : name.english();
  }
}
