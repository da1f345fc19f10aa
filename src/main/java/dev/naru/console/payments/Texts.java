package dev.naru.console.payments;

import dev.naru.console.frame.Viewer;
import dev.naru.console.part.Amounts;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Money;
import dev.naru.kernel.Name;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.springframework.context.MessageSource;

/** Texts, amounts and times in a viewer's language. */
record Texts(MessageSource texts, boolean korean, Instant now) {

  private static final DateTimeFormatter FULL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter OF_YEAR =
      DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter OF_DAY =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  /**
   * A time.
   *
   * @param iso for machines
   * @param full to the second
   * @param text as short as it says enough
   */
  record Stamp(String iso, String full, String text) {}

  static Texts of(MessageSource texts, Viewer viewer, HubClock clock) {
    return new Texts(texts, viewer.korean(), clock.instant());
  }

  String text(String key, Object... arguments) {
    return Objects.requireNonNull(texts.getMessage("payments." + key, arguments, locale()));
  }

  /** The text of a key that there may be none of. */
  String textOr(String key, String otherwise) {
    return Objects.requireNonNull(texts.getMessage("payments." + key, null, otherwise, locale()));
  }

  String name(Name name) {
    return korean ? name.korean() : name.english();
  }

  private Locale locale() {
    return korean ? Locale.KOREAN : Locale.ENGLISH;
  }

  String money(Money money) {
    return Amounts.of(money, korean);
  }

  Stamp stamp(Instant at) {
    ZonedDateTime time = at.atZone(HubClock.SEOUL);
    return new Stamp(
        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time), FULL.format(time), brief(time));
  }

  private String brief(ZonedDateTime time) {
    LocalDate today = LocalDate.ofInstant(now, HubClock.SEOUL);
    LocalDate day = time.toLocalDate();
    if (day.equals(today)) {
      return text("today", OF_DAY.format(time));
    }
    if (day.equals(today.minusDays(1))) {
      return text("yesterday", OF_DAY.format(time));
    }
    return (day.getYear() == today.getYear() ? OF_YEAR : MINUTE).format(time);
  }

  /** The end of a span: a list that ends now says so. */
  String end(Instant at) {
    return minute(at.isAfter(now) ? now : at.minusSeconds(1));
  }

  String minute(Instant at) {
    return MINUTE.format(at.atZone(HubClock.SEOUL));
  }
}
