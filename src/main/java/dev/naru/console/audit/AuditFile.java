package dev.naru.console.audit;

import dev.naru.console.frame.Viewer;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Audit;
import dev.naru.merchant.audit.AuditQuery;
import dev.naru.merchant.audit.Audited;
import dev.naru.payment.export.Cell;
import dev.naru.payment.export.CsvSheet;
import dev.naru.payment.export.Sheet;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** The audit log as a file for spreadsheets, page by page. */
@Component
class AuditFile {

  private static final List<String> HEADINGS =
      List.of("at", "shop", "actor", "actor-id", "address", "act", "about", "changes");

  private final Audit audit;
  private final AuditRows rows;
  private final MessageSource texts;

  AuditFile(Audit audit, AuditRows rows, MessageSource texts) {
    this.audit = audit;
    this.rows = rows;
    this.texts = texts;
  }

  void write(Viewer viewer, AuditQuery query, OutputStream out) throws IOException {
    try (Sheet sheet = new CsvSheet(out)) {
      sheet.row(HEADINGS.stream().map(name -> heading(viewer, name)).toList());
      AuditQuery next = query.most(AuditQuery.MOST);
      List<Audited> page;
      do {
        page = audit.list(next);
        for (AuditRows.Row row : rows.of(viewer, page)) {
          sheet.row(cells(row));
        }
        next = page.isEmpty() ? next : next.below(page.getLast().id());
      } while (page.size() == AuditQuery.MOST);
      sheet.finish();
    }
  }

  private Cell heading(Viewer viewer, String name) {
    return Cell.of(
        Objects.requireNonNull(texts.getMessage("audit." + name, null, viewer.locale())));
  }

  private static List<Cell> cells(AuditRows.Row row) {
    Audited audited = row.audited();
    Actor actor = audited.actor();
    return Stream.of(
            Cell.of(audited.at()),
            Cell.of(row.shop()),
            Cell.of(actor.name()),
            Cell.of(actor.id()),
            Cell.of(actor.address()),
            Cell.of(row.act()),
            Cell.of(audited.about()),
            Cell.of(
                row.differences().stream()
                    .map(AuditFile::change)
                    .collect(Collectors.joining("; "))))
        .toList();
  }

  private static String change(AuditRows.Difference one) {
    String was = one.before() == null ? "–" : one.before();
    String is = one.after() == null ? "–" : one.after();
    return (one.name().isEmpty() ? "" : one.name() + ": ") + was + " → " + is;
  }
}
