package dev.naru.api.wire;

import dev.naru.api.once.Idempotency;
import dev.naru.api.once.Once;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.audit.Actor;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
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
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * What a V1 operation gets: as its first argument the {@link Merchant} it acts for, hence nothing
 * is read from a request without a token, then its {@link Params}.
 */
@Configuration
class ApiWiring implements WebMvcConfigurer {

  private final Callers callers;
  private final ParamsReader reader;
  private final WrongMethods wrongMethods;
  private final Idempotency idempotency;

  ApiWiring(
      Callers callers, ParamsReader reader, WrongMethods wrongMethods, Idempotency idempotency) {
    this.wrongMethods = wrongMethods;
    this.callers = callers;
    this.reader = reader;
    this.idempotency = idempotency;
  }

  @Override
  public void addInterceptors(InterceptorRegistry interceptors) {
    interceptors.addInterceptor(wrongMethods);
    interceptors.addInterceptor(idempotency);
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(resolver(Merchant.class, callers::merchant));
    resolvers.add(resolver(Actor.class, callers::actor));
    resolvers.add(resolver(Params.class, reader::read));
    resolvers.add(resolver(Once.class, Once::of));
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

  /** A slash in a merchant_uid is written as %2F, and is a part of it. */
  @Bean
  WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> slashesInIds() {
    return tomcat ->
        tomcat.addConnectorCustomizers(
            connector -> {
              String asItIs = EncodedSolidusHandling.PASS_THROUGH.getValue();
              connector.setEncodedSolidusHandling(asItIs);
              connector.setEncodedReverseSolidusHandling(asItIs);
            });
  }

  /**
   * Behind proxies of the operator's, the caller is who they say it is; nobody else is believed.
   */
  @Bean
  WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> proxies(Settings settings) {
    return tomcat -> {
      if (!settings.door().trustedProxies().isEmpty()) {
        RemoteIpValve valve = new RemoteIpValve();
        valve.setInternalProxies(settings.door().trustedProxies());
        // Where the hub is reached is NARU_BASE_URL's matter.
        valve.setProtocolHeader("");
        tomcat.addEngineValves(valve);
      }
    };
  }

  /** V1's clients write slashes at the end of some paths. */
  @Bean
  UrlHandlerFilter trailingSlashes() {
    return UrlHandlerFilter.trailingSlashHandler("/**").wrapRequest().build();
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
