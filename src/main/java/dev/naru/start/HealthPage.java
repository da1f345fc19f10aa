package dev.naru.start;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Readiness and liveness on the hub's own port too, where load balancers look; nothing else of the
 * management port is there.
 */
@RestController
class HealthPage {

  private final HealthEndpoint health;

  HealthPage(HealthEndpoint health) {
    this.health = health;
  }

  record Answer(String status) {}

  @GetMapping("/actuator/health/readiness")
  ResponseEntity<Answer> readiness() {
    return answer(health.healthForPath("readiness"));
  }

  @GetMapping("/actuator/health/liveness")
  ResponseEntity<Answer> liveness() {
    return answer(health.healthForPath("liveness"));
  }

  private static ResponseEntity<Answer> answer(@Nullable HealthDescriptor found) {
    Status status = found == null ? Status.UNKNOWN : found.getStatus();
    return ResponseEntity.status(Status.UP.equals(status) ? 200 : 503)
        .body(new Answer(status.getCode()));
  }
}
