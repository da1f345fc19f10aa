package dev.naru.pg.kit;

import dev.naru.connector.Approval;
import dev.naru.connector.CardInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Card companies and banks by V1's codes, which are those of the KFTC. */
public final class Institutions {

  private static final CodeTable CARDS = CodeTable.load("cards");
  private static final CodeTable BANKS = CodeTable.load("banks");

  private Institutions() {}

  /** The name of a card company, null if its code is unknown. */
  public static @Nullable String cardName(@Nullable String code) {
    return CARDS.get(code);
  }

  /** A card of this company, which bears the name that the PG gives it if its code is unknown. */
  public static CardInfo card(@Nullable String code, @Nullable String otherName) {
    String name = CARDS.get(code);
    return CardInfo.of(code, name == null ? otherName : name);
  }

  /** V1's type of a card by the Korean word: 0 credit, 1 debit, null for any other word. */
  public static @Nullable Integer cardType(String word) {
    return switch (word) {
      case "신용" -> 0;
      case "체크" -> 1;
      default -> null;
    };
  }

  /** The bank's code of three digits, where a PG may say two; null for none. */
  public static @Nullable String bank(@Nullable String code) {
    String stripped = code == null ? "" : code.strip();
    return stripped.isEmpty() ? null : stripped.matches("[0-9]{2}") ? "0" + stripped : stripped;
  }

  /** The two digits that some PGs want of a bank's code; codes of other forms are passed on. */
  public static String shortBank(String code) {
    return code.length() == 3 && code.startsWith("0") ? code.substring(1) : code;
  }

  /** A virtual account at a bank of this code, which V1 shows by its name. */
  public static Approval.Account account(
      String code, @Nullable String name, String number, @Nullable String holder, Instant due) {
    return new Approval.Account(
        code, name == null ? BANKS.get(code, "") : name, number, holder, due);
  }
}
