package dev.naru.merchant.reach;

import dev.naru.connector.Pg;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where PGs are reached.
 *
 * @param simulators where the simulators listen, null if there are none
 * @param rehearsal where the simulators listen that stand in for the PGs of test channels, null if
 *     none do
 */
public record PgHosts(@Nullable URI simulators, @Nullable URI rehearsal) {

  /** The origin that stands for the simulators in the hosts of a {@link Pg}. */
  private static final String SIMULATOR = "http://simulator.invalid";

  public Map<String, URI> of(Pg<?> pg, Pg.Mode mode) {
    boolean rehearsed = rehearsal != null && mode == Pg.Mode.TEST;
    return hosts(pg, rehearsed ? Pg.Mode.SANDBOX : mode, rehearsed ? rehearsal : simulators);
  }

  private static Map<String, URI> hosts(Pg<?> pg, Pg.Mode mode, @Nullable URI instead) {
    return pg.hosts().getOrDefault(mode, Map.of()).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, host -> real(host.getValue(), instead)));
  }

  private static URI real(URI host, @Nullable URI instead) {
    String text = host.toString();
    return instead != null && text.startsWith(SIMULATOR)
        ? URI.create(instead + text.substring(SIMULATOR.length()))
        : host;
  }
}
