package dev.naru.payment.story;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.Money;
import dev.naru.kernel.Worded;
import dev.naru.kernel.Wording;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Something to be said, in whichever language.
 *
 * @param arguments what the text has places for: beside what {@link Worded} texts take, amounts,
 *     times, and what is to be said itself
 */
public record Said(Worded constant, List<Object> arguments) {

  public Said {
    arguments = List.copyOf(arguments);
  }

  public static Said of(Worded constant, Object... arguments) {
    return new Said(constant, List.of(arguments));
  }

  /** In words. */
  public String text(Wording wording) {
    Object[] texts = arguments.stream().map(argument -> text(argument, wording)).toArray();
    String text = wording.of(constant, texts);
    return wording == Wording.KOREAN ? Particles.chosen(text) : text;
  }

  private static Object text(Object argument, Wording wording) {
    return switch (argument) {
      case Said said -> said.text(wording);
      case Money money -> amount(money, wording);
      case Instant time -> moment(time, wording);
      default -> argument;
    };
  }

  /** An amount as sentences and pages show it. */
  public static String amount(Money money, Wording wording) {
    String number = String.format(Locale.ROOT, "%,.0f", money.major());
    if (money.currency().equals(Money.KRW)) {
      return wording.of(Word.WON, number);
    }
    int digits = money.currency().getDefaultFractionDigits();
    return money.currency() + " " + String.format(Locale.ROOT, "%,." + digits + "f", money.major());
  }

  private static String moment(Instant time, Wording wording) {
    return DateTimeFormatter.ofPattern(wording.of(Word.MOMENT), Locale.ENGLISH)
        .format(time.atZone(HubClock.SEOUL));
  }
}
