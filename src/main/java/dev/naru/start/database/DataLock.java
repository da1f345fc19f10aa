package dev.naru.start.database;

import dev.naru.start.StartRefused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second live hub off a data folder: a lock on {@code hub.lock}, which holds the pid. The
 * system drops the lock with the process, however it dies.
 */
public final class DataLock implements AutoCloseable {

  static final String FILE = "hub.lock";

  /** Locks only this byte, so that the pid before it stays readable on every system. */
  private static final long BEYOND_THE_TEXT = 1_000;

  /**
   * The folders locked by this process. Closing any channel on a file drops the process's locks on
   * it, so that a second attempt in the same process must not even open the file.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private DataLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * @throws StartRefused if another live hub has it
   */
  public static DataLock take(Path data) {
    Path file = data.resolve(FILE);
    try {
      Path folder = data.toRealPath();
      if (!HELD.add(folder)) {
        throw refused(data, Long.toString(ProcessHandle.current().pid()));
      }
      @Nullable FileChannel channel = null;
      try {
        channel = lock(file);
      } finally {
        if (channel == null) {
          HELD.remove(folder);
        }
      }
      if (channel == null) {
        throw refused(data, Files.readString(file).strip());
      }
      return new DataLock(folder, channel);
    } catch (IOException e) {
      throw new StartRefused("NARU_DATA cannot be locked: " + file + ": " + e);
    }
  }

  private static @Nullable FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock(BEYOND_THE_TEXT, 1, false);
    if (lock == null) {
      channel.close();
      return null;
    }
    String pid = ProcessHandle.current().pid() + "\n";
    channel.truncate(0);
    var _ = channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    return channel;
  }

  /** Whether no hub runs on this folder now. */
  static boolean isFree(Path data) throws IOException {
    if (HELD.contains(data.toRealPath())) {
      return false;
    }
    try {
      take(data).close();
      return true;
    } catch (StartRefused held) {
      return false;
    }
  }

  private static StartRefused refused(Path data, String pid) {
    return new StartRefused(
        "NARU_DATA is in use: the hub with process id "
            + pid
            + " runs on "
            + data
            + "; stop it, or give this one another folder");
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD.remove(folder);
  }
}
