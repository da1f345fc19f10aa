package dev.naru.pg;

import dev.naru.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SEEDEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/** How INICIS signs and encrypts. */
final class IniCrypto {

  /** Published: the same for all merchants. */
  private static final byte[] SEED_IV = "SASHOSTSIRIAS000".getBytes(StandardCharsets.US_ASCII);

  private IniCrypto() {}

  /** SHA-256 over {@code name=value} pairs in alphabetical order. */
  static String signature(Map<String, String> fields) {
    return hex("SHA-256", pairs(new TreeMap<>(fields)));
  }

  static String mKey(Secret signKey) {
    return hex("SHA-256", signKey.reveal());
  }

  /**
   * The signature of an approval's answer: which fields, and in which order, is decided by the last
   * digit of the time stamp that was sent.
   */
  static String authSignature(String mid, String stamp, String oid, String price) {
    String m = "mid=" + mid;
    String t = "tstamp=" + stamp;
    String o = "MOID=" + oid;
    String p = "TotPrice=" + price;
    return hex(
        "SHA-256",
        switch (stamp.charAt(stamp.length() - 1)) {
          case '1' -> String.join("&", o, m, t);
          case '2' -> String.join("&", o, t, m);
          case '3' -> String.join("&", m, o, t);
          case '4' -> String.join("&", m, t, o);
          case '5' -> String.join("&", t, m, o);
          case '6' -> String.join("&", t, o, m);
          case '7' -> String.join("&", p, m, t);
          case '8' -> String.join("&", p, t, m);
          case '9' -> String.join("&", p, o, t);
          default -> String.join("&", p, t, o);
        });
  }

  /** The mobile window's signature: base64 of the digest's bytes, not of its digits. */
  static String checkFake(String amount, String oid, String stamp, Secret hashKey) {
    return Base64.getEncoder()
        .encodeToString(digest("SHA-512", amount + oid + stamp + hashKey.reveal()));
  }

  /** INIAPI's hash: the key and then the values, with nothing between them. */
  static String hashData(Secret apiKey, String... values) {
    return hex("SHA-512", apiKey.reveal() + String.join("", values));
  }

  /** Card and account numbers: AES-128-CBC under the INIAPI key. */
  static String encrypt(Secret apiKey, Secret iv, String text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(apiKey.reveal().getBytes(StandardCharsets.UTF_8), "AES"),
          new IvParameterSpec(iv.reveal().getBytes(StandardCharsets.UTF_8)));
      return Base64.getEncoder()
          .encodeToString(cipher.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the INIAPI key or IV is not 16 characters long", e);
    }
  }

  /** Lower-case hex digits. */
  static String sha256(String text) {
    return hex("SHA-256", text);
  }

  /**
   * What the unified identity verification tells of a person: SEED-CBC under the key that came with
   * the browser's return.
   *
   * @param token the key in Base64
   * @throws IllegalArgumentException if it is not sealed by this key
   */
  static String seedDecrypt(Secret token, String sealed) {
    PaddedBufferedBlockCipher cipher =
        new PaddedBufferedBlockCipher(CBCBlockCipher.newInstance(new SEEDEngine()));
    byte[] key = Base64.getDecoder().decode(token.reveal());
    cipher.init(false, new ParametersWithIV(new KeyParameter(key), SEED_IV));
    byte[] input = Base64.getDecoder().decode(sealed);
    byte[] clear = new byte[cipher.getOutputSize(input.length)];
    try {
      int length = cipher.processBytes(input, 0, input.length, clear, 0);
      length += cipher.doFinal(clear, length);
      return new String(clear, 0, length, StandardCharsets.UTF_8);
    } catch (InvalidCipherTextException e) {
      throw new IllegalArgumentException("not sealed by this token", e);
    }
  }

  private static String pairs(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + field.getValue())
        .collect(Collectors.joining("&"));
  }

  private static String hex(String algorithm, String text) {
    return HexFormat.of().formatHex(digest(algorithm, text));
  }

  private static byte[] digest(String algorithm, String text) {
    try {
      return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
