package dev.naru.start.settings;

import dev.naru.kernel.Settings.Console;
import java.net.URI;
import java.util.Optional;

/** Reads where the console is: at the hub's port, or at one of its own. */
record ConsoleReader(SettingsReader reader) {

  Console read(String bind, int port, URI base) {
    Optional<URI> url = reader.url("naru.console.url");
    if (reader.text("naru.console.port").isEmpty()) {
      if (reader.text("naru.console.bind").isPresent()) {
        reader.problem(
            "naru.console.bind", "is for a console with a port of its own: set NARU_CONSOLE_PORT");
      }
      return new Console(bind, port, url.orElse(base));
    }
    String own = reader.address("naru.console.bind", "127.0.0.1");
    int asked = reader.port("naru.console.port", 0);
    int door = asked == 0 ? reader.free(own) : asked;
    if (door == port) {
      reader.problem("naru.console.port", "must differ from NARU_PORT, which is " + port + " too");
    }
    return new Console(own, door, url.orElse(URI.create("http://localhost:" + door)));
  }
}
