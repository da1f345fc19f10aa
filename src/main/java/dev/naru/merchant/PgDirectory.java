package dev.naru.merchant;

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

  public Optional<Pg<?>> find(String code) {
    return all.stream().filter(pg -> pg.answersTo(code)).findFirst();
  }
}
