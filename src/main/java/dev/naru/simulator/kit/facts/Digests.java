package dev.naru.simulator.kit.facts;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.BufferedBlockCipher;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SEEDEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/** Hashes and ciphers the PGs' protocols use. */
public final class Digests {

  private Digests() {}

  /** In hex digits. */
  public static String sha256(String text) {
    return HexFormat.of().formatHex(hash("SHA-256", text));
  }

  /** In hex digits. */
  public static String sha512(String text) {
    return HexFormat.of().formatHex(hash("SHA-512", text));
  }

  /** Of the bytes of the hash, not of its hex text. */
  public static String sha512Base64(String text) {
    return Base64.getEncoder().encodeToString(hash("SHA-512", text));
  }

  /** HMAC-SHA-256 in hex digits. */
  public static String hmac(byte[] key, String text) {
    return HexFormat.of().formatHex(hmacBytes(key, text));
  }

  static byte[] hmacBytes(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Compares in constant time. */
  public static boolean same(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8),
        given.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
  }

  /** The text in a base64 of either alphabet; empty when it is not base64. */
  public static String base64(String encoded) {
    try {
      byte[] bytes = Base64.getDecoder().decode(encoded.replace('-', '+').replace('_', '/'));
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return "";
    }
  }

  /** AES-128-CBC of a base64 text; empty when it does not decrypt. */
  public static String decrypt(String key, String iv, String encrypted) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "AES"),
          new IvParameterSpec(iv.getBytes(StandardCharsets.UTF_8)));
      return new String(
          cipher.doFinal(Base64.getDecoder().decode(encrypted)), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return "";
    }
  }

  /**
   * AES-256-CBC in Base64, with key and initial vector that PBKDF2 derives.
   *
   * @param salt in Base64
   */
  public record Derived(String key, String iv, String salt) {

    /** With a salt that nobody has seen. */
    public static Derived fresh(String key, String iv) {
      byte[] salt = new byte[16];
      new SecureRandom().nextBytes(salt);
      return new Derived(key, iv, Base64.getEncoder().encodeToString(salt));
    }

    /** The text, sealed. */
    public String sealed(String text) {
      try {
        byte[] clear = text.getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(cipher(Cipher.ENCRYPT_MODE).doFinal(clear));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    /** The text in it; empty when it does not decrypt. */
    public String opened(String sealed) {
      try {
        byte[] text = Base64.getDecoder().decode(sealed);
        return new String(cipher(Cipher.DECRYPT_MODE).doFinal(text), StandardCharsets.UTF_8);
      } catch (GeneralSecurityException | IllegalArgumentException _) {
        return "";
      }
    }

    private Cipher cipher(int mode) throws GeneralSecurityException {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          mode,
          new SecretKeySpec(derived(key), "AES"),
          new IvParameterSpec(Arrays.copyOf(derived(iv), 16)));
      return cipher;
    }

    private byte[] derived(String text) throws GeneralSecurityException {
      byte[] known = Base64.getDecoder().decode(salt);
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
          .generateSecret(new PBEKeySpec(text.toCharArray(), known, 10_000, 256))
          .getEncoded();
    }
  }

  /** SEED in CBC mode, in Base64. */
  public static String seed(byte[] key, String iv, String text) {
    BufferedBlockCipher cipher =
        new PaddedBufferedBlockCipher(CBCBlockCipher.newInstance(new SEEDEngine()));
    cipher.init(
        true, new ParametersWithIV(new KeyParameter(key), iv.getBytes(StandardCharsets.US_ASCII)));
    byte[] clear = text.getBytes(StandardCharsets.UTF_8);
    byte[] sealed = new byte[cipher.getOutputSize(clear.length)];
    try {
      int done = cipher.processBytes(clear, 0, clear.length, sealed, 0);
      done += cipher.doFinal(sealed, done);
      return Base64.getEncoder().encodeToString(Arrays.copyOf(sealed, done));
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException(e);
    }
  }

  /** AES-256-ECB in base64. */
  public static String encryptEcb(String key, String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              ecb(Cipher.ENCRYPT_MODE, key).doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** AES-256-ECB of a base64 text; empty when it does not decrypt. */
  public static String decryptEcb(String key, String encrypted) {
    try {
      return new String(
          ecb(Cipher.DECRYPT_MODE, key).doFinal(Base64.getDecoder().decode(encrypted)),
          StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return "";
    }
  }

  // What the PG uses.
  @SuppressWarnings("InsecureCryptoUsage")
  private static Cipher ecb(int mode, String key) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
    cipher.init(mode, new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "AES"));
    return cipher;
  }

  private static byte[] hash(String algorithm, String text) {
    try {
      return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
