package dev.naru.start;

import dev.naru.kernel.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Finds out that a port is taken before the long part of the start, not after it. */
final class Ports {

  private Ports() {}

  /**
   * @throws StartRefused naming each port of the hub that is taken
   */
  static void refuseTaken(Settings settings) {
    List<String> taken = new ArrayList<>();
    if (isTaken(settings.bind(), settings.port())) {
      taken.add("NARU_PORT %d is taken: set a free port".formatted(settings.port()));
    }
    if (settings.startsSimulators() && isTaken(settings.bind(), settings.simulatorPort())) {
      taken.add(
          "NARU_SIMULATOR_PORT %d is taken: set a free port (without it, NARU_PORT + 1 counts)"
              .formatted(settings.simulatorPort()));
    }
    if (settings.consoleApart() && isTaken(settings.console().bind(), settings.console().port())) {
      taken.add(
          "NARU_CONSOLE_PORT %d is taken: set a free port".formatted(settings.console().port()));
    }
    if (!taken.isEmpty()) {
      throw new StartRefused(taken);
    }
  }

  private static boolean isTaken(String bind, int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(bind))) {
      return !socket.isBound();
    } catch (IOException e) {
      return true;
    }
  }
}
