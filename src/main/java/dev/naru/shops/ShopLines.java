package dev.naru.shops;

import dev.naru.connector.http.Outbound;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Secret;
import dev.naru.merchant.ChannelGroup;
import dev.naru.merchant.door.AllowLists;
import dev.naru.shops.table.Part;
import dev.naru.shops.text.Problems;
import dev.naru.shops.text.Spot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Reads what belongs to a shop beside its channels. */
final class ShopLines {

  private final Problems problems;
  private final String userCode;
  private final List<ShopFile.Channel> channels;

  ShopLines(Problems problems, String userCode, List<ShopFile.Channel> channels) {
    this.problems = problems;
    this.userCode = userCode;
    this.channels = channels;
  }

  List<ShopFile.Key> keys(Part shop) {
    return shop.parts("keys").stream()
        .filter(part -> part.has("key") && part.has("secret"))
        .map(
            part ->
                new ShopFile.Key(
                    part.at(), part.required("key"), new Secret(part.required("secret"))))
        .toList();
  }

  Optional<ShopFile.Hook> hook(Part of) {
    return of.part("webhook")
        .filter(part -> part.has("url"))
        .map(
            part -> {
              String url = part.required("url");
              if (!Outbound.takes(url)) {
                problems.add(part.at("url"), "\"url\" is no address that can be called");
              }
              return new ShopFile.Hook(
                  of.at("webhook"),
                  url,
                  part.text("type").orElse("json").equals("form"),
                  part.text("secret").map(Secret::new));
            });
  }

  Optional<ShopFile.Allowed> allowed(Part shop) {
    if (!shop.has("allow")) {
      return Optional.empty();
    }
    List<Part.Placed> blocks = shop.texts("allow");
    for (Part.Placed block : blocks) {
      if (!AllowLists.takes(block.text())) {
        problems.add(block.at(), "is no block of addresses: " + block.text());
      }
    }
    return Optional.of(
        new ShopFile.Allowed(
            shop.at("allow"), blocks.stream().map(Part.Placed::text).distinct().toList()));
  }

  Optional<ShopFile.Recovery> recovery(Part shop) {
    return shop.whole("recovery_hour")
        .map(
            hour ->
                new ShopFile.Recovery(shop.at("recovery_hour"), OptionalInt.of(hour.intValue())));
  }

  List<ShopFile.Group> groups(Part shop) {
    List<ShopFile.Group> groups = new ArrayList<>();
    for (Part part : shop.parts("groups")) {
      group(part).ifPresent(groups::add);
    }
    return List.copyOf(groups);
  }

  private Optional<ShopFile.Group> group(Part part) {
    Optional<List<ChannelGroup.Member>> members = members(part);
    Optional<Part> later = part.part("planned");
    Optional<List<ChannelGroup.Member>> laterMembers = later.flatMap(this::members);
    if (members.isEmpty() || !part.has("name") || later.isPresent() != laterMembers.isPresent()) {
      return Optional.empty();
    }
    boolean test = channels.stream().allMatch(ShopFile.Channel::isSandbox);
    String id =
        part.text("id")
            .orElseGet(
                () ->
                    "channel-group-%s-%s"
                        .formatted(test ? "test" : "live", uuid("group/" + part.required("name"))));
    try {
      ChannelGroup.Planned planned =
          later
              .flatMap(one -> new Moments(problems).at(one, "at"))
              .flatMap(at -> laterMembers.map(to -> new ChannelGroup.Planned(at, to)))
              .orElse(null);
      return Optional.of(
          new ShopFile.Group(
              part.at(), new ChannelGroup(id, part.required("name"), members.get(), planned)));
    } catch (Failed refused) {
      problems.add(part.at(), "the group cannot be: " + refused.getMessage());
      return Optional.empty();
    }
  }

  /** Empty if any of them is wrong, which has been reported then. */
  private Optional<List<ChannelGroup.Member>> members(Part of) {
    List<ChannelGroup.Member> members = new ArrayList<>();
    List<Boolean> modes = new ArrayList<>();
    boolean whole = of.has("channels");
    long sum = 0;
    for (Part part : of.parts("channels")) {
      Optional<ShopFile.Channel> channel =
          part.text("channel").flatMap(name -> channel(name, part.at("channel")));
      Optional<Long> percent = part.whole("percent");
      if (channel.isEmpty() || percent.isEmpty()) {
        whole = false;
        continue;
      }
      sum += percent.get();
      modes.add(channel.get().isSandbox());
      members.add(
          new ChannelGroup.Member(
              channel.get().key(), percent.get().intValue(), part.flagOr("enabled", true)));
    }
    if (whole && sum != 100) {
      problems.add(of.at("channels"), "the percents make " + sum + ", they must make 100");
      whole = false;
    }
    if (modes.stream().distinct().count() > 1) {
      problems.add(of.at("channels"), "live and test channels cannot share a group");
      whole = false;
    }
    return whole ? Optional.of(members) : Optional.empty();
  }

  /** A channel of this shop by its key, or by a name that no other has. */
  private Optional<ShopFile.Channel> channel(String name, Spot at) {
    List<ShopFile.Channel> found = channels.stream().filter(one -> one.key().equals(name)).toList();
    if (found.isEmpty()) {
      found =
          channels.stream()
              .filter(one -> one.name().equals(name) || one.pg().code().equals(name))
              .toList();
    }
    if (found.size() != 1) {
      String what =
          found.isEmpty()
              ? "the shop has no channel \"%s\": give a key, a name, or a PG's code"
              : "\"%s\" is more than one channel: give them keys or names";
      problems.add(at, what.formatted(name));
      return Optional.empty();
    }
    return Optional.of(found.getFirst());
  }

  List<ShopFile.Tier> tiers(Part shop) {
    return shop.parts("tiers").stream()
        .filter(part -> part.has("code") && part.has("name"))
        .map(
            part ->
                new ShopFile.Tier(
                    part.at(),
                    part.required("code"),
                    part.required("name"),
                    part.texts("channels").stream()
                        .flatMap(one -> channel(one.text(), one.at()).stream())
                        .map(ShopFile.Channel::key)
                        .toList(),
                    hook(part)))
        .toList();
  }

  private UUID uuid(String name) {
    return UUID.nameUUIDFromBytes(
        ("file/" + userCode + "/" + name).getBytes(StandardCharsets.UTF_8));
  }
}
