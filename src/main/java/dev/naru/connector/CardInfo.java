package dev.naru.connector;

import org.jspecify.annotations.Nullable;

/**
 * What a PG tells about a card, in V1's codes (KFTC institution codes).
 *
 * @param number masked
 * @param type 0 credit, 1 debit, null if the PG does not say
 */
public record CardInfo(
    @Nullable String code,
    @Nullable String name,
    @Nullable String issuerCode,
    @Nullable String issuerName,
    @Nullable String publisherCode,
    @Nullable String publisherName,
    @Nullable String number,
    @Nullable Integer type) {

  private static final int FIRST = 6;
  private static final int LAST = 4;

  /**
   * Of a number no more is kept than its first six digits and its last four, whatever the PG told.
   */
  public CardInfo {
    number = masked(number);
  }

  /** A card of this company, of which nothing else is told. */
  public static CardInfo of(@Nullable String code, @Nullable String name) {
    return new CardInfo(code, name, null, null, null, null, null, null);
  }

  /** The same, issued by that company. */
  public CardInfo issued() {
    return new CardInfo(code, name, code, name, publisherCode, publisherName, number, type);
  }

  /** The same with the company that acquires what it pays. */
  public CardInfo publishedBy(@Nullable String itsCode, @Nullable String itsName) {
    return new CardInfo(code, name, issuerCode, issuerName, itsCode, itsName, number, type);
  }

  /** The same with its number and its type, as far as they are told. */
  public CardInfo numbered(@Nullable String itsNumber, @Nullable Integer itsType) {
    return new CardInfo(
        code, name, issuerCode, issuerName, publisherCode, publisherName, itsNumber, itsType);
  }

  private static @Nullable String masked(@Nullable String number) {
    if (number == null) {
      return null;
    }
    int places = (int) number.chars().filter(CardInfo::isPlace).count();
    // PGs that mask more show their own number of stars.
    int last = Math.min(LAST, Math.max(0, places - FIRST - LAST));
    StringBuilder masked = new StringBuilder();
    int place = 0;
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      boolean hidden = isPlace(c) && place >= FIRST && place < places - last;
      place += isPlace(c) ? 1 : 0;
      masked.append(hidden ? '*' : c);
    }
    return masked.toString();
  }

  private static boolean isPlace(int c) {
    return (c >= '0' && c <= '9') || c == '*' || c == 'x' || c == 'X';
  }
}
