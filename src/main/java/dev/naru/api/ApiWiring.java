package dev.naru.api;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.Secret;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import dev.naru.merchant.Tokens;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.filter.UrlHandlerFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * What a V1 operation gets: as its first argument the {@link Merchant} it acts for, hence nothing
 * is read from a request without a token, then its {@link Params}.
 */
@Configuration
class ApiWiring implements WebMvcConfigurer {

  private final Tokens tokens;
  private final Merchants merchants;
  private final ParamsReader reader;

  ApiWiring(Tokens tokens, Merchants merchants, ParamsReader reader) {
    this.tokens = tokens;
    this.merchants = merchants;
    this.reader = reader;
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(resolver(Merchant.class, this::merchant));
    resolvers.add(resolver(Params.class, reader::read));
  }

  /**
   * There is one answer, JSON, whatever a client accepts: to find out after a charge that it cannot
   * be written would hide it.
   */
  @Override
  public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
    negotiation.strategies(List.of(request -> ContentNegotiationStrategy.MEDIA_TYPE_ALL_LIST));
  }

  /** What Tomcat refuses by itself, a broken request line or too long a header, is JSON as well. */
  @Bean
  WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> tomcatRefusals() {
    return tomcat ->
        tomcat.addContextCustomizers(
            context -> context.getParent().getPipeline().addValve(new RefusalValve()));
  }

  /** V1's clients write slashes at the end of some paths. */
  @Bean
  UrlHandlerFilter trailingSlashes() {
    return UrlHandlerFilter.trailingSlashHandler("/**").wrapRequest().build();
  }

  private Merchant merchant(HttpServletRequest request) {
    long owner = tokens.owner(token(request));
    return merchants.actingFor(owner, request.getHeader("Tier"));
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
    if (parameters.get("_token") instanceof String token && !token.isBlank()) {
      return new Secret(token);
    }
    throw new Failed(new Failure.Unauthorized("Unauthorized"));
  }

  private interface Resolves<T> {
    T from(HttpServletRequest request);
  }

  private static <T> HandlerMethodArgumentResolver resolver(Class<T> type, Resolves<T> resolves) {
    return new HandlerMethodArgumentResolver() {
      @Override
      public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == type;
      }

      @Override
      public Object resolveArgument(
          MethodParameter parameter,
          @Nullable ModelAndViewContainer container,
          NativeWebRequest web,
          @Nullable WebDataBinderFactory binders) {
        HttpServletRequest request = web.getNativeRequest(HttpServletRequest.class);
        if (request == null) {
          throw new IllegalStateException("not an HTTP request");
        }
        return resolves.from(request);
      }
    };
  }
}
