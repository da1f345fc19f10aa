package dev.naru.payment.export;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What stands in a cell. */
public sealed interface Cell {

  Cell NOTHING = new Text("");

  record Text(String text) implements Cell {}

  record Amount(BigDecimal value) implements Cell {}

  record Time(Instant at) implements Cell {}

  static Cell of(@Nullable String text) {
    return text == null ? NOTHING : new Text(text);
  }

  static Cell of(@Nullable Instant at) {
    return at == null ? NOTHING : new Time(at);
  }
}
