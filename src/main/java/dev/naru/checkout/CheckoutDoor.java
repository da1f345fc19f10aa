package dev.naru.checkout;

import dev.naru.checkout.link.LinkApi;
import dev.naru.kernel.Failed;
import dev.naru.merchant.door.RateLimits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Counts who asks, without a key, for what is kept or looks shops up. */
@Configuration
class CheckoutDoor implements WebMvcConfigurer, HandlerInterceptor {

  private final RateLimits limits;

  CheckoutDoor(RateLimits limits) {
    this.limits = limits;
  }

  @Override
  public void addInterceptors(InterceptorRegistry interceptors) {
    interceptors
        .addInterceptor(this)
        .addPathPatterns(
            "/checkout/prepare",
            "/checkout/certification",
            "/checkout/wishlist",
            "/checkout/ui",
            "/link/*/pay",
            LinkApi.PATH);
  }

  /**
   * @throws Failed too many
   */
  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getMethod().equals("POST")) {
      limits.visit(request.getRemoteAddr());
    }
    return true;
  }
}
