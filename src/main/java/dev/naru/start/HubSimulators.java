package dev.naru.start;

import dev.naru.kernel.Settings;
import dev.naru.simulator.Simulators;
import dev.naru.start.settings.SettingsReader;
import java.net.BindException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The simulators that start and end with a sandbox hub; none if they are elsewhere. */
record HubSimulators(@Nullable Simulators running) implements AutoCloseable {

  /**
   * @throws StartRefused if their port is taken or a book of theirs cannot be read
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
                  clock,
                  read.simulatorSeed())));
    } catch (RuntimeException e) {
      String advice =
          root(e) instanceof BindException ? ": set NARU_SIMULATOR_PORT to a free port" : "";
      throw new StartRefused(
          "The simulators cannot start on port %d (%s)%s"
              .formatted(settings.simulatorPort(), said(e), advice));
    }
  }

  /** A damaged book says so itself, better than the parser below it. */
  private static String said(RuntimeException failure) {
    return String.valueOf(
        failure instanceof IllegalStateException
            ? failure.getMessage()
            : root(failure).getMessage());
  }

  private static Throwable root(Throwable failure) {
    Throwable last = failure;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return last;
  }

  @Override
  public void close() {
    if (running != null) {
      running.close();
    }
  }
}
