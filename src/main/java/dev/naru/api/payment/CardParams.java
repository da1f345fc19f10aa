package dev.naru.api.payment;

import dev.naru.api.Refusal;
import dev.naru.api.Word;
import dev.naru.api.wire.Params;
import dev.naru.connector.order.Card;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Malformed;
import dev.naru.kernel.Secret;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Card} out of the parameters of an API payment. */
public final class CardParams {

  private static final Pattern CARD_NUMBER = Pattern.compile("[0-9]{14,16}");
  private static final Pattern BIRTH = Pattern.compile("[0-9]{6}|[0-9]{10}");
  private static final Pattern LONG_BIRTH = Pattern.compile("(19|20)[0-9]{6}");
  private static final Pattern PIN = Pattern.compile("[0-9]{2}");
  private static final Pattern CVC = Pattern.compile("[0-9]{3,4}");
  private static final Pattern COMPACT = Pattern.compile("^([0-9]{4})([0-9]{2})$");

  private CardParams() {}

  /** Whether a request has card data at all. */
  public static boolean hasCard(Params params) {
    return params.has("card_number");
  }

  /** The card data of a request. It is held for this request only. */
  public static Card card(Params params) {
    String number = params.required("card_number", 40).replaceAll("[ -]", "");
    if (!CARD_NUMBER.matcher(number).matches()) {
      throw Failed.invalid(Refusal.WRONG_CARD_NUMBER);
    }
    return new Card(
        new Secret(number),
        expiry(params.required("expiry", 7)),
        secret(params, "birth", BIRTH, Word.BIRTH_OR_BUSINESS),
        secret(params, "pwd_2digit", PIN, Word.PIN),
        secret(params, "cvc", CVC, Word.CVC));
  }

  /** Whether the month has passed is for the PG to say. */
  private static YearMonth expiry(String text) {
    try {
      return YearMonth.parse(COMPACT.matcher(text.strip()).replaceFirst("$1-$2"));
    } catch (DateTimeParseException malformed) {
      throw Failed.invalid(Refusal.WRONG_EXPIRY);
    }
  }

  private static @Nullable Secret secret(Params params, String name, Pattern form, Word meaning) {
    String text = params.text(name, 40);
    if (text == null) {
      return null;
    }
    String digits = text.replace("-", "");
    if (form == BIRTH && LONG_BIRTH.matcher(digits).matches()) {
      digits = digits.substring(2);
    }
    if (!form.matcher(digits).matches()) {
      throw Failed.invalid(Malformed.WRONG_FORM_WANTED, name, meaning);
    }
    return new Secret(digits);
  }
}
