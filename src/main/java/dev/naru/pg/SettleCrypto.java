package dev.naru.pg;

import dev.naru.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** How Hecto Financial hashes and encrypts. */
final class SettleCrypto {

  private SettleCrypto() {}

  /** SHA-256 of the parts and then the key, with nothing between them; lower-case hex digits. */
  static String hash(Secret key, String... parts) {
    try {
      String text = String.join("", parts) + key.reveal();
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Hecto's documents print hashes in either case. */
  static boolean isSame(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8),
        given.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
  }

  /** AES-256 in base64. Throws {@link IllegalArgumentException} if the key is not 32 bytes long. */
  static String encrypt(Secret key, String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              cipher(Cipher.ENCRYPT_MODE, key).doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the encryption key is not 32 characters long", e);
    }
  }

  /** Throws {@link IllegalArgumentException} for what was not encrypted with this key. */
  static String decrypt(Secret key, String encrypted) {
    try {
      return new String(
          cipher(Cipher.DECRYPT_MODE, key).doFinal(Base64.getDecoder().decode(encrypted)),
          StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not encrypted with this key", e);
    }
  }

  // ECB is what the PG decided on; TLS is around it.
  @SuppressWarnings("InsecureCryptoUsage")
  private static Cipher cipher(int mode, Secret key) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
    cipher.init(mode, new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), "AES"));
    return cipher;
  }
}
