package dev.naru.console.frame;

import dev.naru.account.entry.Session;
import dev.naru.account.entry.Sessions.Device;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gives handlers the {@link Viewer}, the {@link Session} and the {@link Device} they ask for. */
@Configuration
class FrameWiring implements WebMvcConfigurer, HandlerMethodArgumentResolver {

  private final ConsoleDoor door;
  private final Frame frame;

  FrameWiring(ConsoleDoor door, Frame frame) {
    this.door = door;
    this.frame = frame;
  }

  @Override
  public void addInterceptors(InterceptorRegistry interceptors) {
    interceptors.addInterceptor(door).addPathPatterns("/console", "/console/**");
    interceptors.addInterceptor(frame).addPathPatterns("/console", "/console/**");
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(this);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    Class<?> type = parameter.getParameterType();
    return type == Viewer.class || type == Session.class || type == Device.class;
  }

  @Override
  public @Nullable Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest web,
      @Nullable WebDataBinderFactory binders) {
    HttpServletRequest request =
        Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class));
    if (parameter.getParameterType() == Viewer.class) {
      return ConsoleDoor.viewer(request);
    }
    if (parameter.getParameterType() == Session.class) {
      return ConsoleDoor.session(request).orElse(null);
    }
    String agent = request.getHeader("User-Agent");
    return new Device(request.getRemoteAddr(), agent == null ? "" : agent);
  }
}
