package dev.naru.console.frame;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;

/**
 * The texts of pages stand in {@code console/{page}_ko.properties} and {@code _en.properties}; a
 * template takes them by {@code #{page.key}}. The console speaks the account's language, before
 * that the visitor's; everywhere else is as it would be without the console.
 */
@Configuration(proxyBeanMethods = false)
public class Languages {

  private static final String LOCALE = Languages.class.getName();

  static void speak(HttpServletRequest request, boolean korean) {
    request.setAttribute(LOCALE, korean ? Locale.KOREAN : Locale.ENGLISH);
  }

  /** Whether this request is answered in Korean, not English. */
  public static boolean korean(HttpServletRequest request) {
    return !Locale.ENGLISH.equals(request.getAttribute(LOCALE));
  }

  @Bean
  LocaleResolver localeResolver() {
    return new AcceptHeaderLocaleResolver() {
      @Override
      public Locale resolveLocale(HttpServletRequest request) {
        @Nullable Object spoken = request.getAttribute(LOCALE);
        return spoken instanceof Locale locale ? locale : super.resolveLocale(request);
      }
    };
  }

  @Bean
  MessageSource messageSource() throws java.io.IOException {
    ResourceBundleMessageSource texts = new ResourceBundleMessageSource();
    for (Resource file :
        new PathMatchingResourcePatternResolver()
            .getResources("classpath*:console/*_ko.properties")) {
      String name = String.valueOf(file.getFilename());
      texts.addBasenames("console." + name.replace("_ko.properties", ""));
    }
    texts.setDefaultEncoding("UTF-8");
    texts.setDefaultLocale(Locale.KOREAN);
    texts.setAlwaysUseMessageFormat(true);
    return texts;
  }
}
