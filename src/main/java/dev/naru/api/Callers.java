package dev.naru.api;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Secret;
import dev.naru.merchant.AllowLists;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import dev.naru.merchant.RateLimits;
import dev.naru.merchant.Tokens;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Whom a request is for, and whether it may come: token, address, rate, {@code Tier}. */
@Component
class Callers {

  private static final String ATTRIBUTE = Callers.class.getName();

  private final Tokens tokens;
  private final Merchants merchants;
  private final AllowLists allowed;
  private final RateLimits limits;

  Callers(Tokens tokens, Merchants merchants, AllowLists allowed, RateLimits limits) {
    this.tokens = tokens;
    this.merchants = merchants;
    this.allowed = allowed;
    this.limits = limits;
  }

  /**
   * The same merchant however often it is asked for one request.
   *
   * @throws Failed unauthorized, forbidden, too many, or not found for an unknown tier
   */
  Merchant merchant(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof Merchant known) {
      return known;
    }
    Tokens.Bearer bearer = tokens.bearer(token(request));
    allowed.require(bearer.merchantId(), request.getRemoteAddr());
    limits.count(bearer.impKey());
    Merchant merchant = merchants.actingFor(bearer.merchantId(), request.getHeader("Tier"));
    if (merchant.id() != bearer.merchantId()) {
      allowed.require(merchant.id(), request.getRemoteAddr());
    }
    request.setAttribute(ATTRIBUTE, merchant);
    return merchant;
  }

  /** All forms in which V1 ever took a token: the last word of Authorization, or its two elders. */
  private static Secret token(HttpServletRequest request) {
    String authorization = request.getHeader("Authorization");
    if (authorization != null && !authorization.isBlank()) {
      String[] words = authorization.strip().split("\\s+");
      return new Secret(words[words.length - 1]);
    }
    String header = request.getHeader("X-ImpTokenHeader");
    if (header != null && !header.isBlank()) {
      return new Secret(header.strip());
    }
    String query = request.getQueryString();
    Map<String, Object> parameters = Forms.parse(query == null ? "" : query);
    if (parameters.get(Params.TOKEN) instanceof String token && !token.isBlank()) {
      return new Secret(token);
    }
    throw new Failed(new Failure.Unauthorized("Unauthorized"));
  }
}
