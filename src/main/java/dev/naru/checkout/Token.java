package dev.naru.checkout;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What stands in the URLs of a window or a payment link: whose it is, so that finding it needs no
 * other look-up, and a random state that nobody can guess. Links have a shorter one: people read
 * them.
 */
public record Token(long merchantId, String state) {

  private static final Pattern FORM =
      Pattern.compile("([0-9a-z]{1,12})-([0-9a-f]{32}|[0-9a-f]{16})");

  public static Optional<Token> parse(String text) {
    var form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new Token(Long.parseLong(form.group(1), 36), form.group(2)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return Long.toString(merchantId, 36) + "-" + state;
  }
}
