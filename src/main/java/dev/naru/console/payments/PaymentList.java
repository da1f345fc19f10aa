package dev.naru.console.payments;

import dev.naru.account.SavedViews;
import dev.naru.console.frame.Viewer;
import dev.naru.console.payments.Choices.Choice;
import dev.naru.kernel.HubClock;
import dev.naru.payment.list.PaymentFilter;
import dev.naru.payment.list.PaymentFilter.Basis;
import dev.naru.payment.list.PaymentFilter.Span;
import dev.naru.payment.list.PaymentListing;
import dev.naru.payment.list.PaymentListing.Page;
import dev.naru.payment.list.PaymentListing.Sort;
import dev.naru.payment.list.PaymentTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** Fills a page with the list that an address asks for. */
@Component
class PaymentList {

  /** The name by which views of this list are kept. */
  static final String LIST = "payments";

  private static final int SIZE = 50;

  private final PaymentListing listing;
  private final PaymentRows rows;
  private final Choices choices;
  private final FailedHooks hooks;
  private final SavedViews views;
  private final MessageSource texts;
  private final HubClock clock;

  PaymentList(
      PaymentListing listing,
      PaymentRows rows,
      Choices choices,
      FailedHooks hooks,
      SavedViews views,
      MessageSource texts,
      HubClock clock) {
    this.listing = listing;
    this.rows = rows;
    this.choices = choices;
    this.hooks = hooks;
    this.views = views;
    this.texts = texts;
    this.clock = clock;
  }

  ModelAndView show(ModelAndView page, Asked asked, Viewer viewer) {
    Texts words = Texts.of(texts, viewer, clock);
    PaymentFilter filter = asked.filter();
    Map<String, List<Choice>> offered = choices.of(filter, viewer, words);
    Page found = listing.page(viewer.home(), filter, asked.after(), SIZE, asked.sort());
    return page.addObject("asked", asked)
        .addObject("filter", filter)
        .addObject("offered", offered)
        .addObject("chips", Chips.of(asked, offered, words))
        .addObject("rows", rows.of(found.payments(), viewer, words))
        .addObject("next", found.next() == null ? null : asked.next(found.next()))
        .addObject("goesOn", found.searchGoesOn())
        .addObject(
            "none", found.payments().isEmpty() && isNone(viewer, asked.usual().shop(), words.now()))
        .addObject("several", viewer.shops().size() > 1)
        .addObject(
            "turned", asked.sorted(asked.sort() == Sort.NEWEST ? Sort.OLDEST : Sort.NEWEST).path())
        .addObject("failedHooks", hooks.count(viewer, filter.span()))
        .addObject("views", views.of(viewer.account(), LIST))
        .addObject("times", words)
        .addObject("styles", List.of("/assets/console/payments.css"))
        .addObject("scripts", List.of("/assets/console/payments.js"))
        .addAllObjects(counted(viewer, filter, words));
  }

  /** Sums of the list, and how many there would be of each status. */
  private Map<String, Object> counted(Viewer viewer, PaymentFilter filter, Texts words) {
    PaymentTotals totals = listing.totals(viewer.home(), filter);
    PaymentTotals every =
        filter.statuses().isEmpty()
            ? totals
            : listing.totals(viewer.home(), filter.edit().statuses(Set.of()).filter());
    return Map.of(
        "counted",
        Counted.of(totals, words),
        "statuses",
        choices.statuses(filter, every.counts(), words),
        "every",
        Choices.number(every.count()),
        "everyMore",
        every.more());
  }

  /** Whether there is no payment at all, whatever one asks for. */
  private boolean isNone(Viewer viewer, @Nullable String shop, Instant now) {
    Span ever = new Span(Basis.REQUEST, null, Instant.EPOCH, now.plus(Duration.ofDays(1)));
    PaymentFilter all = PaymentFilter.standard(now).edit().span(ever).shop(shop).filter();
    return listing.page(viewer.home(), all, null, 1, Sort.NEWEST).payments().isEmpty();
  }
}
