package dev.naru.start.database;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.Settings;
import dev.naru.kernel.Vault;
import dev.naru.start.StartRefused;
import dev.naru.start.command.Keyset;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/**
 * Lets a hub only onto a database it belongs to: of its own mode, sealed by its own keyset, and
 * with a schema it knows. Runs before anything else touches the database, in every start.
 */
public final class Installation implements FlywayMigrationStrategy {

  private final Settings settings;
  private final Keyset keyset;
  private final Vault vault;
  private final HubClock clock;

  public Installation(Settings settings, Keyset keyset, Vault vault, HubClock clock) {
    this.settings = settings;
    this.keyset = keyset;
    this.vault = vault;
    this.clock = clock;
  }

  /**
   * Looks, brings the schema up to date, and keeps what it was begun with.
   *
   * @throws StartRefused naming all that does not agree; nothing has changed then
   */
  @Override
  public void migrate(Flyway flyway) {
    InstallationStore store = store(flyway);
    List<String> problems = problems(flyway);
    refuse(problems);
    flyway.migrate();
    // Two nodes may make their first start at once: the second sees what the first kept.
    store.alone(() -> keep(store));
  }

  /** All that does not agree; looks and changes nothing. */
  public List<String> problems(Flyway flyway) {
    List<String> problems = new ArrayList<>();
    newerSchema(flyway, problems);
    if (problems.isEmpty()) {
      mode(store(flyway), problems);
      keyset(store(flyway), problems);
    }
    return problems;
  }

  private static InstallationStore store(Flyway flyway) {
    return new InstallationStore(flyway.getConfiguration().getDataSource());
  }

  private void keep(InstallationStore store) {
    List<String> problems = new ArrayList<>();
    mode(store, problems);
    keyset(store, problems);
    refuse(problems);
    store.begin(settings.live(), clock.instant());
    long keyId = keyset.primaryId();
    String place = InstallationStore.place(keyId);
    store.addCanary(keyId, vault.seal(vault.hash("canary", place), place), clock.instant());
  }

  private static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new StartRefused(problems);
    }
  }

  private static void newerSchema(Flyway flyway, List<String> problems) {
    int known = 0;
    int newest = 0;
    for (MigrationInfo migration : flyway.info().all()) {
      MigrationState state = migration.getState();
      int version = migration.getVersion().getMajor().intValue();
      if (state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED) {
        newest = Math.max(newest, version);
      } else {
        known = Math.max(known, version);
      }
    }
    if (newest > 0) {
      problems.add(
          "The database was written by a newer Naru: its schema is %d, this program knows %d; start that program, or a newer one"
              .formatted(newest, known));
    }
  }

  private void mode(InstallationStore store, List<String> problems) {
    boolean live =
        store
            .begun()
            .map(InstallationStore.Begun::live)
            .or(store::looksLive)
            .orElse(settings.live());
    if (live != settings.live()) {
      problems.add(
          "NARU_MODE is %s, but this database is that of a %s hub: set NARU_MODE=%s, or give this one a database of its own"
              .formatted(name(settings.live()), name(live), name(live)));
    }
  }

  private static String name(boolean live) {
    return live ? "live" : "sandbox";
  }

  private void keyset(InstallationStore store, List<String> problems) {
    List<InstallationStore.Sealed> canaries = store.canaries();
    boolean opens =
        canaries.isEmpty()
            ? store.channels().stream().allMatch(this::opens)
            : canaries.stream().allMatch(this::isOurs);
    if (!opens) {
      problems.add(
          "NARU_KEYSET is not the keyset of this database, or lacks a key that was promoted since: %s; give every node the same file"
              .formatted(settings.keyset()));
    }
  }

  private boolean opens(InstallationStore.Sealed sealed) {
    try {
      return !vault.open(sealed.bytes(), sealed.place()).isEmpty();
    } catch (IllegalStateException otherKeyset) {
      return false;
    }
  }

  /** The keyed hash in it shows that both halves of the keyset are the same. */
  private boolean isOurs(InstallationStore.Sealed canary) {
    try {
      return vault
          .open(canary.bytes(), canary.place())
          .equals(vault.hash("canary", canary.place()));
    } catch (IllegalStateException otherKeyset) {
      return false;
    }
  }
}
