package dev.naru.payment.list;

import dev.naru.payment.Payment;
import dev.naru.payment.list.PaymentFilter.Field;
import dev.naru.payment.list.PaymentFilter.Search;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A search, as it is made.
 *
 * @param values what the text is as each kind of value that it may be; empty if it is looked for
 *     while walking
 */
record Sought(Field field, String text, Map<TermKind, String> values) {

  /** As many digits of a card's number as are kept from its beginning. */
  private static final int OF_A_CARD = 6;

  static @Nullable Sought of(@Nullable Search search) {
    if (search == null) {
      return null;
    }
    Map<TermKind, String> values = new EnumMap<>(TermKind.class);
    Arrays.stream(TermKind.values())
        .filter(kind -> kind.isOf(search.field()) && kind.takes(search.text()))
        .forEach(kind -> values.put(kind, value(kind, search.text())));
    return new Sought(search.field(), search.text(), values);
  }

  private static String value(TermKind kind, String text) {
    String normal = kind.normal(text);
    return kind == TermKind.CARD && normal.length() > OF_A_CARD
        ? normal.substring(0, OF_A_CARD)
        : normal;
  }

  boolean isByTerms() {
    return !field.isWalked();
  }

  /** Whether a payment has what a term only says it may have. */
  boolean isIn(Payment payment) {
    return !isByTerms()
        || Values.of(payment).stream().anyMatch(value -> begins(value.kind(), value.normal()));
  }

  private boolean begins(TermKind kind, String normal) {
    String mine = values.get(kind);
    if (mine == null) {
      return false;
    }
    boolean whole = kind == TermKind.CARD_END || kind == TermKind.POSTCODE;
    return whole ? normal.equals(mine) : normal.startsWith(mine);
  }

  /** Whether a payment has it as its whole number, so that it is found without its terms. */
  boolean isNumberOf(Payment payment) {
    return values.containsKey(TermKind.MERCHANT_UID)
        && (payment.purchase().merchantUid().equals(text) || payment.impUid().value().equals(text));
  }

  /** It is nothing that anything could begin with. */
  boolean isVoid() {
    return isByTerms() && values.isEmpty();
  }
}
