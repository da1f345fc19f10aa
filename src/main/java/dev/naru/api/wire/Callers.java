package dev.naru.api.wire;

import static dev.naru.merchant.Refusal.UNAUTHORIZED;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Secret;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import dev.naru.merchant.Tokens;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.door.AllowLists;
import dev.naru.merchant.door.RateLimits;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Whom a request is for, and whether it may come: token, address, rate, {@code Tier}. */
@Component
public class Callers {

  private static final String ATTRIBUTE = Callers.class.getName();
  private static final String ACTOR = ATTRIBUTE + ".actor";

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
  public Merchant merchant(HttpServletRequest request) {
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
    request.setAttribute(ACTOR, Actor.api(bearer.impKey(), request.getRemoteAddr()));
    return merchant;
  }

  /** Who asks, where something is changed: the API key. Throws {@link Failed} as the other does. */
  public Actor actor(HttpServletRequest request) {
    merchant(request);
    return (Actor) Objects.requireNonNull(request.getAttribute(ACTOR));
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
    throw Failed.unauthorized(UNAUTHORIZED);
  }
}
