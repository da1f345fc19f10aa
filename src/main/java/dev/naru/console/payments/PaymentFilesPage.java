package dev.naru.console.payments;

import dev.naru.account.Action;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.HubClock;
import dev.naru.payment.export.PaymentExport;
import dev.naru.payment.export.PaymentExport.Format;
import dev.naru.payment.export.PaymentExport.Group;
import dev.naru.payment.export.PaymentExport.Shape;
import dev.naru.payment.list.PaymentFilter;
import dev.naru.payment.list.PaymentListing;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.util.StreamUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Takes a list of payments away as a file, row by row. */
@ConsolePage
class PaymentFilesPage {

  private static final Logger LOG = LoggerFactory.getLogger(PaymentFilesPage.class);

  private static final String PATH = Asked.PATH + "/export";

  private static final DateTimeFormatter NAMED =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmm", Locale.ROOT).withZone(HubClock.SEOUL);

  private final PaymentExport export;
  private final PaymentListing listing;
  private final Choices choices;
  private final MessageSource texts;
  private final HubClock clock;

  PaymentFilesPage(
      PaymentExport export,
      PaymentListing listing,
      Choices choices,
      MessageSource texts,
      HubClock clock) {
    this.export = export;
    this.listing = listing;
    this.choices = choices;
    this.texts = texts;
    this.clock = clock;
  }

  @Needs(Action.EXPORT)
  @GetMapping(PATH)
  ModelAndView form(Viewer viewer, HttpServletRequest request) {
    Asked asked = Asked.of(request.getParameterMap(), viewer, clock.instant());
    Texts words = Texts.of(texts, viewer, clock);
    PaymentFilter filter = asked.filter();
    return new ModelAndView("console/payments-export")
        .addObject("asked", asked)
        .addObject("chips", Chips.of(asked, choices.of(filter, viewer, words), words))
        .addObject("since", words.minute(filter.span().from()))
        .addObject("until", words.end(filter.span().to()))
        .addObject("counted", Counted.of(listing.totals(viewer.home(), filter), words))
        .addObject("groups", EnumSet.complementOf(EnumSet.of(Group.BASIC)))
        .addObject("styles", List.of("/assets/console/payments.css"))
        .addObject("scripts", List.of("/assets/console/payments-export.js"));
  }

  @Needs(Action.EXPORT)
  @PostMapping(PATH)
  void file(
      Viewer viewer,
      @RequestParam(defaultValue = "XLSX") Format format,
      @RequestParam(defaultValue = "") Set<Group> group,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Asked asked = Asked.of(request.getParameterMap(), viewer, clock.instant());
    PaymentExport.Taken taken =
        export.take(
            viewer.actor(),
            viewer.home(),
            asked.filter(),
            new Shape(format, group, viewer.words()));
    response.setContentType(type(format));
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name(format) + '"');
    try {
      // Closed by the server, and not where writing fails: half a file must not look whole.
      taken.write(StreamUtils.nonClosing(response.getOutputStream()));
    } catch (IOException gone) {
      LOG.debug("nobody took the rest of a file: {}", gone.getMessage());
    }
  }

  private String name(Format format) {
    return "payments-" + NAMED.format(clock.instant()) + "." + Choices.word(format);
  }

  private static String type(Format format) {
    return format == Format.CSV
        ? "text/csv;charset=UTF-8"
        : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  }
}
