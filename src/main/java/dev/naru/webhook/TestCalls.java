package dev.naru.webhook;

import dev.naru.kernel.Failed;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Changes;
import dev.naru.webhook.setting.HookEndpoint;
import dev.naru.webhook.setting.HookSettings;
import dev.naru.webhook.setting.WebhookEndpoints;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** V1's test call: the body of a paid payment that is nobody's, sent to an endpoint now. */
@Component
public class TestCalls {

  /** No payment has these: who asks for it is told that there is none. */
  static final String IMP_UID = "imp_000000000000";

  static final String MERCHANT_UID = "naru_webhook_test";

  /**
   * What came of a test call.
   *
   * @param status the HTTP status, 0 if there was no answer
   * @param answer how the answer began, or why there was none
   */
  public record Tested(End end, int status, long millis, String answer) {

    /** How it ended. */
    public enum End {
      ANSWERED,
      NO_ANSWER,
      /** The address is none that Naru calls. */
      NOT_CALLED
    }

    /** Whether a webhook would count as received. */
    public boolean isReceived() {
      return status / 100 == 2;
    }
  }

  private final WebhookEndpoints endpoints;
  private final HookSettings settings;
  private final Sender sender;
  private final Changes changes;
  private final Ids ids;
  private final HubClock clock;

  TestCalls(
      WebhookEndpoints endpoints,
      HookSettings settings,
      Sender sender,
      Changes changes,
      Ids ids,
      HubClock clock) {
    this.endpoints = endpoints;
    this.settings = settings;
    this.sender = sender;
    this.changes = changes;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Calls the URL that is stored, in the form and by the key that are, and waits for the answer.
   *
   * @throws Failed not found, if this shop itself has no such endpoint
   */
  public Tested send(Actor actor, long merchantId, long endpointId) {
    HookEndpoint endpoint = endpoints.get(merchantId, endpointId);
    HookSettings.Sending sending = settings.sending(merchantId, endpoint.id(), endpoint.url());
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("imp_uid", IMP_UID);
    fields.put("merchant_uid", MERCHANT_UID);
    fields.put("status", "paid");
    Message message =
        Message.of(
            "test_" + merchantId + "_" + ids.row(),
            fields,
            sending.form(),
            sending.keys(),
            clock.instant().minus(clock.offset()));
    Tested tested = sender.test(endpoint.url(), message);
    return changes.make(
        actor,
        merchantId,
        Act.HOOK_TESTED,
        Long.toString(endpointId),
        change -> {
          change.after(Map.of("end", tested.end(), "status", tested.status()));
          return tested;
        });
  }
}
