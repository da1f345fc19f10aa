package dev.naru.pg.kcp;

import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Sealing;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

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
  private final Sealing sealing;

  private KcpCipher(Secret encKey, String siteCd, byte[] salt) throws GeneralSecurityException {
    this.salt = salt;
    sealing =
        new Sealing(derive(encKey.reveal(), salt), Arrays.copyOf(derive(siteCd, salt), BLOCK));
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

  String seal(String clear) {
    return sealing.seal(clear);
  }

  String open(String sealed) {
    return sealing.open(sealed);
  }

  private static byte[] derive(String text, byte[] salt) throws GeneralSecurityException {
    return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
        .generateSecret(new PBEKeySpec(text.toCharArray(), salt, ROUNDS, KEY_BITS))
        .getEncoded();
  }
}
