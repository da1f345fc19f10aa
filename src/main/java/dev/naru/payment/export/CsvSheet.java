package dev.naru.payment.export;

import dev.naru.kernel.HubClock;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Comma-separated values as spreadsheets in Korea open them: UTF-8 with its mark. */
public final class CsvSheet implements Sheet {

  private static final char MARK = '\uFEFF';

  /** With these a spreadsheet takes a text for a formula. */
  private static final String FORMULAS = "=+-@\t\r";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(HubClock.SEOUL);

  private final Writer out;

  public CsvSheet(OutputStream out) throws IOException {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    this.out.write(MARK);
  }

  @Override
  public void row(List<Cell> cells) throws IOException {
    for (int i = 0; i < cells.size(); i++) {
      out.write(i == 0 ? "" : ",");
      out.write(text(cells.get(i)));
    }
    out.write("\r\n");
  }

  private static String text(Cell cell) {
    return switch (cell) {
      case Cell.Text(String text) -> quoted(safe(text));
      case Cell.Amount(var value) -> value.toPlainString();
      case Cell.Time(Instant at) -> TIME.format(at);
    };
  }

  /** An apostrophe before it makes a formula a text. */
  private static String safe(String text) {
    return !text.isEmpty() && FORMULAS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  @Override
  public void finish() throws IOException {
    out.flush();
  }

  /** Closing what is behind it would end an answer as if it were whole. */
  @Override
  public void close() {}
}
