package dev.naru.connector;

import dev.naru.connector.http.PgHttp;
import dev.naru.kernel.Name;
import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A PG as a value: all that Naru knows of it without calling it.
 *
 * @param code V1's pg_provider; where one PG is reached by two connectors, that of the second is
 *     followed by a hyphen and a word of ours, which V1's clients never see
 * @param aliases other pg_provider codes of V1 that mean the same PG
 * @param config record of the credentials; its components, in their order, become the console form,
 *     those of type {@link dev.naru.kernel.Secret} are encrypted
 * @param sample makes the config of the seeded sandbox channel: the PG's public test credentials
 * @param hosts named endpoints by mode
 * @param browserHosts origins that the bridge page's policy allows in live mode
 * @param noticeAddresses from where live notices come; empty if the PG lists none
 * @param longestAddress how many characters the addresses may have to which its window sends the
 *     browser back; {@link Integer#MAX_VALUE} if it names no limit
 * @param patience the PG's longest processing time plus a margin: before it has passed, "not found"
 *     proves nothing
 */
public record Pg<C extends Record>(
    String code,
    Set<String> aliases,
    String nameKo,
    String nameEn,
    Class<? extends Connector> type,
    Class<C> config,
    Supplier<C> sample,
    Map<Mode, Map<String, URI>> hosts,
    Set<String> browserHosts,
    Set<String> noticeAddresses,
    int longestAddress,
    Duration patience,
    Connects<C> connects) {

  /** Which of a PG's installations is meant. */
  public enum Mode {
    LIVE,
    TEST,
    SANDBOX
  }

  /** Makes the connector of one channel. */
  @FunctionalInterface
  public interface Connects<C extends Record> {
    Connector connect(C config, PgHttp http);
  }

  public Pg {
    aliases = Set.copyOf(aliases);
    hosts =
        hosts.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, mode -> Map.copyOf(mode.getValue())));
    browserHosts = Set.copyOf(browserHosts);
    noticeAddresses = Set.copyOf(noticeAddresses);
  }

  /** Whether live notices may come from this address. */
  public boolean mayNotify(String address) {
    return noticeAddresses.isEmpty() || noticeAddresses.contains(address);
  }

  /**
   * A PG that is reached by this connector; the builder takes what it is called, and where it is.
   */
  public static <C extends Record> PgBuilder<C> of(
      Class<? extends Connector> type, Class<C> config, Connects<C> connects) {
    return new PgBuilder<>(type, config, connects);
  }

  /** The config of the seeded sandbox channel. */
  public C demo() {
    return sample.get();
  }

  /** Its server protocol is not public: the connector speaks Naru's own, to the simulators. */
  public boolean emulated() {
    return Emulated.class.isAssignableFrom(type);
  }

  /** What it is called. */
  public Name name() {
    return new Name(nameKo, nameEn);
  }

  /** V1's pg_provider. */
  public String provider() {
    int hyphen = code.indexOf('-');
    return hyphen < 0 ? code : code.substring(0, hyphen);
  }

  /** Whether V1 names this PG by {@code provider}: its own, or one it was known by before. */
  public boolean answersTo(String provider) {
    return provider().equals(provider) || aliases.contains(provider);
  }

  public SortedSet<String> capabilities() {
    return Capability.of(type);
  }

  /** The MID half of V1's {@code pg}: by convention the config's first component. */
  public String mid(Record ofConfig) {
    try {
      Method first = config.getRecordComponents()[0].getAccessor();
      // The record is its PG's own affair, hence package-private.
      first.setAccessible(true);
      return String.valueOf(first.invoke(ofConfig));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("config record of " + code, e);
    }
  }

  public Connector connect(Record ofConfig, PgHttp http) {
    return connects.connect(config.cast(ofConfig), http);
  }
}
