package dev.naru.webhook.setting;

import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.payment.Event;
import dev.naru.payment.HookUrls;
import dev.naru.payment.Payment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Where webhooks of payments go, as their shops have set it. */
@Component
class HookRoutes implements HookUrls {

  private static final Logger LOG = LoggerFactory.getLogger(HookRoutes.class);

  private final HookSettings settings;
  private final Channels channels;

  HookRoutes(HookSettings settings, Channels channels) {
    this.settings = settings;
    this.channels = channels;
  }

  @Override
  public List<Target> defaults(long merchantId) {
    return settings.applying(merchantId).active().stream()
        .map(endpoint -> new Target(endpoint.url(), endpoint.id()))
        .toList();
  }

  /** What happened is written in any case: if settings cannot be read, it is told of as in V1. */
  @Override
  public List<Target> wanting(Payment after, Event event) {
    List<Target> all = after.purchase().targets();
    if (all.isEmpty() || !mayBeWanted(event)) {
      return List.of();
    }
    try {
      return all.stream().filter(target -> wants(target, after, event)).toList();
    } catch (RuntimeException e) {
      LOG.warn("webhook settings of merchant {} cannot be read", after.merchantId(), e);
      return event.announce() ? all : List.of();
    }
  }

  private static boolean mayBeWanted(Event event) {
    return event.announce()
        || event.kind() == Event.Kind.DECLINED
        || event.kind() == Event.Kind.CANCELED;
  }

  private boolean wants(Target target, Payment after, Event event) {
    long merchantId = after.merchantId();
    Set<HookEvent> ofShop = settings.policy(merchantId).events();
    Long number = target.endpoint();
    HookEndpoint endpoint =
        number == null ? null : settings.endpoint(merchantId, number).orElse(null);
    if (endpoint == null) {
      return HookEvent.isWanted(ofShop, after, event);
    }
    Set<HookEvent> chosen = endpoint.events() == null ? ofShop : endpoint.events();
    return endpoint.mode().takes(isTest(after)) && HookEvent.isWanted(chosen, after, event);
  }

  private boolean isTest(Payment payment) {
    return channels
        .byKey(payment.merchantId(), payment.via().channelKey())
        .map(Channel::sandbox)
        .orElse(payment.via().sandbox());
  }

  @Override
  public Optional<String> confirmUrl(long merchantId, @Nullable String named) {
    HookPolicy policy = settings.policy(merchantId);
    if (!policy.confirm()) {
      return Optional.empty();
    }
    return Optional.ofNullable(named == null ? policy.confirmUrl() : named);
  }
}
