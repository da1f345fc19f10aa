package dev.naru.pg.kit;

import dev.naru.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SEEDEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts texts with AES, as Base64 of UTF-8, and opens what PGs encrypted.
 *
 * @param key of 16, 24 or 32 bytes
 * @param iv of 16 bytes for CBC, null for ECB
 */
public record Sealing(byte[] key, byte @Nullable [] iv) {

  /** By a key and an IV that are texts of as many characters. */
  public static Sealing cbc(Secret key, Secret iv) {
    return new Sealing(Digests.bytes(key.reveal()), Digests.bytes(iv.reveal()));
  }

  /** Without an IV, where the PG decided so; TLS is around it. */
  public static Sealing ecb(Secret key) {
    return new Sealing(Digests.bytes(key.reveal()), null);
  }

  /** Throws {@link IllegalArgumentException} if the key or the IV is of the wrong length. */
  public String seal(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(cipher(Cipher.ENCRYPT_MODE).doFinal(Digests.bytes(text)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the encryption key or IV is of the wrong length", e);
    }
  }

  /** Throws {@link IllegalArgumentException} for what was not encrypted with this key. */
  public String open(String sealed) {
    try {
      byte[] clear = cipher(Cipher.DECRYPT_MODE).doFinal(Base64.getDecoder().decode(sealed));
      return new String(clear, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not encrypted with this key", e);
    }
  }

  @SuppressWarnings("InsecureCryptoUsage")
  private Cipher cipher(int mode) throws GeneralSecurityException {
    Cipher cipher =
        Cipher.getInstance(iv == null ? "AES/ECB/PKCS5Padding" : "AES/CBC/PKCS5Padding");
    SecretKeySpec spec = new SecretKeySpec(key, "AES");
    if (iv == null) {
      cipher.init(mode, spec);
    } else {
      cipher.init(mode, spec, new IvParameterSpec(iv));
    }
    return cipher;
  }

  /**
   * Opens SEED in CBC mode.
   *
   * @throws IllegalArgumentException if it is not sealed by this key
   */
  public static String openSeed(byte[] key, byte[] iv, String sealed) {
    PaddedBufferedBlockCipher cipher =
        new PaddedBufferedBlockCipher(CBCBlockCipher.newInstance(new SEEDEngine()));
    cipher.init(false, new ParametersWithIV(new KeyParameter(key), iv));
    byte[] input = Base64.getDecoder().decode(sealed);
    byte[] clear = new byte[cipher.getOutputSize(input.length)];
    try {
      int length = cipher.processBytes(input, 0, input.length, clear, 0);
      length += cipher.doFinal(clear, length);
      return new String(clear, 0, length, StandardCharsets.UTF_8);
    } catch (InvalidCipherTextException e) {
      throw new IllegalArgumentException("not sealed by this key", e);
    }
  }
}
