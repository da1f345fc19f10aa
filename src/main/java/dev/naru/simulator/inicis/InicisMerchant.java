package dev.naru.simulator.inicis;

import dev.naru.simulator.kit.facts.Digests;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** INICIS' published test merchants, and what their keys sign. Others are unknown here. */
record InicisMerchant(String mid, String signKey, String apiKey, String apiIv, String hashKey) {

  // One sign key serves all test merchants; INIBillTst publishes no mobile hash key, so it shares
  // INIpayTest's.
  private static final String SIGN_KEY = "SU5JTElURV9UUklQTEVERVNfS0VZU1RS";
  private static final String HASH_KEY = "3CB8183A4BE283555ACC8363C0360223";

  private static final Map<String, InicisMerchant> PUBLISHED =
      Map.of(
          "INIpayTest",
          new InicisMerchant(
              "INIpayTest", SIGN_KEY, "ItEQKi3rY7uvDS8l", "HYb3yQ4f65QL89==", HASH_KEY),
          "iniescrow0",
          new InicisMerchant(
              "iniescrow0",
              SIGN_KEY,
              "yERbIlJ3NhTeObsA",
              "tOGDXbfoajk2DQ==",
              "37F3A120C1DFCDEB708B00F5383D2263"),
          "INIBillTst",
          new InicisMerchant(
              "INIBillTst", SIGN_KEY, "rKnPljRn5m6J9Mzz", "W2KLNKra6Wxc1P==", HASH_KEY));

  static @Nullable InicisMerchant of(@Nullable String mid) {
    return mid == null ? null : PUBLISHED.get(mid);
  }

  String mKey() {
    return Digests.sha256(signKey);
  }

  static String signature(String oid, String price, String timestamp) {
    return Digests.sha256("oid=" + oid + "&price=" + price + "&timestamp=" + timestamp);
  }

  String verification(String oid, String price, String timestamp) {
    return Digests.sha256(
        "oid=" + oid + "&price=" + price + "&signKey=" + signKey + "&timestamp=" + timestamp);
  }

  static String tokenSignature(String token, String timestamp) {
    return Digests.sha256("authToken=" + token + "&timestamp=" + timestamp);
  }

  String tokenVerification(String token, String timestamp) {
    return Digests.sha256("authToken=" + token + "&signKey=" + signKey + "&timestamp=" + timestamp);
  }

  /** The mobile window's check of the amount. */
  String chkFake(String amount, String oid, String timestamp) {
    return Digests.sha512Base64(amount + oid + timestamp + hashKey);
  }

  /** INIAPI: the key in front of everything the operation signs. */
  String hashData(String signed) {
    return Digests.sha512(apiKey + signed);
  }

  String decrypt(String encrypted) {
    return Digests.decrypt(apiKey, apiIv, encrypted);
  }

  /** Signs an approval; which fields, in which order, hangs on the last digit of the timestamp. */
  static String authSignature(String mid, String oid, String price, String timestamp) {
    String m = "mid=" + mid;
    String o = "MOID=" + oid;
    String p = "TotPrice=" + price;
    String t = "tstamp=" + timestamp;
    String signed =
        switch (timestamp.charAt(timestamp.length() - 1)) {
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
        };
    return Digests.sha256(signed);
  }
}
