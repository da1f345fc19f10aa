package dev.naru.sandbox;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads the sandbox's time, and moves it on. */
@RestController
@RequestMapping("/sandbox/clock")
@Conditional(SandboxOnly.class)
class ClockApi {

  /** What is made in ids and dates of PGs fits; and a slip of the keyboard does no harm. */
  private static final Duration MOST_AHEAD = Duration.ofDays(3_653);

  /** Clients do not wait for ever: after this the move goes on without them. */
  private static final int LONGEST_WAIT_SECONDS = 270;

  private static final int LARGEST = 4_096;
  private static final JsonMapper JSON = Json.fromOutside();

  private final ClockMover mover;
  private final HubClock clock;

  ClockApi(ClockMover mover, HubClock clock) {
    this.mover = mover;
    this.clock = clock;
  }

  /**
   * What time it is.
   *
   * @param ahead seconds ahead of the machine
   * @param target where the clock is being moved to, null if it is not
   */
  record ClockView(
      Instant now,
      long unix,
      String seoul,
      long ahead,
      boolean moving,
      @Nullable Instant target,
      @Nullable Integer stops) {}

  @GetMapping
  ClockView read() {
    return view(null);
  }

  /**
   * Moves time on by {@code by} (ISO 8601, {@code P1M} and the like by Seoul's calendar, or
   * seconds) or to {@code to} (ISO 8601, or UNIX seconds), given as JSON, form or query. Answers
   * when all that was due on the way is done, or after {@code wait} seconds with 202.
   */
  @PostMapping
  ResponseEntity<ClockView> move(HttpServletRequest request)
      throws IOException, InterruptedException {
    Map<String, String> asked = asked(request);
    int wait = wait(asked.get("wait"));
    ClockMover.Move move = mover.to(target(asked.get("by"), asked.get("to")));
    try {
      int stops = move.done().get(wait, TimeUnit.SECONDS);
      return ResponseEntity.ok(view(stops));
    } catch (TimeoutException goesOn) {
      return ResponseEntity.status(HttpStatus.ACCEPTED).body(view(null));
    } catch (ExecutionException failed) {
      throw new IllegalStateException("the clock could not be moved", failed);
    }
  }

  private static Map<String, String> asked(HttpServletRequest request) throws IOException {
    Map<String, String> asked = new LinkedHashMap<>();
    String body =
        new String(request.getInputStream().readNBytes(LARGEST), StandardCharsets.UTF_8).strip();
    try {
      if (request.getQueryString() != null) {
        FormBody.form(request.getQueryString()).forEach((name, value) -> put(asked, name, value));
      }
      if (body.startsWith("{")) {
        JSON.readTree(body)
            .propertyStream()
            .forEach(one -> put(asked, one.getKey(), one.getValue().asString("")));
      } else {
        FormBody.form(body).forEach((name, value) -> put(asked, name, value));
      }
    } catch (JacksonException | IllegalArgumentException | ArithmeticException malformed) {
      throw Failed.invalid(Refusal.BODY_NO_FORM);
    }
    return asked;
  }

  private static void put(Map<String, String> asked, String name, Object value) {
    if (!value.toString().isBlank()) {
      asked.put(name, value.toString().strip());
    }
  }

  private Instant target(@Nullable String by, @Nullable String to) {
    if ((by == null) == (to == null)) {
      throw Failed.invalid(Refusal.BY_OR_TO);
    }
    Instant now = clock.instant();
    Instant target;
    try {
      target = to == null ? after(now, String.valueOf(by)) : instant(to);
    } catch (DateTimeException | NumberFormatException | ArithmeticException malformed) {
      throw Failed.invalid(Refusal.NO_TIME);
    }
    if (target.isBefore(now)) {
      throw Failed.invalid(Refusal.CLOCK_BACK);
    }
    if (target.isAfter(clock.machine().instant().plus(MOST_AHEAD))) {
      throw Failed.invalid(Refusal.CLOCK_TOO_FAR);
    }
    return target;
  }

  private static Instant after(Instant now, String by) {
    if (by.matches("\\d+")) {
      return now.plusSeconds(Long.parseLong(by));
    }
    if (!by.startsWith("P")) {
      throw new DateTimeException("no period: " + by);
    }
    int time = by.indexOf('T');
    ZonedDateTime there = now.atZone(HubClock.SEOUL);
    if (time != 1) {
      there = there.plus(Period.parse(time < 0 ? by : by.substring(0, time)));
    }
    return (time < 0 ? there : there.plus(Duration.parse("P" + by.substring(time)))).toInstant();
  }

  private static Instant instant(String to) {
    return to.matches("\\d+")
        ? Instant.ofEpochSecond(Long.parseLong(to))
        : OffsetDateTime.parse(to).toInstant();
  }

  private static int wait(@Nullable String seconds) {
    if (seconds == null) {
      return LONGEST_WAIT_SECONDS;
    }
    if (!seconds.matches("\\d{1,3}")) {
      throw Failed.invalid(Refusal.WAIT_RANGE, LONGEST_WAIT_SECONDS);
    }
    return Math.min(Integer.parseInt(seconds), LONGEST_WAIT_SECONDS);
  }

  private ClockView view(@Nullable Integer stops) {
    Instant now = clock.instant();
    Instant target = mover.current().map(ClockMover.Move::target).orElse(null);
    return new ClockView(
        now,
        now.getEpochSecond(),
        now.atZone(HubClock.SEOUL).toOffsetDateTime().toString(),
        clock.offset().toSeconds(),
        target != null,
        target,
        stops);
  }
}
