package dev.naru.start;

import dev.naru.kernel.Settings;
import dev.naru.simulator.Simulators;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The simulators that start and end with a sandbox hub; none if they are elsewhere. */
record HubSimulators(@Nullable Simulators running) implements AutoCloseable {

  /**
   * @throws StartRefused if their port is taken
   */
  static HubSimulators of(SettingsReader.Read read, InstantSource clock) {
    Settings settings = read.settings();
    if (!settings.startsSimulators()) {
      return new HubSimulators(null);
    }
    try {
      return new HubSimulators(
          Simulators.start(
              new Simulators.Settings(
                  settings.simulatorPort(),
                  settings.bind(),
                  settings.data(),
                  read.simulatorLate(),
                  read.simulatorSlow(),
                  clock)));
    } catch (RuntimeException e) {
      throw new StartRefused(
          "The simulators cannot start on port %d (%s): set NARU_SIMULATOR_PORT to a free port"
              .formatted(settings.simulatorPort(), cause(e)));
    }
  }

  private static String cause(Throwable failure) {
    Throwable last = failure;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return String.valueOf(last.getMessage());
  }

  @Override
  public void close() {
    if (running != null) {
      running.close();
    }
  }
}
