package dev.naru.sandbox;

import dev.naru.kernel.Failed;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The messages that would have reached people's phones, newest first: {@code phone} picks one
 * phone's.
 */
@RestController
@RequestMapping("/sandbox/outbox")
@Conditional(SandboxOnly.class)
class OutboxApi {

  private static final String MESSAGES = "/_sim/outbox/messages";

  private final SimulatorDesk simulators;

  OutboxApi(SimulatorDesk simulators) {
    this.simulators = simulators;
  }

  @GetMapping
  ResponseEntity<byte[]> list(@RequestParam @Nullable String phone) throws InterruptedException {
    return simulators.ask("GET", MESSAGES + filter(phone));
  }

  @DeleteMapping
  ResponseEntity<byte[]> delete(@RequestParam @Nullable String phone) throws InterruptedException {
    return simulators.ask("DELETE", MESSAGES + filter(phone));
  }

  /** The person taps in the carrier's app: {@code approve} or {@code decline}. */
  @PostMapping("/{id}/{tap}")
  ResponseEntity<byte[]> tap(@PathVariable String id, @PathVariable String tap)
      throws InterruptedException {
    if (!id.matches("[0-9A-Za-z]{1,40}") || !Set.of("approve", "decline").contains(tap)) {
      throw Failed.notFound("존재하지 않는 메시지입니다.");
    }
    return simulators.ask("POST", MESSAGES + "/" + id + "/" + tap);
  }

  private static String filter(@Nullable String phone) {
    String digits = phone == null ? "" : phone.replaceAll("[^0-9]", "");
    if (phone != null && !phone.isBlank() && digits.isEmpty()) {
      throw Failed.invalid("파라미터 형식이 올바르지 않습니다. (phone)");
    }
    return digits.isEmpty() ? "" : "?phone=" + digits;
  }
}
