package dev.naru.payment.export;

import dev.naru.kernel.HubClock;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** A workbook that is written row by row. Texts stand in their cells, and are nowhere collected. */
final class XlsxSheet implements Sheet {

  private static final String TIME = "yyyy-mm-dd hh:mm:ss";
  private static final String AMOUNT = "#,##0.###";

  /** A sheet of Excel's has few more. */
  private static final int MOST_ROWS = 1_000_000;

  /** After so many rows what was written leaves the memory. */
  private static final int FLUSH = 200;

  /** Excel refuses a file with a longer text. */
  private static final int LONGEST = 32_000;

  private final Workbook book;
  private Worksheet sheet;
  private int sheets = 1;
  private int rows;

  XlsxSheet(OutputStream out) {
    book = new Workbook(out, "Naru", null);
    sheet = book.newWorksheet("1");
  }

  @Override
  public void row(List<Cell> cells) throws IOException {
    if (rows == MOST_ROWS) {
      sheet.finish();
      sheets++;
      sheet = book.newWorksheet(Integer.toString(sheets));
      rows = 0;
    }
    for (int column = 0; column < cells.size(); column++) {
      cell(column, cells.get(column));
    }
    rows++;
    if (rows % FLUSH == 0) {
      sheet.flush();
    }
  }

  private void cell(int column, Cell cell) {
    switch (cell) {
      case Cell.Text(String text) -> {
        if (!text.isEmpty()) {
          sheet.inlineString(rows, column, plain(text));
        }
      }
      case Cell.Amount(var value) -> {
        sheet.value(rows, column, value);
        sheet.style(rows, column).format(AMOUNT).set();
      }
      case Cell.Time(Instant at) -> {
        sheet.value(rows, column, LocalDateTime.ofInstant(at, HubClock.SEOUL));
        sheet.style(rows, column).format(TIME).set();
      }
    }
  }

  /**
   * What XML has no place for is left out. A cell that is a text is no formula, however it begins.
   */
  private static String plain(String text) {
    String shown = text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "");
    return shown.length() > LONGEST ? shown.substring(0, LONGEST) : shown;
  }

  @Override
  public void finish() throws IOException {
    sheet.finish();
    book.finish();
  }

  /** Closing the workbook would finish it. */
  @Override
  public void close() {}
}
