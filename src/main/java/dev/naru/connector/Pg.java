package dev.naru.connector;

import dev.naru.connector.http.PgHttp;
import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
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
  public static <C extends Record> Builder<C> of(
      Class<? extends Connector> type, Class<C> config, Connects<C> connects) {
    return new Builder<>(type, config, connects);
  }

  /** The config of the seeded sandbox channel. */
  public C demo() {
    return sample.get();
  }

  /** Its server protocol is not public: the connector speaks Naru's own, to the simulators. */
  public boolean emulated() {
    return Emulated.class.isAssignableFrom(type);
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

  /** A PG in the making. Its patience is two minutes. */
  public static final class Builder<C extends Record> {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String SIMULATORS = "http://simulator.invalid";

    private final Class<? extends Connector> type;
    private final Class<C> config;
    private final Connects<C> connects;
    private final Map<Mode, Map<String, URI>> hosts = new EnumMap<>(Mode.class);
    private String code = "";
    private String nameKo = "";
    private String nameEn = "";
    private Set<String> aliases = Set.of();
    private Set<String> browserHosts = Set.of();
    private Set<String> noticeAddresses = Set.of();

    private Builder(Class<? extends Connector> type, Class<C> config, Connects<C> connects) {
      this.type = type;
      this.config = config;
      this.connects = connects;
    }

    /** V1's pg_provider, and its names. */
    public Builder<C> named(String itsCode, String korean, String english) {
      code = itsCode;
      nameKo = korean;
      nameEn = english;
      return this;
    }

    public Builder<C> aliases(String... others) {
      aliases = Set.of(others);
      return this;
    }

    /** An endpoint of the live PG. */
    public Builder<C> live(String name, String url) {
      return host(Mode.LIVE, name, url);
    }

    /** An endpoint of its test installation. */
    public Builder<C> test(String name, String url) {
      return host(Mode.TEST, name, url);
    }

    /** An endpoint that tests share with live payments: the credentials decide. */
    public Builder<C> real(String name, String url) {
      return live(name, url).test(name, url);
    }

    /** Where its simulator takes an endpoint's place. */
    public Builder<C> sandbox(String name, String path) {
      return host(Mode.SANDBOX, name, SIMULATORS + path);
    }

    private Builder<C> host(Mode mode, String name, String url) {
      hosts.computeIfAbsent(mode, none -> new HashMap<>()).put(name, URI.create(url));
      return this;
    }

    public Builder<C> browserHosts(String... origins) {
      browserHosts = Set.of(origins);
      return this;
    }

    public Builder<C> noticeAddresses(String... addresses) {
      noticeAddresses = Set.of(addresses);
      return this;
    }

    /** Done: with its test credentials, which are known. */
    public Pg<C> demo(C credentials) {
      return sample(() -> credentials);
    }

    /** Done: with test credentials that are made when they are first wanted. */
    public Pg<C> sample(Supplier<C> credentials) {
      return new Pg<>(
          code,
          aliases,
          nameKo,
          nameEn,
          type,
          config,
          credentials,
          hosts,
          browserHosts,
          noticeAddresses,
          PATIENCE,
          connects);
    }
  }
}
