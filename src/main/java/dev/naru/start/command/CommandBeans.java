package dev.naru.start.command;

import com.zaxxer.hikari.HikariDataSource;
import dev.naru.attention.Announcing;
import dev.naru.connector.http.Outbound;
import dev.naru.connector.http.PgClocks;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Settings;
import dev.naru.kernel.Vault;
import dev.naru.merchant.Shards;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.pg.Gateways;
import dev.naru.start.database.HubDatabase;
import dev.naru.start.settings.SettingsReader;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The hub's use cases without the hub: what a command asks for is made, and nothing else runs. */
final class CommandBeans {

  private CommandBeans() {}

  /** To be closed by the caller. */
  static AnnotationConfigApplicationContext over(
      HubDatabase database, HikariDataSource pool, SettingsReader.Read read, Vault vault) {
    Settings settings = read.settings();
    HubClock clock = new HubClock();
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.registerBean("shards", Shards.class, () -> Shards.on(pool));
    context.registerBean(
        "patient",
        DataSource.class,
        database::patient,
        definition ->
            ((AbstractBeanDefinition) definition)
                .addQualifier(new AutowireCandidateQualifier(Qualifier.class, "patient")));
    context.registerBean(
        NamedParameterJdbcTemplate.class, () -> new NamedParameterJdbcTemplate(pool));
    context.registerBean(Vault.class, () -> vault);
    context.registerBean(HubClock.class, () -> clock);
    context.registerBean(Ids.class, () -> new Ids(clock));
    context.registerBean(Settings.class, () -> settings);
    context.registerBean(Announcing.class, read::announcing);
    context.registerBean(JsonMapper.class, JsonMapper::shared);
    context.registerBean(PgClocks.class, () -> new PgClocks(clock.machine()));
    context.registerBean(Outbound.class, () -> new Outbound(settings.live()));
    context.registerBean(PgDirectory.class, () -> PgDirectory.of(Gateways.ALL, settings.live()));
    context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
    context.scan("dev.naru.account", "dev.naru.merchant", "dev.naru.attention");
    context.refresh();
    return context;
  }
}
