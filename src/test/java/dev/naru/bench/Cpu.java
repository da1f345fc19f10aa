package dev.naru.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The processor time that processes, and those they started, have used so far. */
record Cpu(Map<String, Duration> used) {

  static Cpu now(Map<String, ProcessHandle> processes) {
    Map<String, Duration> used = new LinkedHashMap<>();
    processes.forEach(
        (name, process) -> {
          Duration own = of(process);
          used.put(
              name,
              name.equals("postgresql")
                  ? process.children().map(Cpu::of).reduce(own, Duration::plus)
                  : own);
        });
    return new Cpu(used);
  }

  private static Duration of(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Milliseconds since {@code before}, divided by {@code count}. */
  Map<String, Double> since(Cpu before, long count) {
    Map<String, Double> each = new LinkedHashMap<>();
    used.forEach(
        (name, now) ->
            each.put(
                name,
                now.minus(before.used().getOrDefault(name, Duration.ZERO)).toNanos()
                    / 1e6
                    / Math.max(1, count)));
    return each;
  }
}
