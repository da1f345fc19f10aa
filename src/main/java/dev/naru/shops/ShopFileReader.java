package dev.naru.shops;

import dev.naru.connector.Pg;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.shops.ShopFile.Shop;
import dev.naru.shops.table.Check;
import dev.naru.shops.table.Part;
import dev.naru.shops.table.ShopTable;
import dev.naru.shops.text.Problems;
import dev.naru.shops.text.Spot;
import dev.naru.shops.text.Value;
import dev.naru.shops.text.YamlText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a shop file whole, and reports all that is wrong with it at once. */
public final class ShopFileReader {

  private final String name;
  private final PgDirectory pgs;
  private final boolean live;
  private final Problems problems;

  private ShopFileReader(String name, PgDirectory pgs, boolean live) {
    this.name = name;
    this.pgs = pgs;
    this.live = live;
    problems = new Problems(name);
  }

  /**
   * @param file shown in problems by its own name
   * @param environment what {@code ${NAME}} means
   * @throws ShopFileRefused naming every problem there is
   */
  public static ShopFile read(
      Path file, PgDirectory pgs, boolean live, Function<String, @Nullable String> environment) {
    String name = String.valueOf(file.getFileName());
    return new ShopFileReader(name, pgs, live).read(text(file, name), environment);
  }

  private static String text(Path file, String name) {
    try {
      if (Files.size(file) > 4L * YamlText.LARGEST) {
        throw new ShopFileRefused(List.of(name + " is too large: 1 MiB is the most"));
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new ShopFileRefused(List.of(name + " is not written in UTF-8"));
    } catch (IOException e) {
      throw new ShopFileRefused(List.of(name + " cannot be read"));
    }
  }

  private ShopFile read(String text, Function<String, @Nullable String> environment) {
    Optional<Value> value = YamlText.read(text, environment, problems);
    if (value.isEmpty() && problems.none()) {
      problems.add(Spot.START, "says nothing: it must have \"shops:\"");
    }
    List<Shop> shops = new ArrayList<>();
    value
        .flatMap(root -> new Check(problems).shape(root, ShopTable.of(pgs.all())))
        .map(root -> root.parts("shops"))
        .orElse(List.of())
        .forEach(part -> shops.add(shop(part)));
    new WholeFile(problems, live).check(shops);
    if (!problems.none()) {
      throw new ShopFileRefused(problems.lines());
    }
    return new ShopFile(name, List.copyOf(shops));
  }

  private Shop shop(Part part) {
    String userCode = part.text("user_code").orElse("");
    ChannelLines lines = new ChannelLines(problems, pgs, live, userCode);
    List<ShopFile.Channel> channels = lines.read(part.parts("channels"));
    ShopLines more = new ShopLines(problems, userCode, channels);
    return new Shop(
        part.at(),
        userCode,
        part.text("name").orElse(userCode),
        more.keys(part),
        more.hook(part),
        more.allowed(part),
        more.recovery(part),
        channels,
        more.groups(part),
        more.tiers(part),
        new PromotionLines(problems, userCode).read(part.parts("promotions")),
        part.flag("accept_any_user_code"));
  }

  /** What a channel's mode is if the file does not say. */
  static Pg.Mode usual(boolean live) {
    return live ? Pg.Mode.LIVE : Pg.Mode.SANDBOX;
  }
}
