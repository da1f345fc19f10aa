package dev.naru.start;

import dev.naru.kernel.work.Pulse;
import dev.naru.merchant.reach.PgReach;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether this node can take payments: everything that must go on does, and the database takes
 * writes. PGs out of reach are told of, and make no node unready: to the next one they are no
 * nearer.
 */
@Component("hub")
class Readiness implements HealthIndicator {

  private final List<Pulse> all;
  private final PgReach reach;

  Readiness(List<Pulse> all, PgReach reach) {
    this.all = all;
    this.reach = reach;
  }

  @Override
  public Health health() {
    List<String> troubles = all.stream().flatMap(one -> one.trouble().stream()).toList();
    Health.Builder health = troubles.isEmpty() ? Health.up() : Health.down();
    Map<String, String> away =
        reach.all().entrySet().stream()
            .filter(pg -> pg.getValue().isOutOfReach())
            .collect(
                Collectors.toMap(Map.Entry::getKey, pg -> String.valueOf(pg.getValue().since())));
    return health.withDetail("troubles", troubles).withDetail("pgsOutOfReach", away).build();
  }
}
