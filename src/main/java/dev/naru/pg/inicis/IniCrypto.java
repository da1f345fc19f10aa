package dev.naru.pg.inicis;

import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Digests;
import dev.naru.pg.kit.Sealing;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How INICIS signs and encrypts. */
final class IniCrypto {

  /** Published: the same for all merchants. */
  private static final byte[] SEED_IV = "SASHOSTSIRIAS000".getBytes(StandardCharsets.US_ASCII);

  private IniCrypto() {}

  /** SHA-256 over {@code name=value} pairs in alphabetical order. */
  static String signature(Map<String, String> fields) {
    return Digests.sha256(pairs(new TreeMap<>(fields)));
  }

  static String mKey(Secret signKey) {
    return Digests.sha256(signKey.reveal());
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
    return Digests.sha256(
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
    return Digests.sha512InBase64(amount + oid + stamp + hashKey.reveal());
  }

  /** INIAPI's hash: the key and then the values, with nothing between them. */
  static String hashData(Secret apiKey, String... values) {
    return Digests.sha512(apiKey.reveal() + String.join("", values));
  }

  /** Card and account numbers: AES-128-CBC under the INIAPI key. */
  static String encrypt(Secret apiKey, Secret iv, String text) {
    return Sealing.cbc(apiKey, iv).seal(text);
  }

  /**
   * What the unified identity verification tells of a person: SEED-CBC under the key that came with
   * the browser's return.
   *
   * @param token the key in Base64
   * @throws IllegalArgumentException if it is not sealed by this key
   */
  static String seedDecrypt(Secret token, String sealed) {
    return Sealing.openSeed(Base64.getDecoder().decode(token.reveal()), SEED_IV, sealed);
  }

  private static String pairs(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + field.getValue())
        .collect(Collectors.joining("&"));
  }
}
