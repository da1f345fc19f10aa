package dev.naru.payment.export;

import dev.naru.kernel.Wording;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Changes;
import dev.naru.payment.Payment;
import dev.naru.payment.list.PaymentFilter;
import dev.naru.payment.list.PaymentListing;
import dev.naru.payment.list.PaymentListing.Sort;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * Writes a list of payments to a file, row by row: however many there are, a page of them is in
 * memory at a time. Numbers are numbers, times are Korea's, and no text is a formula.
 */
@Component
public class PaymentExport {

  private final PaymentListing listing;
  private final Changes changes;

  PaymentExport(PaymentListing listing, Changes changes) {
    this.listing = listing;
    this.changes = changes;
  }

  /** What kind of file. */
  public enum Format {
    XLSX,
    CSV
  }

  /** Columns that belong together. The basic ones are always there. */
  public enum Group {
    BASIC,
    CUSTOMER,
    PG,
    CARD,
    ACCOUNT
  }

  /**
   * What a file is to be.
   *
   * @param wording the language of its headings
   */
  public record Shape(Format format, Set<Group> groups, Wording wording) {}

  /** A file that somebody takes away: who does is written down. */
  @FunctionalInterface
  public interface Taken {

    /** As {@link PaymentExport#write}. */
    void write(OutputStream out) throws IOException;
  }

  /** All payments that come, one after the other. */
  @FunctionalInterface
  interface Source {
    void each(Consumer<Payment> consumer);
  }

  /**
   * Writes down that buyers' data leaves the hub, and which, before any of it does. What was
   * searched for is not kept: it may be a buyer's name.
   */
  public Taken take(Actor actor, Merchant shop, PaymentFilter filter, Shape shape) {
    changes.make(
        actor,
        shop.id(),
        Act.PAYMENTS_EXPORTED,
        shape.format().name(),
        change -> change.after(told(filter, shape)));
    return out -> write(shop, filter, shape, out);
  }

  private static Map<String, Object> told(PaymentFilter filter, Shape shape) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("groups", shape.groups().stream().sorted().toList());
    told.put("filter", filter.edit().search(null).filter().query());
    told.put("from", filter.span().from());
    told.put("to", filter.span().to());
    if (filter.search() != null) {
      told.put("searched", filter.search().field());
    }
    return told;
  }

  /**
   * Writes the list of a filter, the newest first; {@code out} is closed at its end.
   *
   * @throws IOException if nobody takes what is written
   */
  public void write(Merchant shop, PaymentFilter filter, Shape shape, OutputStream out)
      throws IOException {
    write(each -> listing.each(shop, filter, Sort.NEWEST, each), shape, out);
  }

  static void write(Source source, Shape shape, OutputStream out) throws IOException {
    Columns columns = new Columns(shape.groups(), shape.wording());
    try (out;
        Sheet sheet = shape.format() == Format.CSV ? new CsvSheet(out) : new XlsxSheet(out)) {
      sheet.row(columns.headings());
      source.each(payment -> row(sheet, columns, payment));
      sheet.finish();
    } catch (UncheckedIOException gone) {
      throw gone.getCause();
    }
  }

  private static void row(Sheet sheet, Columns columns, Payment payment) {
    try {
      sheet.row(columns.row(payment));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
