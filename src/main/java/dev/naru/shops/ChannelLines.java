package dev.naru.shops;

import dev.naru.connector.Pg;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.shops.table.Part;
import dev.naru.shops.text.Problems;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a shop's channels. */
final class ChannelLines {

  private final Problems problems;
  private final PgDirectory pgs;
  private final boolean live;
  private final String userCode;
  private final Configs configs;

  ChannelLines(Problems problems, PgDirectory pgs, boolean live, String userCode) {
    this.problems = problems;
    this.pgs = pgs;
    this.live = live;
    this.userCode = userCode;
    configs = new Configs(problems);
  }

  /** Those that are right, the default first, else as they stand in the file. */
  List<ShopFile.Channel> read(List<Part> parts) {
    List<Part> ordered = new ArrayList<>(parts);
    ordered.sort((a, b) -> Boolean.compare(b.flag("default"), a.flag("default")));
    parts.stream()
        .filter(part -> part.flag("default"))
        .skip(1)
        .forEach(
            part -> problems.add(part.at("default"), "another channel is the default already"));
    List<ShopFile.Channel> channels = new ArrayList<>();
    Set<String> contracts = new TreeSet<>();
    for (Part part : ordered) {
      ShopFile.Channel channel = channel(part, channels.size());
      if (channel != null) {
        channels.add(channel);
        String mid = channel.pg().mid(channel.config());
        if (!contracts.add(channel.pg().code() + " " + mid + " " + channel.mode())) {
          problems.add(
              part.at(),
              "the shop has another channel of %s with this MID in this mode: %s"
                  .formatted(channel.pg().code(), mid));
        }
      }
    }
    return List.copyOf(channels);
  }

  private ShopFile.@Nullable Channel channel(Part part, int position) {
    Pg<?> pg = pgs.find(part.text("pg").orElse("")).orElse(null);
    if (pg == null) {
      return null;
    }
    Pg.Mode mode = mode(part);
    Configs.Made made = configs.of(pg, part, mode);
    if (made == null) {
      return null;
    }
    String mid = pg.mid(made.config());
    return new ShopFile.Channel(
        part.at(),
        part.text("key").orElseGet(() -> key(pg.code() + "/" + mid + "/" + mode)),
        part.text("name").orElse(pg.nameKo()),
        pg,
        mode,
        made.given(),
        made.entered(),
        made.config(),
        position,
        part.flag("accepts_unknown"));
  }

  private Pg.Mode mode(Part part) {
    Pg.Mode usual = ShopFileReader.usual(live);
    Pg.Mode mode =
        part.text("mode").map(word -> Pg.Mode.valueOf(word.toUpperCase(Locale.ROOT))).orElse(usual);
    if (mode != usual && !(live && mode == Pg.Mode.TEST)) {
      problems.add(
          part.at("mode"),
          live
              ? "live mode has no simulators: \"mode\" must be live or test"
              : "a sandbox has its simulators alone: \"mode\" must be sandbox");
      return usual;
    }
    return mode;
  }

  /** The same at every start and on every machine, so that a shop's configuration can name it. */
  private String key(String contract) {
    return "channel-key-"
        + UUID.nameUUIDFromBytes(
            ("file/" + userCode + "/" + contract).getBytes(StandardCharsets.UTF_8));
  }
}
