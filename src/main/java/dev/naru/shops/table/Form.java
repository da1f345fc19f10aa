package dev.naru.shops.table;

import java.util.regex.Pattern;

/** How a text must look. */
public enum Form {
  NAME(".{1,100}", "a name of 1 to 100 characters"),
  USER_CODE(
      "[A-Za-z0-9][A-Za-z0-9_-]{2,19}", "3 to 20 letters, digits, - or _, such as imp12345678"),
  REST_KEY("[A-Za-z0-9_-]{4,64}", "4 to 64 letters, digits, - or _"),
  REST_SECRET("[!-~]{16,200}", "16 to 200 letters, digits and signs without blanks"),
  HOOK_SECRET(
      "whsec_([A-Za-z0-9+/]{4}){8,21}([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?",
      "whsec_ and 24 to 64 bytes in Base64, as of: openssl rand -base64 32"),
  URL("https?://\\S{1,1990}", "an http or https address"),
  CIDR("[0-9a-fA-F.:]+(/\\d{1,3})?", "an address or a block such as 10.0.0.0/8"),
  CHANNEL_KEY("channel-key-[0-9A-Za-z_-]{1,64}", "channel-key-… with letters, digits, - or _"),
  GROUP_ID("channel-group-(test|live)-[A-Za-z0-9-]{1,36}", "channel-group-test-… or -live-…"),
  PROMOTION_ID("promotion-id-[A-Za-z0-9-]{1,60}", "promotion-id-…"),
  TIER_CODE("[A-Z0-9]{3}", "three of A-Z and 0-9"),
  MOMENT(
      "\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2})?)?",
      "a date such as 2026-03-01, or with a time, 2026-03-01T09:00 (Seoul) or …+09:00"),
  PERCENT("\\d{1,2}(\\.\\d{1,2})?", "a percentage below 100 with two decimals at most"),
  CARD_CODE("\\d{3}", "a card company's three digits, such as 361"),
  MAYBE("(?s).{0,10000}", "a text");

  private final Pattern pattern;
  private final String says;

  Form(String pattern, String says) {
    this.pattern = Pattern.compile(pattern);
    this.says = says;
  }

  /** How it looks, in words. */
  public String says() {
    return says;
  }

  /** The whole of it, as a regular expression. */
  public String pattern() {
    return pattern.pattern();
  }

  boolean takes(String text) {
    return pattern.matcher(text).matches();
  }
}
