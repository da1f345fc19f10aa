package dev.naru.console.payments;

import dev.naru.account.Action;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Viewer;
import dev.naru.console.payments.Choices.Choice;
import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Merchant;
import dev.naru.payment.list.PaymentFilter;
import dev.naru.payment.list.PaymentFilter.Preset;
import dev.naru.payment.list.PaymentFilter.Span;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** Webhooks of a period that failed, by shop, and sending them again. */
@ConsolePage
class FailedHooksPage {

  private static final String PATH = Asked.PATH + "/webhooks";

  private final FailedHooks hooks;
  private final MessageSource texts;
  private final HubClock clock;

  FailedHooksPage(FailedHooks hooks, MessageSource texts, HubClock clock) {
    this.hooks = hooks;
    this.texts = texts;
    this.clock = clock;
  }

  /**
   * A shop's.
   *
   * @param href where they are sent again
   */
  record Of(String name, int payments, String href) {}

  @Needs(Action.WEBHOOKS_READ)
  @GetMapping(PATH)
  ModelAndView failed(Viewer viewer, HttpServletRequest request) {
    return page(viewer, asked(viewer, request));
  }

  @Needs(Action.WEBHOOKS_RESEND)
  @PostMapping(PATH)
  ModelAndView resend(Viewer viewer, HttpServletRequest request) {
    Asked asked = asked(viewer, request);
    try {
      hooks.resend(viewer, asked.filter().span());
      return new ModelAndView(Frame.back(PATH + "?" + query(asked.filter()), "hooks-again"));
    } catch (Failed failed) {
      return Said.problem(page(viewer, asked), failed, request);
    }
  }

  private Asked asked(Viewer viewer, HttpServletRequest request) {
    return Asked.of(request.getParameterMap(), viewer, clock.instant());
  }

  private ModelAndView page(Viewer viewer, Asked asked) {
    Texts words = Texts.of(texts, viewer, clock);
    Span span = asked.filter().span();
    Map<Merchant, Integer> failed = hooks.of(viewer, span);
    // Exact, so that no more is sent again than was shown.
    Span exact = new Span(span.basis(), null, span.from(), span.to());
    String at = PATH + "?" + query(asked.filter().edit().span(exact).filter()) + "&shop=";
    List<Of> shops =
        failed.entrySet().stream()
            .map(
                one -> new Of(one.getKey().name(), one.getValue(), at + word(viewer, one.getKey())))
            .toList();
    return new ModelAndView("console/payments-hooks")
        .addObject("shops", shops)
        .addObject("all", shops.stream().mapToInt(Of::payments).sum())
        .addObject("allHref", at + viewer.selected())
        .addObject("presets", presets(span, words))
        .addObject("since", words.minute(span.from()))
        .addObject("until", words.end(span.to()))
        .addObject("ignored", asked.ignored())
        .addObject("styles", List.of("/assets/console/payments.css"));
  }

  private static String query(PaymentFilter filter) {
    return PaymentFilter.standard(filter.span().to()).edit().span(filter.span()).filter().query();
  }

  private static String word(Viewer viewer, Merchant shop) {
    return shop.id() == viewer.home().id() ? Viewer.OWN : String.valueOf(shop.tierCode());
  }

  private static List<Choice> presets(Span span, Texts words) {
    return Arrays.stream(Preset.values())
        .map(
            preset ->
                new Choice(
                    Choices.word(preset),
                    words.text("period." + Choices.word(preset)),
                    preset == span.preset(),
                    null))
        .toList();
  }
}
