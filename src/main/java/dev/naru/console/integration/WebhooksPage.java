package dev.naru.console.integration;

import dev.naru.account.Action;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Frame;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Said;
import dev.naru.console.frame.Styled;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Failed;
import dev.naru.merchant.file.FileKeeping;
import dev.naru.merchant.file.Kept;
import dev.naru.webhook.Retries;
import dev.naru.webhook.Webhooks;
import dev.naru.webhook.log.Deliveries;
import dev.naru.webhook.setting.HookEvent;
import dev.naru.webhook.setting.HookPolicies;
import dev.naru.webhook.setting.HookPolicy;
import dev.naru.webhook.setting.WebhookEndpoints;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Where a shop is told what happened, and what it wants of that. */
@ConsolePage
class WebhooksPage {

  static final String WEBHOOKS = "/console/webhooks";

  private final WebhookEndpoints endpoints;
  private final HookPolicies policies;
  private final Webhooks webhooks;
  private final Deliveries deliveries;
  private final FileKeeping files;

  WebhooksPage(
      WebhookEndpoints endpoints,
      HookPolicies policies,
      Webhooks webhooks,
      Deliveries deliveries,
      FileKeeping files) {
    this.endpoints = endpoints;
    this.policies = policies;
    this.webhooks = webhooks;
    this.deliveries = deliveries;
    this.files = files;
  }

  /**
   * What was entered of it; a box that is not ticked is not sent.
   *
   * @param chosen whether the shop chooses the events itself
   */
  record Policy(
      @Nullable Boolean chosen,
      @Nullable Set<HookEvent> events,
      @Nullable Retries retries,
      @Nullable Boolean first,
      @Nullable Boolean confirm,
      @Nullable String confirmUrl) {

    HookPolicy wanted() {
      Set<HookEvent> some = events == null ? Set.of() : events;
      return new HookPolicy(
          Boolean.TRUE.equals(chosen) ? some : null,
          Objects.requireNonNullElse(retries, Retries.DAYS),
          Boolean.TRUE.equals(first),
          Boolean.TRUE.equals(confirm),
          confirmUrl);
    }
  }

  @Needs(Action.WEBHOOKS_READ)
  @GetMapping(WEBHOOKS)
  ModelAndView show(Viewer viewer) {
    return page(viewer, policies.applying(viewer.shop().id()));
  }

  private ModelAndView page(Viewer viewer, HookPolicy policy) {
    long merchantId = viewer.shop().id();
    return Styled.page("console/webhooks", "integration")
        .addObject("endpoints", endpoints.of(merchantId))
        .addObject("most", WebhookEndpoints.MOST)
        .addObject("policy", policy)
        .addObject("follows", policies.own(merchantId).isEmpty())
        .addObject("noticeForm", webhooks.setting(merchantId).form())
        .addObject("parked", deliveries.parked(merchantId))
        .addObject("allEvents", HookEvent.values())
        .addObject(
            "kept", files.find(new Kept.Name(merchantId, Kept.Kind.WEBHOOK, "")).orElse(null));
  }

  @Needs(Action.INTEGRATION_WRITE)
  @PostMapping(WEBHOOKS + "/policy")
  ModelAndView policy(Viewer viewer, Policy entered, HttpServletRequest request) {
    HookPolicy wanted = entered.wanted();
    try {
      policies.update(viewer.actor(), viewer.shop().id(), wanted);
      return new ModelAndView(Frame.back(WEBHOOKS, "hook-policy"));
    } catch (Failed failed) {
      return Said.problem(page(viewer, wanted), failed, request);
    }
  }

  /** The content type of what goes to URLs that payments name themselves. */
  @Needs(Action.INTEGRATION_WRITE)
  @PostMapping(WEBHOOKS + "/notice-form")
  String noticeForm(Viewer viewer, @RequestParam(defaultValue = "false") boolean form) {
    policies.noticeForm(viewer.actor(), viewer.shop().id(), form);
    return Frame.back(WEBHOOKS, "hook-policy");
  }

  @Needs(Action.WEBHOOKS_RESEND)
  @PostMapping(WEBHOOKS + "/unpark")
  String unpark(Viewer viewer, @RequestParam long lane) {
    deliveries.unpark(viewer.actor(), viewer.shop().id(), lane);
    return Frame.back(WEBHOOKS, "hook-unparked");
  }
}
