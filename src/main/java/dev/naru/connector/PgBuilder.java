package dev.naru.connector;

import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** A PG in the making. Its patience is two minutes. */
public final class PgBuilder<C extends Record> {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String SIMULATORS = "http://simulator.invalid";

  private final Class<? extends Connector> type;
  private final Class<C> config;
  private final Pg.Connects<C> connects;
  private final Map<Pg.Mode, Map<String, URI>> hosts = new EnumMap<>(Pg.Mode.class);
  private String code = "";
  private String nameKo = "";
  private String nameEn = "";
  private Set<String> aliases = Set.of();
  private Set<String> browserHosts = Set.of();
  private Set<String> noticeAddresses = Set.of();
  private int longestAddress = Integer.MAX_VALUE;

  PgBuilder(Class<? extends Connector> type, Class<C> config, Pg.Connects<C> connects) {
    this.type = type;
    this.config = config;
    this.connects = connects;
  }

  /** V1's pg_provider, and its names. */
  public PgBuilder<C> named(String itsCode, String korean, String english) {
    code = itsCode;
    nameKo = korean;
    nameEn = english;
    return this;
  }

  public PgBuilder<C> aliases(String... others) {
    aliases = Set.of(others);
    return this;
  }

  /** An endpoint of the live PG. */
  public PgBuilder<C> live(String name, String url) {
    return host(Pg.Mode.LIVE, name, url);
  }

  /** An endpoint of its test installation. */
  public PgBuilder<C> test(String name, String url) {
    return host(Pg.Mode.TEST, name, url);
  }

  /** An endpoint that tests share with live payments: the credentials decide. */
  public PgBuilder<C> real(String name, String url) {
    return live(name, url).test(name, url);
  }

  /** An endpoint in all of its modes: the live host, that for tests, its simulator's path. */
  public PgBuilder<C> at(String name, String live, String test, String path) {
    return live(name, "https://" + live).test(name, "https://" + test).sandbox(name, path);
  }

  /** Where its simulator takes an endpoint's place. */
  public PgBuilder<C> sandbox(String name, String path) {
    return host(Pg.Mode.SANDBOX, name, SIMULATORS + path);
  }

  private PgBuilder<C> host(Pg.Mode mode, String name, String url) {
    hosts.computeIfAbsent(mode, none -> new HashMap<>()).put(name, URI.create(url));
    return this;
  }

  public PgBuilder<C> browserHosts(String... origins) {
    browserHosts = Set.of(origins);
    return this;
  }

  public PgBuilder<C> noticeAddresses(String... addresses) {
    noticeAddresses = Set.of(addresses);
    return this;
  }

  /** The limit of a return address, in characters. */
  public PgBuilder<C> longestAddress(int characters) {
    longestAddress = characters;
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
        longestAddress,
        PATIENCE,
        connects);
  }
}
