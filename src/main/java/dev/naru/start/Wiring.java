package dev.naru.start;

import com.zaxxer.hikari.HikariDataSource;
import dev.naru.attention.Announcing;
import dev.naru.connector.Pg;
import dev.naru.connector.http.Outbound;
import dev.naru.connector.http.PgClocks;
import dev.naru.contract.Contract.Serving;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Settings;
import dev.naru.kernel.Vault;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.pg.Gateways;
import dev.naru.shops.FileShops;
import dev.naru.shops.ShopFile;
import dev.naru.shops.ShopFileReader;
import dev.naru.shops.ShopFileRefused;
import dev.naru.start.command.Keyset;
import dev.naru.start.database.DataLock;
import dev.naru.start.database.HubDatabase;
import dev.naru.start.database.Installation;
import dev.naru.start.settings.SettingsReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * What a hub stands on. Spring closes these in reverse: the pool, then the database, then the lock.
 */
@Configuration(proxyBeanMethods = false)
class Wiring {

  @Bean
  SettingsReader.Read settingsRead(Environment environment) {
    return SettingsReader.read(environment::getProperty);
  }

  @Bean
  Settings settings(SettingsReader.Read read) {
    return read.settings();
  }

  @Bean
  Announcing announcing(SettingsReader.Read read) {
    return read.announcing();
  }

  @Bean
  WebServerFactoryCustomizer<ConfigurableWebServerFactory> address(Settings settings) {
    return server -> {
      server.setPort(settings.port());
      try {
        server.setAddress(InetAddress.getByName(settings.bind()));
      } catch (UnknownHostException e) {
        throw new StartRefused("NARU_BIND is no address of this machine: " + settings.bind());
      }
    };
  }

  /** Before anything is started: whoever wrote it has to mend it. */
  @Bean
  ShopFile shopFile(SettingsReader.Read read, PgDirectory pgs, Environment environment) {
    if (read.shops() == null) {
      return ShopFile.NONE;
    }
    try {
      return ShopFileReader.read(
          read.shops(), pgs, read.settings().live(), environment::getProperty);
    } catch (ShopFileRefused refused) {
      throw new StartRefused(refused.problems());
    }
  }

  @Bean(destroyMethod = "close")
  DataLock dataLock(Settings settings) {
    return DataLock.take(settings.data());
  }

  @Bean(destroyMethod = "close")
  HubDatabase hubDatabase(Settings settings, DataLock locked, ShopFile read) {
    Ports.refuseTaken(settings);
    return HubDatabase.of(settings);
  }

  @Bean(destroyMethod = "close")
  HikariDataSource dataSource(HubDatabase database) {
    return database.pool();
  }

  @Bean(destroyMethod = "close", defaultCandidate = false)
  @Qualifier("writers")
  HikariDataSource writers(HubDatabase database) {
    return database.writers();
  }

  @Bean(defaultCandidate = false)
  @FlywayDataSource
  @Qualifier("patient")
  DataSource patient(HubDatabase database) {
    return database.patient();
  }

  @Bean
  Keyset keyset(Settings settings, DataLock locked) throws IOException, GeneralSecurityException {
    return Keyset.readOrMake(Objects.requireNonNull(settings.keyset()));
  }

  @Bean
  Vault vault(Keyset keyset) throws GeneralSecurityException {
    return keyset.vault();
  }

  @Bean
  Installation installation(Settings settings, Keyset keyset, Vault vault, HubClock clock) {
    return new Installation(settings, keyset, vault, clock);
  }

  @Bean
  HubClock hubClock() {
    return new HubClock();
  }

  @Bean
  PgClocks pgClocks(HubClock clock) {
    return new PgClocks(clock.machine());
  }

  @Bean
  Ids ids(HubClock clock) {
    return new Ids(clock);
  }

  @Bean(destroyMethod = "close")
  Outbound outbound(Settings settings) {
    URI rehearsal = settings.rehearsal();
    return new Outbound(
        settings.live(), rehearsal == null ? Set.of() : Set.of(rehearsal.getHost()));
  }

  @Bean
  PgDirectory pgDirectory(Settings settings) {
    return PgDirectory.of(Gateways.ALL, settings.live());
  }

  /** What a PG can do its connector's type says. */
  @Bean
  Serving serving(PgDirectory pgs) {
    return capabilities ->
        pgs.all().stream()
            .filter(pg -> pg.capabilities().stream().anyMatch(capabilities::contains))
            .map(Pg::provider)
            .distinct()
            .toList();
  }

  /** Before anybody is served. */
  @Bean
  InitializingBean shopsApplied(FileShops shops) {
    return () -> {
      try {
        shops.apply();
      } catch (ShopFileRefused refused) {
        throw new StartRefused(refused.problems());
      }
    };
  }

  /** After the lock, since their books are in the data folder, and after the look at the ports. */
  @Bean(destroyMethod = "close")
  HubSimulators hubSimulators(SettingsReader.Read read, HubClock clock, HubDatabase started) {
    // They are told when time moves on, wherever they run.
    return HubSimulators.of(read, clock.machine());
  }
}
