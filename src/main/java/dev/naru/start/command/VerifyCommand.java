package dev.naru.start.command;

import com.zaxxer.hikari.HikariDataSource;
import dev.naru.attention.Attention;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Settings;
import dev.naru.kernel.Vault;
import dev.naru.merchant.Shards;
import dev.naru.payment.proof.Verification;
import dev.naru.start.StartRefused;
import dev.naru.start.database.HubDatabase;
import dev.naru.start.settings.SettingsReader;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.StandardEnvironment;

/**
 * {@code verify} proves the books of the hub's database, beside a hub that runs or without one, and
 * names what differs.
 */
public final class VerifyCommand {

  private VerifyCommand() {}

  /** Whether the program was called for this, not to start the hub. */
  public static boolean isMeant(String[] args) {
    return args.length > 0 && args[0].equals("verify");
  }

  /** Does it, says so on the console, and returns the exit status: 1 if anything differs. */
  public static int run(String[] args) {
    return run(args, new StandardEnvironment()::getProperty);
  }

  /** The same with these settings, by name. */
  static int run(String[] args, Function<String, @Nullable String> named) {
    if (args.length > 1) {
      System.err.println("Usage: verify");
      return 2;
    }
    try {
      Settings settings = SettingsReader.read(named).settings();
      try (Opened opened = Opened.of(settings)) {
        return verify(settings, opened.database());
      }
    } catch (StartRefused e) {
      e.problems().forEach(System.err::println);
    } catch (IOException | GeneralSecurityException e) {
      System.err.println("The books cannot be read: " + e);
    }
    return 2;
  }

  private static int verify(Settings settings, HubDatabase database)
      throws IOException, GeneralSecurityException {
    Vault vault = Keyset.readOrMake(Objects.requireNonNull(settings.keyset())).vault();
    try (HikariDataSource pool = database.pool();
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
      if (Flyway.configure().dataSource(pool).load().info().pending().length > 0) {
        System.err.println("The database is older than this program: start the hub first");
        return 2;
      }
      HubClock clock = new HubClock();
      // Sums over everything may take their time.
      context.registerBean(Shards.class, () -> Shards.on(database.patient()));
      context.registerBean(Vault.class, () -> vault);
      context.registerBean(HubClock.class, () -> clock);
      context.registerBean(Ids.class, () -> new Ids(clock));
      context.register(Attention.class, Verification.class);
      context.refresh();
      Verification.Result result =
          context.getBean(Verification.class).run(System.out::println, () -> {});
      System.out.printf("%d payments, %d differences%n", result.payments(), result.differences());
      return result.differences() == 0 ? 0 : 1;
    }
  }
}
