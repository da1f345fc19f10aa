package dev.naru.pg.kit;

import dev.naru.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Digests and signatures over UTF-8, in lower-case hex digits where nothing else is said. */
public final class Digests {

  private Digests() {}

  public static String sha256(String text) {
    return HexFormat.of().formatHex(digest("SHA-256", text));
  }

  public static String sha512(String text) {
    return HexFormat.of().formatHex(digest("SHA-512", text));
  }

  /** Base64 of the digest's bytes, not of its digits. */
  public static String sha512InBase64(String text) {
    return Base64.getEncoder().encodeToString(digest("SHA-512", text));
  }

  /** HMAC-SHA256. */
  public static byte[] hmac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Compares in a time that does not depend on where the two differ. */
  public static boolean isSame(String expected, String given) {
    return MessageDigest.isEqual(bytes(expected), bytes(given));
  }

  /** The header of HTTP's basic authentication. */
  public static String basic(String user, Secret password) {
    return "Basic " + Base64.getEncoder().encodeToString(bytes(user + ":" + password.reveal()));
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] digest(String algorithm, String text) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
