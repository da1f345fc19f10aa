package dev.naru.console.home;

import dev.naru.account.Action;
import dev.naru.account.proof.Passkeys;
import dev.naru.console.frame.Viewer;
import dev.naru.merchant.ApiKeys;
import dev.naru.merchant.Channels;
import dev.naru.webhook.setting.WebhookEndpoints;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is left to be done until a shop takes payments. */
@Component
class SetUpSteps {

  private final Channels channels;
  private final ApiKeys keys;
  private final WebhookEndpoints hooks;
  private final Passkeys passkeys;

  SetUpSteps(Channels channels, ApiKeys keys, WebhookEndpoints hooks, Passkeys passkeys) {
    this.passkeys = passkeys;
    this.channels = channels;
    this.keys = keys;
    this.hooks = hooks;
  }

  /**
   * One step.
   *
   * @param name as {@code home.step.} names it
   */
  public record Step(String name, String path, boolean done) {}

  /** By codes of a phone or by a passkey. */
  private boolean secured(Viewer viewer) {
    return viewer.account().secured() || !passkeys.of(viewer.account().email()).isEmpty();
  }

  /** All steps of whoever may take them, as long as one is left; else none. */
  List<Step> left(Viewer viewer, boolean paid) {
    if (!viewer.may(Action.INTEGRATION_WRITE)) {
      return List.of();
    }
    long shop = viewer.shop().id();
    boolean channel = !channels.of(shop).isEmpty();
    boolean key = keys.of(shop).stream().anyMatch(ApiKeys.Shown::isOpen);
    boolean hook = !hooks.of(shop).isEmpty();
    List<Step> steps =
        List.of(
            new Step("channel", "/console/channels", channel),
            new Step("key", "/console/integration", key),
            new Step("webhook", "/console/webhooks", hook),
            new Step("payment", "/console/payments", paid),
            new Step("codes", "/console/account", secured(viewer)));
    return steps.stream().allMatch(Step::done) ? List.of() : steps;
  }
}
