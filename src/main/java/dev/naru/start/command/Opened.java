package dev.naru.start.command;

import dev.naru.kernel.Settings;
import dev.naru.kernel.Settings.Database;
import dev.naru.start.database.DataLock;
import dev.naru.start.database.EmbeddedDatabase;
import dev.naru.start.database.HubDatabase;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The database a command works on, beside a hub that runs or without one. */
record Opened(HubDatabase database, @Nullable DataLock lock) implements AutoCloseable {

  static Opened of(Settings settings) throws IOException {
    Database running =
        settings.database() == null ? EmbeddedDatabase.running(settings.data()) : null;
    if (running != null) {
      return new Opened(HubDatabase.at(running), null);
    }
    DataLock lock = settings.database() == null ? DataLock.take(settings.data()) : null;
    return new Opened(HubDatabase.of(settings), lock);
  }

  @Override
  public void close() throws IOException {
    database.close();
    if (lock != null) {
      lock.close();
    }
  }
}
