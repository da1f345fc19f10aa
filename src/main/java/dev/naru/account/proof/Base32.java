package dev.naru.account.proof;

/** Bytes as authenticator apps read them: RFC 4648, without padding. */
final class Base32 {

  private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS = 5;

  private Base32() {}

  static String of(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int buffer = 0;
    int held = 0;
    for (byte one : bytes) {
      buffer = (buffer << Byte.SIZE) | (one & 0xff);
      held += Byte.SIZE;
      while (held >= BITS) {
        held -= BITS;
        text.append(DIGITS.charAt((buffer >> held) & 0x1f));
      }
      buffer &= (1 << held) - 1;
    }
    if (held > 0) {
      text.append(DIGITS.charAt((buffer << (BITS - held)) & 0x1f));
    }
    return text.toString();
  }
}
