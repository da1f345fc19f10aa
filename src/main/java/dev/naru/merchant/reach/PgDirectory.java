package dev.naru.merchant.reach;

import dev.naru.connector.Pg;
import java.util.List;
import java.util.Optional;

/**
 * The PGs this hub knows. The list itself is {@code pg.Gateways}, which this package must not see:
 * whoever starts the hub hands it in.
 */
public record PgDirectory(List<Pg<?>> all) {

  public PgDirectory {
    all = List.copyOf(all);
  }

  /** Live mode knows no emulated PG: behind it is nothing but a simulator. */
  public static PgDirectory of(List<Pg<?>> pgs, boolean live) {
    return new PgDirectory(pgs.stream().filter(pg -> !(live && pg.emulated())).toList());
  }

  /** By its code; else by what V1 may call it. */
  public Optional<Pg<?>> find(String code) {
    return all.stream()
        .filter(pg -> pg.code().equals(code))
        .findFirst()
        .or(() -> all.stream().filter(pg -> pg.answersTo(code)).findFirst());
  }
}
