package dev.naru.simulator.kit.book;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * An append-only file of JSON lines. A line is with the operating system before {@link #append}
 * returns, so it outlives the process; a last line torn by a crash is cut off at the next start.
 */
public final class Book<L> implements Closeable {

  /** How lines are written, and all that the simulators say in JSON. */
  public static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
          // A line has what its record is made of, and nothing that can be worked out of it.
          .changeDefaultVisibility(v -> v.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
          .build();

  private static final int CHUNK = 1 << 16;
  private static final int USUAL = 2_048;
  private static final int TELLING = 512;

  /** Takes a line, where it begins and how long it is, in bytes. */
  @FunctionalInterface
  interface Reader<L> {
    void take(long position, int bytes, L line);
  }

  /** A line and its length. */
  record Found<L>(L line, int bytes) {}

  private final BookFile file;
  private final ReentrantLock turn = new ReentrantLock();
  private final Path path;
  private final Class<L> line;
  private long end;

  private Book(BookFile file, Path path, Class<L> line) {
    this.file = file;
    this.path = path;
    this.line = line;
  }

  /** Opens a book of such lines, of which nothing has been read yet: {@link #read} does. */
  public static <L> Book<L> open(Path path, Class<L> line) {
    try {
      BookFile file = BookFile.open(path);
      Book<L> book = new Book<>(file, path, line);
      book.end = file.wholeLines();
      return book;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the next line will begin. */
  public long end() {
    turn.lock();
    try {
      return end;
    } finally {
      turn.unlock();
    }
  }

  /** Reads all lines from the one that begins there. */
  public void read(long from, Reader<? super L> reader) {
    long position = from;
    long until = end();
    byte[] chunk = new byte[CHUNK];
    try {
      while (position < until) {
        int length = (int) Math.min(chunk.length, until - position);
        file.fill(ByteBuffer.wrap(chunk, 0, length), position);
        int start = 0;
        for (int i = 0; i < length; i++) {
          if (chunk[i] == '\n') {
            L one = parse(position + start, chunk, start, i);
            reader.take(position + start, i + 1 - start, one);
            start = i + 1;
          }
        }
        if (start == 0) {
          chunk = new byte[chunk.length * 2];
        }
        position += start;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The line that begins there. */
  public Found<L> find(long position) {
    try {
      for (int size = USUAL; ; size *= 2) {
        int length = (int) Math.min(size, end() - position);
        byte[] bytes = new byte[length];
        file.fill(ByteBuffer.wrap(bytes), position);
        for (int i = 0; i < length; i++) {
          if (bytes[i] == '\n') {
            return new Found<>(parse(position, bytes, 0, i), i + 1);
          }
        }
        if (length < size) {
          throw new IOException(path + " has no line at byte " + position);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private L parse(long position, byte[] bytes, int start, int stop) {
    try {
      return JSON.readerFor(line).readValue(bytes, start, stop - start);
    } catch (JacksonException e) {
      throw new IllegalStateException(
          path
              + " is damaged: its line at byte "
              + position
              + " cannot be read. Mend or remove that line, or move the file away",
          e);
    }
  }

  /** Writes all of them in one call, and has them read before anybody else writes. */
  public void append(Reader<? super L> reader, List<L> entries) {
    append(() -> {}, reader, entries);
  }

  /** The same, unless the first throws, before which and after which nobody else writes. */
  void append(Runnable unless, Reader<? super L> reader, List<L> entries) {
    byte[][] lines = new byte[entries.size()][];
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < lines.length; i++) {
      lines[i] = (JSON.writerFor(line).writeValueAsString(entries.get(i)) + "\n").getBytes(UTF_8);
      all.writeBytes(lines[i]);
    }
    turn.lock();
    try {
      unless.run();
      file.write(ByteBuffer.wrap(all.toByteArray()), end);
      long position = end;
      end += all.size();
      for (int i = 0; i < lines.length; i++) {
        reader.take(position, lines[i].length, entries.get(i));
        position += lines[i].length;
      }
    } finally {
      turn.unlock();
    }
  }

  /** Takes all lines away, and has that known before anybody writes. */
  void empty(Runnable known) {
    turn.lock();
    try {
      file.empty();
      end = 0;
      known.run();
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be emptied", e);
    } finally {
      turn.unlock();
    }
  }

  /** Tells whether what is before there is still what it was: a short hash of its end. */
  String fingerprint(long position) {
    byte[] last = new byte[(int) Math.min(TELLING, position)];
    try {
      file.fill(ByteBuffer.wrap(last), position - last.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    CRC32C hash = new CRC32C();
    hash.update(last);
    return Long.toHexString(hash.getValue());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
