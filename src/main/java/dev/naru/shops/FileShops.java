package dev.naru.shops;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.Vault;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.file.FileKeeping;
import dev.naru.merchant.file.Kept;
import dev.naru.shops.text.Problems;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Makes the hub's shops as the file has them, through the use cases that everybody uses. What is so
 * already is left alone; what has gone from the file is switched off.
 */
@Component
public class FileShops {

  private final ShopFile file;
  private final FileKeeping keeping;
  private final UseCases useCases;
  private final Vault vault;
  private final HubClock clock;
  private final ObjectProvider<Seed> seeds;

  FileShops(
      ShopFile file,
      FileKeeping keeping,
      UseCases useCases,
      Vault vault,
      HubClock clock,
      ObjectProvider<Seed> seeds) {
    this.file = file;
    this.keeping = keeping;
    this.useCases = useCases;
    this.vault = vault;
    this.clock = clock;
    this.seeds = seeds;
  }

  /**
   * One node at a time; on a hub that is so already, nothing is written.
   *
   * @throws ShopFileRefused naming the lines that cannot be followed; what could be was, and
   *     nothing was switched off
   */
  public void apply() {
    try (FileKeeping.Lock _ = keeping.lock()) {
      seeds.orderedStream().forEach(Seed::sow);
      if (file.name().isEmpty()) {
        leaveAll();
      } else {
        follow();
      }
    }
  }

  /** Without a file nothing is a file's any more, and stays as it is. */
  private void leaveAll() {
    keeping.all().forEach(kept -> keeping.leave(kept.name()));
  }

  private void follow() {
    Problems problems = new Problems(file.name());
    Actor actor = Actor.shopFile(file.name());
    Map<Kept.Name, Kept> before = new LinkedHashMap<>();
    keeping.all().forEach(kept -> before.put(kept.name(), kept));
    Items items = new Items(file.name(), keeping, vault, before, problems);
    for (ShopFile.Shop shop : file.shops()) {
      new ShopMaking(useCases, actor, items, clock).make(shop);
    }
    if (!problems.none()) {
      throw new ShopFileRefused(problems.lines());
    }
    Ending ending = new Ending(useCases, actor);
    List<Kept.Name> gone =
        items.gone().stream()
            .sorted(Comparator.comparing(Kept.Name::kind).thenComparing(Kept.Name::id))
            .toList();
    for (Kept.Name name : gone) {
      ending.end(name);
      keeping.leave(name);
    }
  }

  /** The user codes that a hub with this file has, those of sub-shops included. */
  public List<String> userCodes() {
    return file.shops().stream()
        .flatMap(
            shop ->
                java.util.stream.Stream.concat(
                    java.util.stream.Stream.of(shop.userCode()),
                    shop.tiers().stream().map(tier -> shop.userCode() + "." + tier.code())))
        .toList();
  }
}
