package dev.naru.simulator.kit.book;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of a book: a file that belongs to one simulator alone, and ends with a whole line. */
final class BookFile implements Closeable {

  private static final System.Logger LOG = System.getLogger(BookFile.class.getName());
  private static final int CHUNK = 1 << 16;

  private final FileChannel file;
  private final Path path;

  private BookFile(FileChannel file, Path path) {
    this.file = file;
    this.path = path;
  }

  static BookFile open(Path path) throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (file.tryLock() == null) {
      file.close();
      throw new IOException(path + " is in use by another simulator");
    }
    return new BookFile(file, path);
  }

  /** Cuts a last line that a crash or a full disk has torn. Returns where the whole lines end. */
  long wholeLines() throws IOException {
    long size = file.size();
    long whole = size;
    byte[] chunk = new byte[CHUNK];
    search:
    while (whole > 0) {
      int length = (int) Math.min(CHUNK, whole);
      fill(ByteBuffer.wrap(chunk, 0, length), whole - length);
      for (int i = length - 1; i >= 0; i--) {
        if (chunk[i] == '\n') {
          whole = whole - length + i + 1;
          break search;
        }
      }
      whole -= length;
    }
    if (whole < size) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0}: the last line was torn, its {1} bytes are cut off",
          path,
          Long.toString(size - whole));
      file.truncate(whole);
    }
    return whole;
  }

  /** Reads as much as there is room for. */
  void fill(ByteBuffer buffer, long position) throws IOException {
    int start = buffer.position();
    while (buffer.hasRemaining()) {
      if (file.read(buffer, position + buffer.position() - start) < 0) {
        throw new IOException(path + " has become shorter");
      }
    }
  }

  /** All of it or nothing: what a full disk leaves of a line is taken back. */
  void write(ByteBuffer bytes, long end) {
    try {
      try {
        long position = end;
        while (bytes.hasRemaining()) {
          position += file.write(bytes, position);
        }
      } catch (IOException e) {
        file.truncate(end);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be written", e);
    }
  }

  /** Takes all lines away. */
  void empty() throws IOException {
    file.truncate(0);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
