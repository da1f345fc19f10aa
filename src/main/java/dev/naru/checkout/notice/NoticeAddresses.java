package dev.naru.checkout.notice;

import dev.naru.checkout.Checkouts;
import dev.naru.connector.Capability;
import dev.naru.kernel.Settings;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Merchants;
import dev.naru.merchant.reach.Forgotten;
import dev.naru.payment.Payment;
import dev.naru.payment.flow.Barcodes;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * In sandbox mode and in rehearsals, tells the simulators where each channel wants its notices:
 * what a shop otherwise writes into the PG's console by hand. Simulators may start later than the
 * hub.
 */
@Component
public class NoticeAddresses {

  /** The shop that a sandbox is seeded with. */
  private static final String DEMO_SHOP = "imp00000000";

  private static final Logger LOG = LoggerFactory.getLogger(NoticeAddresses.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int TRIES = 600;

  private final Settings settings;
  private final Merchants merchants;
  private final Channels channels;
  private final JsonMapper json;

  /** A PG knows one address per MID. Shops of a sandbox share MIDs: one that is there has it. */
  private final Map<URI, Channel> told = new ConcurrentHashMap<>();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  NoticeAddresses(Settings settings, Merchants merchants, Channels channels, JsonMapper json) {
    this.settings = settings;
    this.merchants = merchants;
    this.channels = channels;
    this.json = json;
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    if (settings.simulatorUrl() != null) {
      merchants
          .byUserCode(DEMO_SHOP)
          .map(Merchant::id)
          .ifPresent(id -> channels.of(id).forEach(this::announce));
    }
  }

  /** The simulators have forgotten all. */
  @EventListener(Forgotten.class)
  void again() {
    told.clear();
    start();
  }

  /** For channels that were made later. */
  public void announce(Payment payment) {
    channels.byKey(payment.merchantId(), payment.via().channelKey()).ifPresent(this::announce);
  }

  /** A till asks where notices go. */
  @EventListener
  public void announce(Barcodes.Issuing issuing) {
    announce(issuing.channel());
  }

  private void announce(Channel channel) {
    URI simulators = simulators(channel);
    if (simulators == null || !channel.has(Capability.Notifies.class)) {
      return;
    }
    URI target =
        URI.create(
            simulators + "/_sim/notices/" + channel.pg().code() + "/" + escaped(channel.mid()));
    if (isThere(told.get(target))) {
      return;
    }
    told.put(target, channel);
    URI address = Checkouts.noticeUrl(settings, channel);
    String body = json.writeValueAsString(Map.of("url", address.toString()));
    Thread.ofVirtual().name("notice-address").start(() -> insist(target, body));
  }

  /** Where its PG is a simulator; null where it is none. */
  private @Nullable URI simulators(Channel channel) {
    return switch (channel.mode()) {
      case SANDBOX -> settings.simulatorUrl();
      case TEST -> settings.rehearsal();
      case LIVE -> null;
    };
  }

  private boolean isThere(@Nullable Channel channel) {
    return channel != null && channels.byKey(channel.merchantId(), channel.key()).isPresent();
  }

  private void insist(URI target, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .timeout(Duration.ofSeconds(5))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      for (int i = 0; i < TRIES; i++) {
        if (isTaken(request)) {
          return;
        }
        Thread.sleep(PAUSE);
      }
      LOG.warn("the simulators do not take the notice address {}", target);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isTaken(HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notUp) {
      return false;
    }
  }

  private static String escaped(String mid) {
    return URLEncoder.encode(mid, StandardCharsets.UTF_8);
  }
}
