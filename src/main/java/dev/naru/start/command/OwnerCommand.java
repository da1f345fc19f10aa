package dev.naru.start.command;

import com.zaxxer.hikari.HikariDataSource;
import dev.naru.account.entry.FirstOwner;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Vault;
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
 * {@code owner new} prints the address where the first owner begins, in place of the one that a
 * start has printed. {@code owner reset [E-MAIL]} lets an owner in who has lost password or phone:
 * codes and sessions end, and an address for a new password is printed.
 */
public final class OwnerCommand {

  private OwnerCommand() {}

  /** Whether the program was called for this, not to start the hub. */
  public static boolean isMeant(String[] args) {
    return args.length > 0 && args[0].equals("owner");
  }

  /** Does it, says so on the console, and returns the exit status. */
  public static int run(String[] args) {
    return run(args, new StandardEnvironment()::getProperty);
  }

  /** The same with these settings, by name. */
  static int run(String[] args, Function<String, @Nullable String> named) {
    String verb = args.length > 1 ? args[1] : "";
    boolean isNew = verb.equals("new") && args.length == 2;
    if (!isNew && !(verb.equals("reset") && args.length <= 3)) {
      System.err.println("Usage: owner new | owner reset [E-MAIL]");
      return 2;
    }
    try {
      SettingsReader.Read read = SettingsReader.read(named);
      try (Opened opened = Opened.of(read.settings())) {
        return run(isNew ? null : args.length == 3 ? args[2] : "", read, opened.database());
      }
    } catch (StartRefused e) {
      e.problems().forEach(System.err::println);
    } catch (IOException | GeneralSecurityException e) {
      System.err.println("The database cannot be read: " + e);
    }
    return 2;
  }

  private static int run(@Nullable String reset, SettingsReader.Read read, HubDatabase database)
      throws IOException, GeneralSecurityException {
    Vault vault = Keyset.readOrMake(Objects.requireNonNull(read.settings().keyset())).vault();
    try (HikariDataSource pool = database.pool()) {
      if (Flyway.configure().dataSource(pool).load().info().pending().length > 0) {
        System.err.println("The database is older than this program: start the hub first");
        return 2;
      }
      try (AnnotationConfigApplicationContext context =
          CommandBeans.over(database, pool, read, vault)) {
        return print(reset, context.getBean(FirstOwner.class));
      }
    }
  }

  private static int print(@Nullable String reset, FirstOwner owners) {
    try {
      String address = (reset == null ? owners.again() : owners.reset(reset)).reveal();
      System.out.println("Open within the hour it is good for, or three days for the first owner:");
      System.out.println(address);
      return 0;
    } catch (Failed e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }
}
