package dev.naru.console.integration;

import dev.naru.account.Action;
import dev.naru.console.frame.ConsolePage;
import dev.naru.console.frame.Needs;
import dev.naru.console.frame.Styled;
import dev.naru.console.frame.Viewer;
import dev.naru.kernel.Secret;
import dev.naru.webhook.setting.HookEndpoint;
import dev.naru.webhook.setting.WebhookEndpoints;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * The key that signs for an endpoint: shown when somebody who was just proved asks, or replaced.
 */
@ConsolePage
class EndpointKeyPage {

  private final WebhookEndpoints endpoints;

  EndpointKeyPage(WebhookEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  /** Shows nothing yet: a look at the key is written down. */
  @Needs(value = Action.SECRETS_SEE, fresh = true)
  @GetMapping(EndpointPage.ENDPOINT + "/key")
  ModelAndView ask(Viewer viewer, @PathVariable long id) {
    return Styled.page("console/webhook-key", "integration")
        .addObject("endpoint", endpoints.get(viewer.shop().id(), id));
  }

  @Needs(value = Action.SECRETS_SEE, fresh = true)
  @PostMapping(EndpointPage.ENDPOINT + "/key")
  ModelAndView reveal(Viewer viewer, @PathVariable long id) {
    return told(
        endpoints.get(viewer.shop().id(), id),
        endpoints.reveal(viewer.actor(), viewer.shop().id(), id),
        "revealed");
  }

  @Needs(value = Action.SECRETS_SEE, fresh = true)
  @PostMapping(EndpointPage.ENDPOINT + "/key/rotate")
  ModelAndView rotate(Viewer viewer, @PathVariable long id) {
    return told(
        endpoints.get(viewer.shop().id(), id),
        endpoints.rotate(viewer.actor(), viewer.shop().id(), id),
        "rotated");
  }

  private static ModelAndView told(HookEndpoint endpoint, Secret secret, String why) {
    return Styled.page("console/webhook-secret", "integration")
        .addObject("endpoint", endpoint)
        .addObject("secret", secret.reveal())
        .addObject("why", why);
  }
}
