package dev.naru.merchant;

import dev.naru.connector.Pg;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where PGs are reached.
 *
 * @param simulators where the simulators listen, null if there are none
 */
record PgHosts(@Nullable URI simulators) {

  /** The origin that stands for the simulators in the hosts of a {@link Pg}. */
  private static final String SIMULATOR = "http://simulator.invalid";

  Map<String, URI> of(Pg<?> pg, Pg.Mode mode) {
    return pg.hosts().getOrDefault(mode, Map.of()).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, host -> real(host.getValue())));
  }

  private URI real(URI host) {
    String text = host.toString();
    return simulators != null && text.startsWith(SIMULATOR)
        ? URI.create(simulators + text.substring(SIMULATOR.length()))
        : host;
  }
}
