package dev.naru.simulator;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/** What a shop that uses INICIS sends. It signs by itself, not with the simulator's code. */
record InicisShop(Shop shop) {

  static final String SIGN_KEY = "SU5JTElURV9UUklQTEVERVNfS0VZU1RS";
  static final String STAMP = "20260101120000";
  private static final String MS = "1714000000001";

  static String sha(String algorithm, String text) {
    try {
      return java.util.HexFormat.of()
          .formatHex(
              java.security.MessageDigest.getInstance(algorithm)
                  .digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String aes(String key, String iv, String text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "AES"),
          new IvParameterSpec(iv.getBytes(StandardCharsets.UTF_8)));
      return Base64.getEncoder()
          .encodeToString(cipher.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  Map<String, String> window(String mid, String oid, String price) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("version", "1.0");
    form.put("mid", mid);
    form.put("oid", oid);
    form.put("price", price);
    form.put("timestamp", MS);
    form.put("use_chkfake", "Y");
    form.put("signature", sha("SHA-256", "oid=" + oid + "&price=" + price + "&timestamp=" + MS));
    form.put(
        "verification",
        sha(
            "SHA-256",
            "oid=" + oid + "&price=" + price + "&signKey=" + SIGN_KEY + "&timestamp=" + MS));
    form.put("mKey", sha("SHA-256", SIGN_KEY));
    form.put("goodname", "사과 <한> 상자");
    form.put("buyername", "홍길동");
    form.put("buyertel", "01012345678");
    form.put("buyeremail", "a@example.com");
    form.put("returnUrl", "http://shop.test/return");
    form.put("closeUrl", "http://shop.test/close");
    form.put("charset", "UTF-8");
    return form;
  }

  HttpResponse<String> open(Map<String, String> form) {
    return shop.form(shop.url + "/html5_inicis/stdpay/payMain/pay", form);
  }

  /** Goes through the window; returns what the browser would post to the shop. */
  Map<String, String> authenticate(Map<String, String> form, Map<String, String> buyer) {
    return Shop.next(shop.press(open(form), buyer));
  }

  static Map<String, String> approval(Map<String, String> returned) {
    String token = returned.getOrDefault("authToken", "");
    Map<String, String> form = new LinkedHashMap<>();
    form.put("mid", returned.getOrDefault("mid", ""));
    form.put("authToken", token);
    form.put("timestamp", MS);
    form.put("signature", sha("SHA-256", "authToken=" + token + "&timestamp=" + MS));
    form.put(
        "verification",
        sha("SHA-256", "authToken=" + token + "&signKey=" + SIGN_KEY + "&timestamp=" + MS));
    form.put("charset", "UTF-8");
    form.put("format", "JSON");
    return form;
  }

  JsonNode approve(Map<String, String> returned) {
    return Shop.json(shop.form(returned.getOrDefault("authUrl", ""), approval(returned)));
  }

  JsonNode netCancel(Map<String, String> returned) {
    return Shop.json(shop.form(returned.getOrDefault("netCancelUrl", ""), approval(returned)));
  }

  /** Signs and sends a version 1 request; {@code signed} names the fields after the common ones. */
  HttpResponse<String> api(String path, Map<String, String> fields, String... signed) {
    Map<String, String> form =
        new LinkedHashMap<>(Map.of("timestamp", STAMP, "clientIp", "127.0.0.1"));
    form.putAll(fields);
    String mid = fields.getOrDefault("mid", "");
    StringBuilder text = new StringBuilder(key(mid));
    for (String name : new String[] {"type", "paymethod", "timestamp", "clientIp", "mid"}) {
      text.append(form.getOrDefault(name, ""));
    }
    for (String name : signed) {
      text.append(form.getOrDefault(name, ""));
    }
    form.put("hashData", sha("SHA-512", text.toString()));
    return shop.form(shop.url + "/html5_inicis/iniapi/api/v1/" + path, form);
  }

  static String key(String mid) {
    return mid.equals("INIBillTst") ? "rKnPljRn5m6J9Mzz" : "ItEQKi3rY7uvDS8l";
  }

  static String iv(String mid) {
    return mid.equals("INIBillTst") ? "W2KLNKra6Wxc1P==" : "HYb3yQ4f65QL89==";
  }

  JsonNode refund(String tid, String payMethod) {
    return Shop.json(
        api(
            "refund",
            Map.of(
                "type",
                "Refund",
                "paymethod",
                payMethod,
                "mid",
                "INIpayTest",
                "tid",
                tid,
                "msg",
                "변심"),
            "tid"));
  }

  JsonNode partialRefund(String tid, String price, String confirm) {
    return Shop.json(
        api(
            "refund",
            Map.of(
                "type", "PartialRefund",
                "paymethod", "Card",
                "mid", "INIpayTest",
                "tid", tid,
                "msg", "변심",
                "price", price,
                "confirmPrice", confirm),
            "tid",
            "price",
            "confirmPrice"));
  }

  JsonNode inquiry(String mid, String oid) {
    return Shop.json(
        api("extra", Map.of("type", "Extra", "paymethod", "Inquiry", "mid", mid, "oid", oid)));
  }

  HttpResponse<String> issueKey(String number) {
    String card = aes(key("INIBillTst"), iv("INIBillTst"), number);
    String expire = aes(key("INIBillTst"), iv("INIBillTst"), "3012");
    return api(
        "billing",
        Map.of(
            "type", "Auth",
            "paymethod", "Card",
            "mid", "INIBillTst",
            "moid", "key-order",
            "price", "1004",
            "cardNumber", card,
            "cardExpire", expire),
        "moid",
        "price",
        "cardNumber");
  }

  HttpResponse<String> charge(String key, String moid) {
    Map<String, String> fields =
        new LinkedHashMap<>(
            Map.of(
                "type", "Billing",
                "paymethod", "Card",
                "mid", "INIBillTst",
                "moid", moid,
                "price", "1004",
                "billKey", key,
                "url", "http://shop.test",
                "goodName", "구독",
                "buyerName", "홍길동",
                "buyerEmail", "a@example.com"));
    fields.put("buyerTel", "01012345678");
    return api("billing", fields, "moid", "price", "billKey");
  }
}
