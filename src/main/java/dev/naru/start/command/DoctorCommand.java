package dev.naru.start.command;

import com.zaxxer.hikari.HikariDataSource;
import dev.naru.account.Accounts;
import dev.naru.attention.Attention;
import dev.naru.attention.Mails;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Settings;
import dev.naru.kernel.Vault;
import dev.naru.start.StartRefused;
import dev.naru.start.database.Installation;
import dev.naru.start.settings.SettingsReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.StandardEnvironment;

/**
 * {@code doctor} looks whether a hub of these settings would work: settings, data folder, keyset,
 * database, clock, mail server, owner, the PG of each channel, and what waits for a person. Beside
 * a hub that runs or without one; it changes nothing and moves no money.
 */
public final class DoctorCommand {

  private static final long LEAST_ROOM = 1L << 30;

  private DoctorCommand() {}

  /** Whether the program was called for this, not to start the hub. */
  public static boolean isMeant(String[] args) {
    return args.length > 0 && args[0].equals("doctor");
  }

  /** Does it, says so on the console, and returns the exit status: 1 if anything does not work. */
  public static int run(String[] args) {
    return run(args, new StandardEnvironment()::getProperty, System.out);
  }

  /** The same with these settings, by name. */
  static int run(String[] args, Function<String, @Nullable String> named, PrintStream out) {
    if (args.length > 1) {
      System.err.println("Usage: doctor");
      return 2;
    }
    Findings findings = new Findings(out);
    try {
      SettingsReader.Read read = SettingsReader.read(named);
      settings(read.settings(), findings);
      room(read.settings(), findings);
      database(read, findings);
    } catch (StartRefused e) {
      e.problems().forEach(problem -> findings.bad("settings", problem));
    } catch (IOException | GeneralSecurityException e) {
      findings.bad("database", "cannot be read: " + e);
    }
    return findings.end();
  }

  private static void settings(Settings settings, Findings findings) {
    String mode = settings.live() ? "live" : "sandbox";
    findings.good("settings", mode + " at " + settings.baseUrl());
    if (settings.live() && !"https".equals(settings.baseUrl().getScheme())) {
      findings.warn("settings", "NARU_BASE_URL is not https: PGs and browsers will refuse it");
    }
    if (settings.live() && isHere(settings.baseUrl().getHost())) {
      findings.warn("settings", "NARU_BASE_URL is this machine: PGs cannot reach it");
    }
    if (settings.rehearsal() != null) {
      findings.warn("settings", "NARU_REHEARSAL_URL is set: test channels do not reach their PGs");
    }
  }

  private static boolean isHere(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (IOException unknownHere) {
      return false;
    }
  }

  private static void room(Settings settings, Findings findings) throws IOException {
    long left = Files.getFileStore(settings.data()).getUsableSpace();
    String room = "%s has %d MB left".formatted(settings.data(), left >> 20);
    if (left < LEAST_ROOM) {
      findings.warn("data", room);
    } else {
      findings.good("data", room);
    }
  }

  private static void database(SettingsReader.Read read, Findings findings)
      throws IOException, GeneralSecurityException {
    Settings settings = read.settings();
    boolean begun =
        settings.database() != null || Files.exists(settings.data().resolve("postgres"));
    if (!begun || !Files.exists(Objects.requireNonNull(settings.keyset()))) {
      findings.warn("database", "there is none yet: the first start makes it");
      return;
    }
    Keyset keyset = Keyset.readOrMake(Objects.requireNonNull(settings.keyset()));
    Vault vault = keyset.vault();
    findings.good("keyset", Objects.toString(settings.keyset()));
    try (Opened opened = Opened.of(settings);
        HikariDataSource pool = opened.database().pool()) {
      Installation installation = new Installation(settings, keyset, vault, new HubClock());
      if (new DatabaseCheck(pool, findings).run(installation, settings.live())) {
        try (AnnotationConfigApplicationContext beans =
            CommandBeans.over(opened.database(), pool, read, vault)) {
          mails(beans, findings);
          owner(beans, settings, findings);
          new ChannelCheck(beans, findings).run();
          matters(beans, findings);
        }
      }
    }
  }

  private static void mails(BeanFactory beans, Findings findings) {
    Mails mails = beans.getBean(Mails.class);
    if (!mails.canSend()) {
      findings.warn("mail", "NARU_SMTP_URL is not set: nobody can be invited or told");
    } else if (mails.reaches()) {
      findings.good("mail", "the server takes mails");
    } else {
      findings.bad("mail", "the server of NARU_SMTP_URL does not let us in");
    }
  }

  private static void owner(BeanFactory beans, Settings settings, Findings findings) {
    if (settings.live() && !beans.getBean(Accounts.class).anyOwner()) {
      findings.warn(
          "console", "nobody owns this hub: the argument \"owner new\" prints an address");
    }
  }

  private static void matters(BeanFactory beans, Findings findings) {
    Map<?, Long> open = beans.getBean(Attention.class).counts();
    if (open.isEmpty()) {
      findings.good("attention", "nothing waits for a person");
    } else {
      findings.warn("attention", "waits for a person: " + open);
    }
  }
}
