package dev.naru.payment.story;

import dev.naru.connector.order.Buyer;
import org.jspecify.annotations.Nullable;

/** A buyer of whom no more is shown than tells one from another. */
final class Masked {

  private static final char DOT = '•';

  private Masked() {}

  static Buyer of(Buyer buyer) {
    return new Buyer(
        name(buyer.name()),
        email(buyer.email()),
        tel(buyer.tel()),
        address(buyer.addr()),
        buyer.postcode());
  }

  /** The first letter, and the last of a longer name. */
  private static @Nullable String name(@Nullable String name) {
    if (name == null || name.codePointCount(0, name.length()) < 2) {
      return name;
    }
    int[] all = name.codePoints().toArray();
    for (int i = 1; i < Math.max(2, all.length - 1); i++) {
      all[i] = DOT;
    }
    return new String(all, 0, all.length);
  }

  private static @Nullable String email(@Nullable String email) {
    int at = email == null ? -1 : email.indexOf('@');
    if (email == null || at < 1) {
      return email == null ? null : dots(email.length());
    }
    return email.charAt(0) + dots(4) + email.substring(at);
  }

  /** All but the first three digits and the last four. */
  private static @Nullable String tel(@Nullable String tel) {
    if (tel == null) {
      return null;
    }
    long digits = tel.chars().filter(Character::isDigit).count();
    StringBuilder shown = new StringBuilder();
    long place = 0;
    for (int i = 0; i < tel.length(); i++) {
      char c = tel.charAt(i);
      boolean digit = Character.isDigit(c);
      boolean between = place >= 3 && place < digits - 4;
      place += digit ? 1 : 0;
      shown.append(digit && (between || digits < 8) ? DOT : c);
    }
    return shown.toString();
  }

  /** The first two words. */
  private static @Nullable String address(@Nullable String address) {
    if (address == null) {
      return null;
    }
    String[] words = address.strip().split("\\s+", 3);
    return words.length < 3 ? dots(address.length()) : words[0] + " " + words[1] + " " + dots(4);
  }

  private static String dots(int length) {
    return Character.toString(DOT).repeat(Math.min(length, 8));
  }
}
