package dev.naru.console.promotion;

import dev.naru.account.Action;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Refusal;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.payment.export.PaymentExport.Format;
import dev.naru.payment.export.PromotionExport;
import dev.naru.promotion.Promotion;
import dev.naru.promotion.Promotions;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.util.StreamUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Takes promotions away as a file, and the payments of one. */
@ConsolePage
class PromotionFilesPage {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withZone(HubClock.SEOUL);

  private final PromotionExport export;
  private final Promotions promotions;
  private final FoundPromotions found;
  private final HubClock clock;

  PromotionFilesPage(
      PromotionExport export, Promotions promotions, FoundPromotions found, HubClock clock) {
    this.export = export;
    this.promotions = promotions;
    this.found = found;
    this.clock = clock;
  }

  @Needs(Action.EXPORT)
  @PostMapping(PromotionsPage.PATH + "/file")
  void promotions(
      Viewer viewer,
      @RequestParam(defaultValue = "XLSX") Format format,
      HttpServletResponse response)
      throws IOException {
    requireReading(viewer);
    List<Promotion> all =
        viewer.shops().stream().flatMap(shop -> promotions.list(shop.id()).stream()).toList();
    name(response, "promotions", format);
    export.promotions(all, format, viewer.words(), open(response));
  }

  @Needs(Action.EXPORT)
  @PostMapping(PromotionsPage.PATH + "/{id}/file")
  void payments(
      Viewer viewer,
      @PathVariable String id,
      @RequestParam(defaultValue = "XLSX") Format format,
      HttpServletResponse response)
      throws IOException {
    requireReading(viewer);
    Promotion promotion = found.get(viewer, id);
    export.note(viewer.actor(), promotion, format);
    name(response, "promotion-payments", format);
    export.payments(promotion, format, viewer.words(), open(response));
  }

  /** Closed by the server alone: half a file must not look whole. */
  private static OutputStream open(HttpServletResponse response) throws IOException {
    return StreamUtils.nonClosing(response.getOutputStream());
  }

  /** Who may take files away need not be one who sees promotions. */
  private static void requireReading(Viewer viewer) {
    if (!viewer.may(Action.PROMOTIONS_READ)) {
      throw Failed.forbidden(Refusal.NOT_ALLOWED);
    }
  }

  private void name(HttpServletResponse response, String what, Format format) {
    String file =
        what + "-" + DAY.format(clock.instant()) + "." + format.name().toLowerCase(Locale.ROOT);
    response.setContentType(
        format == Format.CSV
            ? "text/csv;charset=UTF-8"
            : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + '"');
  }
}
