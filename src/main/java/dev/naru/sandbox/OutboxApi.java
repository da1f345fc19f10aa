package dev.naru.sandbox;

import dev.naru.kernel.Failed;
import dev.naru.kernel.Malformed;
import dev.naru.sandbox.shown.Shown;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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
  Object list(
      @RequestParam @Nullable String phone,
      HttpServletRequest request,
      HttpServletResponse response)
      throws InterruptedException {
    return Shown.list(
        simulators.ask("GET", MESSAGES + filter(phone)), "sandbox/outbox", request, response);
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
      throw Failed.notFound(Refusal.UNKNOWN_MESSAGE);
    }
    return simulators.ask("POST", MESSAGES + "/" + id + "/" + tap);
  }

  private static String filter(@Nullable String phone) {
    String digits = phone == null ? "" : phone.replaceAll("[^0-9]", "");
    if (phone != null && !phone.isBlank() && digits.isEmpty()) {
      throw Failed.invalid(Malformed.WRONG_FORM, "phone");
    }
    return digits.isEmpty() ? "" : "?phone=" + digits;
  }
}
