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
import dev.naru.webhook.TestCalls;
import dev.naru.webhook.setting.HookEndpoint;
import dev.naru.webhook.setting.HookEvent;
import dev.naru.webhook.setting.WebhookEndpoints;
import dev.naru.webhook.setting.WebhookEndpoints.Made;
import dev.naru.webhook.setting.WebhookEndpoints.Wish;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** One endpoint: added, changed, called to see whether it answers, removed. */
@ConsolePage
class EndpointPage {

  static final String ENDPOINT = WebhooksPage.WEBHOOKS + "/{id}";

  private final WebhookEndpoints endpoints;
  private final TestCalls tests;
  private final FileKeeping files;

  EndpointPage(WebhookEndpoints endpoints, TestCalls tests, FileKeeping files) {
    this.endpoints = endpoints;
    this.tests = tests;
    this.files = files;
  }

  /**
   * What was entered of one; a box that is not ticked is not sent.
   *
   * @param chosen whether it has events of its own
   */
  record Entered(
      @Nullable String url,
      @Nullable Boolean form,
      @Nullable Boolean chosen,
      @Nullable Set<HookEvent> events,
      HookEndpoint.@Nullable Mode mode,
      @Nullable Boolean active) {

    Wish wish() {
      Set<HookEvent> some = events == null ? Set.of() : events;
      return new Wish(
          Objects.requireNonNullElse(url, ""),
          Boolean.TRUE.equals(form),
          Boolean.TRUE.equals(chosen) ? some : null,
          Objects.requireNonNullElse(mode, HookEndpoint.Mode.BOTH),
          Boolean.TRUE.equals(active));
    }
  }

  @Needs(value = Action.INTEGRATION_WRITE, fresh = true)
  @GetMapping(WebhooksPage.WEBHOOKS + "/new")
  ModelAndView begin() {
    return page(null, Wish.of(""));
  }

  /** The key that signs is shown by the answer. */
  @Needs(value = Action.INTEGRATION_WRITE, fresh = true)
  @PostMapping(WebhooksPage.WEBHOOKS)
  ModelAndView add(Viewer viewer, Entered entered, HttpServletRequest request) {
    try {
      Made made = endpoints.add(viewer.actor(), viewer.shop().id(), entered.wish());
      return Styled.page("console/webhook-secret", "integration")
          .addObject("endpoint", made.endpoint())
          .addObject("secret", made.secret().reveal())
          .addObject("why", "added");
    } catch (Failed failed) {
      return Said.problem(page(null, entered.wish()), failed, request);
    }
  }

  @Needs(Action.WEBHOOKS_READ)
  @GetMapping(ENDPOINT)
  ModelAndView show(Viewer viewer, @PathVariable long id) {
    HookEndpoint one = endpoints.get(viewer.shop().id(), id);
    return page(one, new Wish(one.url(), one.form(), one.events(), one.mode(), one.active()));
  }

  @Needs(Action.INTEGRATION_WRITE)
  @PostMapping(ENDPOINT)
  ModelAndView edit(
      Viewer viewer, @PathVariable long id, Entered entered, HttpServletRequest request) {
    HookEndpoint one = endpoints.get(viewer.shop().id(), id);
    try {
      endpoints.edit(viewer.actor(), viewer.shop().id(), id, entered.wish());
      return new ModelAndView(Frame.back(WebhooksPage.WEBHOOKS + "/" + id, "hook-edited"));
    } catch (Failed failed) {
      return Said.problem(page(one, entered.wish()), failed, request);
    }
  }

  /** Calls what is saved. */
  @Needs(Action.INTEGRATION_WRITE)
  @PostMapping(ENDPOINT + "/test")
  ModelAndView test(Viewer viewer, @PathVariable long id) {
    return show(viewer, id).addObject("tested", tests.send(viewer.actor(), viewer.shop().id(), id));
  }

  @Needs(Action.INTEGRATION_WRITE)
  @GetMapping(ENDPOINT + "/end")
  ModelAndView askEnd(Viewer viewer, @PathVariable long id) {
    return Styled.page("console/webhook-end", "integration")
        .addObject("endpoint", endpoints.get(viewer.shop().id(), id));
  }

  @Needs(Action.INTEGRATION_WRITE)
  @PostMapping(ENDPOINT + "/end")
  String end(Viewer viewer, @PathVariable long id) {
    endpoints.end(viewer.actor(), viewer.shop().id(), id);
    return Frame.back(WebhooksPage.WEBHOOKS, "hook-ended");
  }

  private ModelAndView page(@Nullable HookEndpoint endpoint, Wish wish) {
    Kept.@Nullable Name name =
        endpoint == null ? null : new Kept.Name(endpoint.merchantId(), Kept.Kind.WEBHOOK, "");
    return Styled.page("console/webhook", "integration")
        .addObject("endpoint", endpoint)
        .addObject("wish", wish)
        .addObject("modes", HookEndpoint.Mode.values())
        .addObject("allEvents", HookEvent.values())
        .addObject("kept", name == null ? null : files.find(name).orElse(null));
  }
}
