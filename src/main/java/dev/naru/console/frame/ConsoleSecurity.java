package dev.naru.console.frame;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Spring Security for {@code /console} and for nothing else: its filter is not even mapped to other
 * paths, whose habits it would judge. It has forms and headers; who is signed in and may do what is
 * {@link ConsoleDoor}'s.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class ConsoleSecurity {

  @Bean
  SecurityFilterChain console(HttpSecurity http, FormTokens tokens) throws Exception {
    return http.securityMatcher("/console", "/console/**")
        .sessionManagement(one -> one.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .csrf(csrf -> csrf.csrfTokenRepository(tokens))
        .headers(headers -> headers.referrerPolicy(one -> one.policy(ReferrerPolicy.SAME_ORIGIN)))
        .exceptionHandling(
            refused ->
                refused.accessDeniedHandler(
                    (request, response, e) ->
                        request
                            .getRequestDispatcher(FramePage.OLD_PAGE)
                            .forward(request, response)))
        .build();
  }

  @Bean
  FilterRegistrationBean<Filter> consoleFilter(
      @Qualifier("springSecurityFilterChain") Filter chain) {
    FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(chain);
    registration.addUrlPatterns("/console", "/console/*");
    registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
    registration.setOrder(0);
    return registration;
  }
}
