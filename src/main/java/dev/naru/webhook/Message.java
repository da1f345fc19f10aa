package dev.naru.webhook;

import dev.naru.kernel.Secret;
import dev.naru.webhook.setting.HookSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is sent: V1's body to the letter, and the headers of Standard Webhooks. The id is the same
 * in every try and at every URL of an event, so that receivers can tell duplicates.
 */
record Message(String contentType, String body, Map<String, String> headers) {

  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * @param sentAt in the receiver's time, which it compares: not that of an advanced sandbox clock
   */
  static Message of(Claimed claimed, boolean form, List<Secret> keys, Instant sentAt) {
    String id = "evt_" + claimed.merchantId() + "_" + claimed.eventId();
    return of(id, fields(claimed), form, keys, sentAt);
  }

  /**
   * @param keys what signs: each adds a signature, and whoever knows one key can verify
   */
  static Message of(
      String id, Map<String, String> fields, boolean form, List<Secret> keys, Instant sentAt) {
    String body = form ? form(fields) : JSON.writeValueAsString(fields);
    String timestamp = Long.toString(sentAt.getEpochSecond());
    return new Message(
        form ? "application/x-www-form-urlencoded" : "application/json",
        body,
        Map.of(
            "webhook-id",
            id,
            "webhook-timestamp",
            timestamp,
            "webhook-signature",
            signatures(keys, id + "." + timestamp + "." + body)));
  }

  private static Map<String, String> fields(Claimed claimed) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("imp_uid", claimed.impUid());
    fields.put("merchant_uid", claimed.merchantUid());
    fields.put("status", claimed.status());
    if (claimed.cancellationId() != null) {
      fields.put("cancellation_id", claimed.cancellationId());
    }
    return fields;
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static String signatures(List<Secret> keys, String content) {
    return keys.stream().map(key -> "v1," + sign(key, content)).collect(Collectors.joining(" "));
  }

  private static String sign(Secret secret, String content) {
    try {
      byte[] key =
          Base64.getDecoder().decode(secret.reveal().substring(HookSettings.PREFIX.length()));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign a webhook", e);
    }
  }
}
