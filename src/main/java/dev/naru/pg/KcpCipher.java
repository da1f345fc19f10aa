package dev.naru.pg;

import dev.naru.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * How KCP's identity window seals what is sent: AES-256-CBC, whose key is made of the merchant's
 * encryption key, and whose initial vector of the site code, both by PBKDF2 with one salt per
 * message ({@code rv}).
 */
final class KcpCipher {

  private static final int ROUNDS = 10_000;
  private static final int KEY_BITS = 256;
  private static final int SALT = 16;
  private static final int BLOCK = 16;

  private final byte[] salt;
  private final SecretKeySpec key;
  private final IvParameterSpec iv;

  private KcpCipher(Secret encKey, String siteCd, byte[] salt) throws GeneralSecurityException {
    this.salt = salt;
    key = new SecretKeySpec(derive(encKey.reveal(), salt), "AES");
    iv = new IvParameterSpec(Arrays.copyOf(derive(siteCd, salt), BLOCK));
  }

  /** For something to be sent. */
  static KcpCipher fresh(Secret encKey, String siteCd) throws GeneralSecurityException {
    byte[] salt = new byte[SALT];
    new SecureRandom().nextBytes(salt);
    return new KcpCipher(encKey, siteCd, salt);
  }

  /** For something that came with this {@code rv}. */
  static KcpCipher of(Secret encKey, String siteCd, String rv) throws GeneralSecurityException {
    return new KcpCipher(encKey, siteCd, Base64.getDecoder().decode(rv));
  }

  String rv() {
    return Base64.getEncoder().encodeToString(salt);
  }

  String seal(String clear) throws GeneralSecurityException {
    return Base64.getEncoder()
        .encodeToString(
            cipher(Cipher.ENCRYPT_MODE).doFinal(clear.getBytes(StandardCharsets.UTF_8)));
  }

  String open(String sealed) throws GeneralSecurityException {
    return new String(
        cipher(Cipher.DECRYPT_MODE).doFinal(Base64.getDecoder().decode(sealed)),
        StandardCharsets.UTF_8);
  }

  private Cipher cipher(int mode) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(mode, key, iv);
    return cipher;
  }

  private static byte[] derive(String text, byte[] salt) throws GeneralSecurityException {
    return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
        .generateSecret(new PBEKeySpec(text.toCharArray(), salt, ROUNDS, KEY_BITS))
        .getEncoded();
  }
}
