package dev.naru.api.once;

import dev.naru.api.Refusal;
import dev.naru.api.once.IdempotencyKeys.Claim;
import dev.naru.api.once.IdempotencyStore.Answer;
import dev.naru.api.wire.Callers;
import dev.naru.api.wire.ParamsReader;
import dev.naru.api.wire.RefusalStatuses;
import dev.naru.api.wire.Refusals;
import dev.naru.kernel.Failed;
import dev.naru.merchant.Merchant;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ContentCachingResponseWrapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * The {@code Idempotency-Key} header, beyond V1: of POST requests with the same key and input, one
 * is served, and all get its answer. As an interceptor it claims the key once it is known which
 * operation of which merchant is meant; as a filter around that it keeps the answer as it is sent.
 */
@Component
public class Idempotency extends OncePerRequestFilter implements HandlerInterceptor {

  static final String HEADER = "Idempotency-Key";

  /** On an answer that was given before. */
  static final String REPLAYED = "Idempotency-Replayed";

  private static final Logger LOG = LoggerFactory.getLogger(Idempotency.class);

  private final IdempotencyKeys keys;
  private final Callers callers;
  private final ParamsReader reader;
  private final JsonMapper json;

  Idempotency(IdempotencyKeys keys, Callers callers, ParamsReader reader, JsonMapper json) {
    this.keys = keys;
    this.callers = callers;
    this.reader = reader;
    this.json = json;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !asks(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ContentCachingResponseWrapper kept = new ContentCachingResponseWrapper(response);
    boolean served = false;
    try {
      chain.doFilter(request, kept);
      served = true;
    } finally {
      settle(Once.of(request), kept, served);
      kept.copyBodyToResponse();
    }
  }

  /** Before the answer is sent: whoever has it may rely on getting it again. */
  private void settle(Once once, ContentCachingResponseWrapper kept, boolean served) {
    KeyInUse mine = once.row();
    if (mine == null) {
      return;
    }
    try {
      // Ours or a PG's: what a 5xx says of the outcome may be different the next time.
      boolean failed = kept.getStatus() >= 500 && kept.getStatus() != 501;
      if (!served || failed || once.isUndecided()) {
        keys.release(mine);
      } else {
        String body = new String(kept.getContentAsByteArray(), StandardCharsets.UTF_8);
        keys.answer(mine, new Answer(kept.getStatus(), body));
      }
    } catch (RuntimeException e) {
      // The money has moved or not: the caller must learn which. The key is free after its lease.
      LOG.error("the answer of a request with a key could not be kept", e);
    }
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    if (!asks(request) || !isOfMerchant(handler)) {
      return true;
    }
    Merchant merchant = callers.merchant(request);
    String input = path(request) + "\n" + reader.read(request).canonical();
    switch (keys.claim(merchant.id(), operation(request), key(request), input)) {
      case Claim.Mine(KeyInUse row) -> {
        Once.put(request, row, keys.cancellationId(row));
        return true;
      }
      case Claim.Replay(Answer answer) -> {
        response.setHeader(REPLAYED, "true");
        write(response, answer);
      }
      case Claim.Running() -> throw Failed.conflict(Refusal.KEY_RUNS);
      case Claim.Reused() -> {
        int status = HttpStatus.UNPROCESSABLE_CONTENT.value();
        write(response, new Answer(status, json.writeValueAsString(Refusals.ofStatus(status))));
      }
    }
    return false;
  }

  private static void write(HttpServletResponse response, Answer answer) throws IOException {
    response.setStatus(answer.status());
    response.setContentType("application/json");
    response.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private static boolean asks(HttpServletRequest request) {
    return "POST".equals(request.getMethod()) && request.getHeader(HEADER) != null;
  }

  /** Tokens are not: V1 has its own rule for handing out the same one again. */
  private static boolean isOfMerchant(Object handler) {
    return handler instanceof HandlerMethod method
        && Arrays.asList(method.getMethod().getParameterTypes()).contains(Merchant.class);
  }

  private static String operation(HttpServletRequest request) {
    return "POST " + request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
  }

  private static String path(HttpServletRequest request) {
    return request.getRequestURI().replaceFirst("/+$", "");
  }

  /**
   * @throws Failed invalid unless it is 1 to 255 visible ASCII characters, quoted or not
   */
  private static String key(HttpServletRequest request) {
    String key = String.valueOf(request.getHeader(HEADER)).strip();
    String bare =
        key.matches("\".*\"") && key.length() > 1 ? key.substring(1, key.length() - 1) : key;
    if (!bare.matches("[!-~]{1,255}")) {
      // No parameter of V1's: who sends it knows HTTP.
      request.setAttribute(RefusalStatuses.UNREADABLE, true);
      throw Failed.invalid(Refusal.KEY_FORM);
    }
    return bare;
  }
}
