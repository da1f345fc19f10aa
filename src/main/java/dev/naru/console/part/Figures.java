package dev.naru.console.part;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.Money;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Amounts and times as a page shows them: Korea's time, figures with commas. */
public record Figures(boolean korean) {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);
  private static final DateTimeFormatter INPUT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm", Locale.ROOT);
  private static final String NOTHING = "–";

  public String money(Money money) {
    return Amounts.of(money, korean);
  }

  public String money(long minor, String currency) {
    return money(new Money(minor, Currency.getInstance(currency)));
  }

  public String won(long won) {
    return money(Money.krw(won));
  }

  public String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** To the minute; a dash for none. */
  public String time(@Nullable Instant at) {
    return at == null ? NOTHING : MINUTE.format(at.atZone(HubClock.SEOUL));
  }

  /** A dash for none. */
  public String day(@Nullable Instant at) {
    return at == null ? NOTHING : DAY.format(at.atZone(HubClock.SEOUL));
  }

  /** As a field for a date and a time has it. */
  public String input(@Nullable Instant at) {
    return at == null ? "" : INPUT.format(at.atZone(HubClock.SEOUL));
  }

  /** What such a field says, in Korea's time; null for what is none. */
  public static @Nullable Instant read(@Nullable String input) {
    if (input == null || !input.matches("2\\d{3}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?")) {
      return null;
    }
    try {
      return LocalDateTime.parse(input).atZone(HubClock.SEOUL).toInstant();
    } catch (java.time.DateTimeException noSuchDay) {
      return null;
    }
  }
}
