package dev.naru.simulator.inicis;

import dev.naru.simulator.kit.facts.Contracts;
import dev.naru.simulator.kit.facts.Digests;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A merchant of INICIS, and what its keys sign. */
record InicisMerchant(String mid, Map<String, String> keys) {

  /** Null for one that INICIS has no contract with. */
  static @Nullable InicisMerchant of(Contracts contracts, @Nullable String mid) {
    Map<String, String> keys = contracts.of(mid);
    return mid == null || keys.isEmpty() ? null : new InicisMerchant(mid, keys);
  }

  private String key(String name) {
    return keys.getOrDefault(name, "");
  }

  String mKey() {
    return Digests.sha256(key("signKey"));
  }

  static String signature(String oid, String price, String timestamp) {
    return Digests.sha256("oid=" + oid + "&price=" + price + "&timestamp=" + timestamp);
  }

  String verification(String oid, String price, String timestamp) {
    String head = "oid=" + oid + "&price=" + price + "&signKey=" + key("signKey");
    return Digests.sha256(head + "&timestamp=" + timestamp);
  }

  static String tokenSignature(String token, String timestamp) {
    return Digests.sha256("authToken=" + token + "&timestamp=" + timestamp);
  }

  String tokenVerification(String token, String timestamp) {
    return Digests.sha256(
        "authToken=" + token + "&signKey=" + key("signKey") + "&timestamp=" + timestamp);
  }

  /** The mobile window's check of the amount. */
  String chkFake(String amount, String oid, String timestamp) {
    return Digests.sha512Base64(amount + oid + timestamp + key("hashKey"));
  }

  /** INIAPI: the key in front of everything the operation signs. */
  String hashData(String signed) {
    return Digests.sha512(key("apiKey") + signed);
  }

  String decrypt(String encrypted) {
    return Digests.decrypt(key("apiKey"), key("apiIv"), encrypted);
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
