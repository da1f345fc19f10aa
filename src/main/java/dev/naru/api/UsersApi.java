package dev.naru.api;

import dev.naru.api.wire.Envelope;
import dev.naru.api.wire.Params;
import dev.naru.api.wire.WrongKeys;
import dev.naru.connector.Capability;
import dev.naru.connector.Identifies;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Secret;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Tokens;
import dev.naru.merchant.door.AllowLists;
import dev.naru.merchant.door.RateLimits;
import dev.naru.payment.flow.WindowOpenings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** V1's {@code /users}: tokens, and the account's channels. */
@RestController
class UsersApi {

  /** What V1 calls an API payment: a charge without a window, or what one needs. */
  private static final List<Class<? extends Capability>> BY_API =
      List.of(
          Capability.KeyIn.class,
          Capability.IssueKey.class,
          Capability.Cvs.class,
          Capability.Points.class,
          Capability.QuickPay.class);

  private final Tokens tokens;
  private final Channels channels;
  private final AllowLists allowed;
  private final RateLimits limits;

  UsersApi(Tokens tokens, Channels channels, AllowLists allowed, RateLimits limits) {
    this.tokens = tokens;
    this.channels = channels;
    this.allowed = allowed;
    this.limits = limits;
  }

  @PostMapping("/users/getToken")
  Envelope getToken(Params params, HttpServletRequest request) {
    String from = request.getRemoteAddr();
    if (!params.has("imp_key") || !params.has("imp_secret")) {
      throw Failed.invalid(Refusal.KEYS_MISSING);
    }
    String key = params.required("imp_key", 255);
    limits.requireMayTry(key, from);
    String secret = params.required("imp_secret", 255);
    Tokens.Issued issued = issue(key, new Secret(secret), from);
    allowed.require(issued.merchantId(), from);
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("access_token", issued.token().reveal());
    response.put("now", issued.now().getEpochSecond());
    response.put("expired_at", issued.expiresAt().getEpochSecond());
    return Envelope.of(response);
  }

  private Tokens.Issued issue(String key, Secret secret, String from) {
    try {
      return tokens.issue(key, secret);
    } catch (Failed refused) {
      limits.wrong(key, from);
      WrongKeys.tell(from);
      throw refused;
    }
  }

  @GetMapping("/users/pg")
  Envelope pg(Merchant merchant) {
    List<Map<String, Object>> settings = new ArrayList<>();
    for (Channel channel : channels.of(merchant.id())) {
      if (WindowOpenings.has(channel)) {
        settings.add(setting(channel, "payment"));
      }
      if (BY_API.stream().anyMatch(channel::has)) {
        settings.add(setting(channel, "api_payment"));
      }
      if (channel.has(Identifies.IdentityOtp.class)
          || channel.has(Identifies.IdentityWindow.class)) {
        settings.add(setting(channel, "certification"));
      }
    }
    return Envelope.of(settings);
  }

  private static Map<String, Object> setting(Channel channel, String type) {
    Map<String, Object> setting = new LinkedHashMap<>();
    setting.put("pg_provider", channel.pg().provider());
    setting.put("pg_id", channel.mid());
    setting.put("sandbox", channel.sandbox());
    setting.put("type", type);
    setting.put("channel_name", channel.name());
    setting.put("channel_key", channel.key());
    return setting;
  }
}
