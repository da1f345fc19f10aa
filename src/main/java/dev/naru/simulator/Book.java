package dev.naru.simulator;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * An append-only file of JSON lines. A line is with the operating system before {@link #append}
 * returns, so it outlives the process; a last line torn by a crash is cut off at the next start.
 */
final class Book<L> implements Closeable {

  static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private final FileChannel file;
  private final ReentrantLock turn = new ReentrantLock();

  private final Class<L> line;

  private Book(FileChannel file, Class<L> line) {
    this.file = file;
    this.line = line;
  }

  /** Opens a book of such lines and reads what is in it. */
  static <L> Book<L> open(Path path, Class<L> line, Consumer<? super L> reader) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      FileChannel file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (file.tryLock() == null) {
        file.close();
        throw new IOException(path + " is in use by another simulator");
      }
      byte[] content = Files.readAllBytes(path);
      int end = read(path, content, line, reader);
      file.truncate(end);
      file.position(end);
      return new Book<>(file, line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns where the last whole line ends. */
  private static <L> int read(
      Path path, byte[] content, Class<L> line, Consumer<? super L> reader) {
    int start = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] == '\n') {
        try {
          reader.accept(JSON.readValue(Arrays.copyOfRange(content, start, i), line));
        } catch (JacksonException e) {
          throw new IllegalStateException(path + " is damaged at byte " + start, e);
        }
        start = i + 1;
      }
    }
    return start;
  }

  /** Writes all of them in one call. */
  @SafeVarargs
  final void append(L... entries) {
    StringBuilder lines = new StringBuilder();
    for (L entry : entries) {
      lines.append(JSON.writerFor(line).writeValueAsString(entry)).append('\n');
    }
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(lines.toString());
    turn.lock();
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
