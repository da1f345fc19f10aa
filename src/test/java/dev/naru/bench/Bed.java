package dev.naru.bench;

import dev.naru.testing.HubProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Where a bench runs: an empty data folder, and the programs on it, each a process of its own. */
final class Bed {

  static final Path FOLDER = Path.of("target", "bench").toAbsolutePath();

  final Path data = FOLDER.resolve("data");
  final URI hub = local();
  final URI simulators = local();

  Bed() throws IOException {}

  private static URI local() throws IOException {
    return URI.create("http://127.0.0.1:" + HubProcess.freePort());
  }

  /** Throws away what an earlier run has left. */
  void make() throws IOException {
    clear();
    Files.createDirectories(data);
  }

  void clear() throws IOException {
    if (Files.exists(data)) {
      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  Child startSimulators() throws IOException, InterruptedException {
    return Child.start(
        "dev.naru.simulator.Simulators",
        Map.of(
            "NARU_SIMULATOR_PORT", Integer.toString(simulators.getPort()),
            "NARU_DATA", data.toString()),
        FOLDER.resolve("simulators.log"),
        simulators.resolve("/_sim/health"));
  }

  Child startHub(String log) throws IOException, InterruptedException {
    return Child.start(
        "dev.naru.Naru",
        Map.of(
            "NARU_PORT", Integer.toString(hub.getPort()),
            "NARU_DATA", data.toString(),
            "NARU_BASE_URL", hub.toString(),
            "NARU_SIMULATOR_URL", simulators.toString()),
        FOLDER.resolve(log),
        hub.resolve("/actuator/health/readiness"));
  }

  /** Prints figures, and writes them beside the logs. */
  static void print(String name, Map<String, Object> figures) throws IOException {
    JsonMapper json = new JsonMapper();
    Path file = FOLDER.resolve(name);
    Files.writeString(
        file, json.writerWithDefaultPrettyPrinter().writeValueAsString(figures) + "\n");
    figures.forEach(
        (figure, value) ->
            System.out.printf("%-36s %s%n", figure, json.valueToTree(value).toString()));
    System.out.println("written to " + file);
  }
}
