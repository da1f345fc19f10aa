package dev.naru.webhook;

import dev.naru.attention.Attention;
import dev.naru.attention.Jobs;
import dev.naru.attention.What;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Shards;
import dev.naru.merchant.Shards.Shard;
import io.micrometer.core.instrument.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes what became of deliveries and of their endpoints, and tells who wants to know: the log,
 * the metrics, and the operator.
 */
@Component
class Results {

  private static final Logger LOG = LoggerFactory.getLogger(Results.class);

  private final DeliveryStore store;
  private final TryStore tries;
  private final Attention attention;
  private final Jobs jobs;
  private final HubClock clock;
  private final Shards shards;

  Results(
      DeliveryStore store,
      TryStore tries,
      Attention attention,
      Jobs jobs,
      HubClock clock,
      Shards shards) {
    this.shards = shards;
    this.store = store;
    this.tries = tries;
    this.attention = attention;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** Something of ours broke: it comes up again. */
  void broke(Claimed claimed, RuntimeException e) {
    LOG.error("webhook of event {} broke, it waits", claimed.eventId(), e);
    jobs.failed(claimed.merchantId(), "webhook " + claimed.eventId(), e);
  }

  /**
   * Writes ends of tries, those of a shard together, and if that fails each merchant's apart.
   *
   * @return those that could not be written
   */
  List<Finished> write(List<Finished> done) {
    List<Finished> failed = new ArrayList<>();
    done.stream()
        .collect(Collectors.groupingBy(one -> shards.shard(one.claimed().merchantId())))
        .forEach((shard, ofShard) -> failed.addAll(write(shard, ofShard)));
    return failed;
  }

  private List<Finished> write(Shard shard, List<Finished> done) {
    List<Endpoint> endpoints;
    try {
      endpoints = tries.settle(shard, done, clock.instant());
    } catch (RuntimeException e) {
      return apart(shard, done, e);
    }
    done.forEach(this::ended);
    endpoints.forEach(this::turned);
    return List.of();
  }

  private List<Finished> apart(Shard shard, List<Finished> done, RuntimeException e) {
    Map<Long, List<Finished>> byMerchant =
        done.stream().collect(Collectors.groupingBy(one -> one.claimed().merchantId()));
    if (byMerchant.size() == 1) {
      LOG.warn("results of {} webhooks are not written yet", done.size(), e);
      return done;
    }
    return byMerchant.values().stream().flatMap(of -> write(shard, of).stream()).toList();
  }

  /** A try is over, and written. URLs stay out of the log: shops put keys into them. */
  private void ended(Finished done) {
    Claimed claimed = done.claimed();
    Delivery.State state = done.verdict().state();
    Metrics.counter("naru.webhooks", "state", state.name().toLowerCase(Locale.ROOT)).increment();
    String about = claimed.impUid() + "/" + claimed.eventId();
    boolean late = clock.instant().isAfter(claimed.createdAt().plus(Retry.PATIENCE));
    boolean few = done.retries() != Retries.DAYS && claimed.tries() > 1;
    if ((late || few) && state == Delivery.State.DELIVERED) {
      // It may have been given up, and sent again by hand.
      attention.settled(claimed.merchantId(), What.WEBHOOK_GIVEN_UP, about);
    } else if (state == Delivery.State.GIVEN_UP) {
      LOG.warn(
          "webhook of event {} of {} is given up after {} tries, the last with status {}",
          claimed.eventId(),
          claimed.impUid(),
          claimed.tries(),
          done.status());
      attention.raise(
          claimed.merchantId(),
          What.WEBHOOK_GIVEN_UP,
          about,
          claimed.tries() + " tries, the last with status " + done.status());
    }
  }

  /** An endpoint was parked, is silent still, or is there again. */
  private void turned(Endpoint endpoint) {
    if (endpoint.turn() == Endpoint.Turn.OPENED) {
      LOG.info("an endpoint of merchant {} answers again", endpoint.merchantId());
      attention.settled(endpoint.merchantId(), What.ENDPOINT_PARKED, endpoint.origin());
      return;
    }
    if (endpoint.turn() == Endpoint.Turn.PARKED) {
      LOG.warn("an endpoint of merchant {} is silent, and tried rarely", endpoint.merchantId());
    }
    attention.raise(
        endpoint.merchantId(),
        What.ENDPOINT_PARKED,
        endpoint.origin(),
        endpoint.fails() + " calls in a row without an answer, since " + endpoint.since());
    giveUp(endpoint);
  }

  /** What has waited for three days for an endpoint that is still silent. */
  private void giveUp(Endpoint endpoint) {
    int many = 0;
    int some;
    do {
      some = store.giveUp(endpoint, clock.instant().minus(Retry.PATIENCE));
      many += some;
    } while (some == DeliveryStore.BATCH);
    if (many == 0) {
      return;
    }
    Metrics.counter("naru.webhooks", "state", "given_up").increment(many);
    LOG.warn(
        "{} webhooks for a silent endpoint of merchant {} are given up",
        many,
        endpoint.merchantId());
    attention.raise(
        endpoint.merchantId(),
        What.WEBHOOK_GIVEN_UP,
        endpoint.origin(),
        many + " webhooks waited for three days, and nobody answered");
  }
}
