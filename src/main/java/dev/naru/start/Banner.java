package dev.naru.start;

import dev.naru.kernel.Settings;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says where to go, once the hub takes requests. */
@Component
class Banner {

  /** A page for people; those of a sandbox are absent in live mode. */
  public record Page(String path, String what, boolean sandboxOnly) {}

  /** Every page there is, and none that is not. */
  private static final List<Page> PAGES =
      List.of(
          new Page("/demo", "a small shop that pays through the SDK", true),
          new Page("/console", "the operator's pages", false),
          new Page("/docs", "the API, in words and to try (OpenAPI: /v3/api-docs)", false),
          new Page("/sandbox/cards", "test cards, phones, keys and channels", true),
          new Page("/sandbox/gateways", "what each PG can do", true),
          new Page("/sandbox/hooks/{name}", "receives webhooks and lists them", true),
          new Page("/sandbox/clock", "reads the time, and moves it on", true),
          new Page("/sandbox/books/{pg}", "what a simulator charged, cancelled, certified", true),
          new Page("/sandbox/outbox", "messages that would have been sent, with their codes", true),
          new Page("/actuator/health/readiness", "whether the hub is ready", false));

  /** Public, and the default of many clients; live mode has no such key. */
  private static final String TEST_SECRET =
      "ekKoeW8RyKuT0zgaZsUtXXTLQ4AhPFW3ZGseDA6bkA5lamv9OqDMnxyeB9wqOsuO9W3Mx9YSJ4dTqJ3f";

  private static final Logger LOG = LoggerFactory.getLogger(Banner.class);

  private final Settings settings;

  Banner(Settings settings) {
    this.settings = settings;
  }

  @EventListener(ApplicationReadyEvent.class)
  void print() {
    System.out.println(text());
    if (settings.live() && "localhost".equals(settings.baseUrl().getHost())) {
      LOG.warn("NARU_BASE_URL is not set: no browser and no PG elsewhere can reach this hub");
    }
    if (settings.rehearsal() != null) {
      LOG.warn(
          "REHEARSAL: test channels pay at the simulators at {} (NARU_REHEARSAL_URL), at no PG",
          settings.rehearsal());
    }
    if (settings.live() && settings.database() == null) {
      LOG.warn("NARU_DB_URL is not set: the payments live on this machine's disk alone");
    }
  }

  String text() {
    StringBuilder text = new StringBuilder("\n");
    line(text, "Naru", (settings.live() ? "LIVE" : "sandbox") + " at " + settings.baseUrl());
    for (Page page : PAGES) {
      if (settings.sandbox() || !page.sandboxOnly()) {
        boolean console = page.path().equals("/console");
        Object base = console ? settings.console().url() : settings.baseUrl();
        line(text, "", base + page.path() + "  " + page.what());
      }
    }
    if (settings.sandbox()) {
      line(text, "User code", "imp00000000");
      line(text, "REST key", "imp_apikey or imp_apiKey");
      line(text, "REST secret", TEST_SECRET);
      line(text, "Simulators", String.valueOf(settings.simulatorUrl()));
    }
    if (settings.rehearsal() != null) {
      line(text, "REHEARSAL", "test channels pay at " + settings.rehearsal() + ", at no PG");
    }
    line(text, "Data", settings.data().toString());
    line(text, "Database", settings.database() == null ? "embedded" : "NARU_DB_URL");
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("  %-12s %s%n".formatted(name, value));
  }
}
