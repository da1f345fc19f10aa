package dev.naru.start;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files with secrets, which their owner alone may read (mode 0600, where files have modes). */
public final class OwnerOnly {

  private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-------");

  private OwnerOnly() {}

  /** Writes beside the file, then renames: a crash leaves the old file or the new one. */
  public static void write(Path file, String text) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(beside);
    if (hasModes(file.toAbsolutePath().resolveSibling("."))) {
      Files.createFile(beside, PosixFilePermissions.asFileAttribute(MODE));
    } else {
      Files.createFile(beside);
    }
    Files.writeString(beside, text);
    try (FileChannel written = FileChannel.open(beside, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Whether nobody but the owner may do anything with it; true where files have no modes. */
  public static boolean is(Path file) throws IOException {
    return !hasModes(file) || MODE.containsAll(Files.getPosixFilePermissions(file));
  }

  private static boolean hasModes(Path file) throws IOException {
    return Files.getFileStore(file).supportsFileAttributeView("posix");
  }
}
