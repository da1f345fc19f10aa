package dev.naru.payment.list;

import dev.naru.payment.list.PaymentFilter.Field;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a payment is found by, and how long the beginnings are that it is found by too: a text of
 * any length is looked for by the longest of them that it has, and compared afterwards.
 */
@SuppressWarnings("ImmutableEnumChecker") // Nobody outside sees the array.
enum TermKind {
  NAME(Field.ORDER, false, 2, 3),
  TEL(Field.ORDER, true, 7),
  EMAIL(Field.ORDER, false, 3, 6),
  TITLE(Field.ORDER, false, 2, 4, 8),
  ADDRESS(Field.ORDER, false, 4, 8),
  POSTCODE(Field.ORDER, true),
  MERCHANT_UID(Field.NUMBER, false, 4, 8, 16),
  IMP_UID(Field.NUMBER, false, 12),
  APPLY(Field.APPROVAL, false, 4),
  TID(Field.APPROVAL, false, 8, 16, 24),
  CARD(Field.CARD, true, 6),
  CARD_END(Field.CARD, true),
  ACCOUNT(Field.ACCOUNT, true, 6),
  HOLDER(Field.DEPOSITOR, false, 2, 3),
  REASON(Field.REASON, false, 2, 4, 8);

  private final Field field;
  private final boolean digits;
  private final int[] steps;

  TermKind(Field field, boolean digits, int... steps) {
    this.field = field;
    this.digits = digits;
    this.steps = steps;
  }

  boolean isOf(Field sought) {
    return sought == field || sought == Field.ALL;
  }

  /** As it is compared: without spaces, without capitals, of numbers the digits alone. */
  String normal(String text) {
    return digits
        ? text.replaceAll("[^0-9]", "")
        : Normalizer.normalize(text, Normalizer.Form.NFC)
            .replaceAll("[\\s\\p{Cntrl}]", "")
            .toLowerCase(Locale.ROOT);
  }

  /** Whether a text can be one of these: no name is sought among numbers. */
  boolean takes(String text) {
    return !normal(text).isEmpty() && (!digits || text.matches("[-+() 0-9*]+"));
  }

  /** What of a value is kept: all of it, and its beginnings. */
  List<String> kept(String normal) {
    List<String> kept = new ArrayList<>(List.of("=" + normal));
    for (int step : steps) {
      if (normal.length() >= step) {
        kept.add(normal.substring(0, step));
      }
    }
    return kept;
  }

  /** By what a text is looked for: as a whole value, and as the beginning of one. */
  List<String> sought(String normal) {
    List<String> kept = kept(normal);
    return kept.size() == 1 ? kept : List.of(kept.getFirst(), kept.getLast());
  }
}
