package dev.naru.api;

import static dev.naru.merchant.Refusal.UNKNOWN_USER_CODE;

import dev.naru.api.wire.Params;
import dev.naru.connector.Identifies;
import dev.naru.kernel.Failed;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchants;
import dev.naru.merchant.door.RateLimits;
import dev.naru.payment.flow.WindowOpenings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which PGs a shop's windows may use: public, as the browser SDKs of old asked for it, also from a
 * script tag. Its answer has keys of its own, {@code code}, {@code msg} and {@code data}.
 */
@RestController
class ShopChannelsApi {

  private static final String CALLBACK = "[A-Za-z_$][\\w$]*(\\.[A-Za-z_$][\\w$]*){0,8}";
  private static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=UTF-8");

  private final Merchants merchants;
  private final Channels channels;
  private final RateLimits limits;
  private final JsonMapper json;

  ShopChannelsApi(Merchants merchants, Channels channels, RateLimits limits, JsonMapper json) {
    this.limits = limits;
    this.merchants = merchants;
    this.channels = channels;
    this.json = json;
  }

  @GetMapping("/users/pg/{userCode}")
  ResponseEntity<String> pg(
      @PathVariable String userCode, Params params, HttpServletRequest request) {
    limits.visit(request.getRemoteAddr());
    String callback = params.text("callback", 128);
    if (callback != null && !callback.matches(CALLBACK)) {
      throw Failed.invalid(Refusal.CALLBACK_NO_NAME);
    }
    long merchantId =
        merchants.byUserCode(userCode).orElseThrow(() -> Failed.notFound(UNKNOWN_USER_CODE)).id();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("code", 0);
    answer.put("msg", null);
    answer.put("data", settings(merchantId));
    String text = json.writeValueAsString(answer);
    return ResponseEntity.ok()
        .contentType(callback == null ? MediaType.APPLICATION_JSON : SCRIPT)
        .header("Access-Control-Allow-Origin", "*")
        // Nothing that comes before the name may be taken for anything but a script.
        .body(callback == null ? text : "/**/" + callback + "(" + text + ");");
  }

  private List<Map<String, Object>> settings(long merchantId) {
    List<Map<String, Object>> settings = new ArrayList<>();
    for (Channel channel : channels.of(merchantId)) {
      if (WindowOpenings.has(channel)) {
        settings.add(setting(channel, "payment"));
      }
      if (channel.has(Identifies.IdentityOtp.class)
          || channel.has(Identifies.IdentityWindow.class)) {
        settings.add(setting(channel, "certification"));
      }
    }
    return settings;
  }

  private static Map<String, Object> setting(Channel channel, String type) {
    Map<String, Object> setting = new LinkedHashMap<>();
    setting.put("pg_provider", channel.pg().provider());
    setting.put("pg_id", channel.mid());
    setting.put("type", type);
    setting.put("sandbox", channel.sandbox());
    return setting;
  }
}
