package dev.naru.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One keep-alive connection that speaks just enough HTTP/1.1. On a small machine whatever the load
 * costs is missing from the hub, hence no HTTP client.
 */
public final class Wire implements AutoCloseable {

  private final URI hub;
  private Socket socket;
  private InputStream in;

  Wire(URI hub) throws IOException {
    this.hub = hub;
    socket = open(hub);
    in = new BufferedInputStream(socket.getInputStream(), 16_384);
  }

  private static Socket open(URI hub) throws IOException {
    Socket socket = new Socket(hub.getHost(), hub.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(60_000);
    return socket;
  }

  /** The body of the answer, whatever its status. A GET if {@code form} is empty. */
  String ask(String path, String token, String form) throws IOException {
    byte[] body = form.getBytes(StandardCharsets.UTF_8);
    String head =
        (form.isEmpty() ? "GET " : "POST ")
            + path
            + " HTTP/1.1\r\nHost: "
            + hub.getAuthority()
            + "\r\nAuthorization: "
            + token
            + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    byte[] start = head.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[start.length + body.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    socket.getOutputStream().write(all);
    return answer();
  }

  private String answer() throws IOException {
    int length = 0;
    boolean chunked = false;
    boolean last = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String field = line.toLowerCase(Locale.ROOT);
      if (field.startsWith("content-length:")) {
        length = Integer.parseInt(field.substring(15).strip());
      } else if (field.startsWith("transfer-encoding:")) {
        chunked = field.contains("chunked");
      } else if (field.startsWith("connection:")) {
        last = field.contains("close");
      }
    }
    String body = chunked ? chunks() : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    if (last) {
      socket.close();
      socket = open(hub);
      in = new BufferedInputStream(socket.getInputStream(), 16_384);
    }
    return body;
  }

  private String chunks() throws IOException {
    StringBuilder body = new StringBuilder();
    for (int size = chunk(); size > 0; size = chunk()) {
      body.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
      line();
    }
    line();
    return body.toString();
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line().strip(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the hub hung up");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
