package dev.naru.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The line between a hub and the PGs, which can be cut and mended. Passes on bytes. */
public final class Relay implements AutoCloseable {

  private static final Pattern DATE = Pattern.compile("(?i)(\r\ndate: )([^\r\n]{29})");
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private @Nullable ServerSocket door;
  private volatile @Nullable InetSocketAddress target;
  private volatile @Nullable Pattern fatal;
  private volatile @Nullable Pattern ignored;
  private volatile Duration shift = Duration.ZERO;
  private final Set<Socket> silent = ConcurrentHashMap.newKeySet();

  public Relay() {
    door = listen(0);
    port = door.getLocalPort();
  }

  /** Where it leads; before that, whoever connects is hung up on. */
  public void leadTo(URI simulators) {
    target = new InetSocketAddress(simulators.getHost(), simulators.getPort());
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Cuts the line when the answer to such a request is about to pass, which does not pass. */
  public void cutAtAnswerTo(Pattern requestLine) {
    fatal = requestLine;
  }

  /**
   * The connections that are open stay so, and carry nothing any more, in neither direction: as
   * when a firewall has forgotten them. New ones work.
   */
  public void silence() {
    silent.addAll(open);
  }

  /** From now on whoever sends such a request gets no answer; null for nobody. */
  public void ignore(@Nullable Pattern requestLine) {
    ignored = requestLine;
    if (requestLine == null) {
      silent.clear();
    }
  }

  /** Answers come from a PG whose clock is so much ahead. */
  public void shiftDates(Duration ahead) {
    shift = ahead;
  }

  /** A header is written at once, and stays as long as it was. */
  private byte[] dated(byte[] buffer, int read) {
    Duration by = shift;
    String bytes = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
    return (by.isZero()
            ? bytes
            : DATE.matcher(bytes)
                .replaceFirst(
                    date ->
                        date.group(1)
                            + HTTP_DATE.format(
                                HTTP_DATE.parse(date.group(2), Instant::from).plus(by))))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private boolean isIgnored(String bytes) {
    Pattern pattern = ignored;
    return pattern != null && pattern.matcher(bytes).find();
  }

  /** Ends what is under way; from now on nobody can connect. */
  public synchronized void cut() {
    if (door != null) {
      quietly(door);
      door = null;
    }
    open.forEach(Relay::quietly);
    open.clear();
  }

  public synchronized void mend() {
    if (door == null) {
      door = listen(port);
    }
  }

  @Override
  public void close() {
    cut();
  }

  private ServerSocket listen(int on) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), on));
      Thread.ofVirtual().start(() -> accept(socket));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket at) {
    while (!at.isClosed()) {
      try {
        Socket near = at.accept();
        InetSocketAddress to = target;
        if (to == null) {
          near.close();
          continue;
        }
        Socket far = new Socket(to.getAddress(), to.getPort());
        open.add(near);
        open.add(far);
        AtomicBoolean last = new AtomicBoolean();
        Thread.ofVirtual().start(() -> pass(near, far, bytes -> last.set(isFatal(bytes))));
        Thread.ofVirtual().start(() -> pass(far, near, bytes -> cutIf(last.get())));
      } catch (IOException cut) {
        // Closed while it waited, or nobody is there: the loop's condition tells which.
      }
    }
  }

  private boolean isFatal(String bytes) {
    Pattern pattern = fatal;
    return pattern != null && pattern.matcher(bytes).find();
  }

  private void cutIf(boolean now) {
    if (now) {
      fatal = null;
      cut();
    }
  }

  private void pass(Socket from, Socket to, Consumer<String> seen) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[16_384];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        String bytes = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
        if (isIgnored(bytes)) {
          silent.add(from);
          silent.add(to);
        }
        // A line without a word has nothing to wait for but its end.
        while (silent.contains(from) && !from.isClosed()) {
          Thread.sleep(20);
        }
        seen.accept(bytes);
        out.write(dated(buffer, read));
      }
    } catch (IOException cut) {
      // Both ends learn of it by the sockets being closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(from);
      open.remove(to);
      silent.remove(from);
      silent.remove(to);
    }
  }

  private static void quietly(AutoCloseable one) {
    try {
      one.close();
    } catch (Exception gone) {
      throw new IllegalStateException(gone);
    }
  }
}
