package dev.naru.webhook.setting;

import dev.naru.kernel.Failed;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Changes;
import dev.naru.webhook.Refusal;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What shops want of webhooks as such, and of the confirm process. */
@Component
public class HookPolicies {

  private final HookSettings settings;
  private final HookSettingStore store;
  private final HookAddress address;
  private final Changes changes;

  HookPolicies(
      HookSettings settings, HookSettingStore store, HookAddress address, Changes changes) {
    this.settings = settings;
    this.store = store;
    this.address = address;
    this.changes = changes;
  }

  /** What counts for a merchant: what it chose, else what its representative shop chose. */
  public HookPolicy applying(long merchantId) {
    return settings.policy(merchantId);
  }

  /** What this merchant itself chose; empty if it never did. */
  public Optional<HookPolicy> own(long merchantId) {
    return Optional.ofNullable(settings.own(merchantId).row().policy());
  }

  /**
   * Counts at once for what is told of and how often it is tried; payments made before are asked
   * for, or not, as it was then.
   *
   * @throws Failed invalid, if its URL cannot be called, or it chooses no event at all
   */
  public void update(Actor actor, long merchantId, HookPolicy policy) {
    HookPolicy checked = checked(policy);
    changes.make(
        actor,
        merchantId,
        Act.HOOK_POLICY_SET,
        Long.toString(merchantId),
        change -> {
          change.before(store.find(merchantId).policy()).after(checked);
          store.put(merchantId, checked);
          return checked;
        });
  }

  private HookPolicy checked(HookPolicy policy) {
    if (policy.events() != null && policy.events().isEmpty()) {
      throw Failed.invalid(Refusal.NO_EVENTS);
    }
    String url = policy.confirmUrl();
    return new HookPolicy(
        policy.events(),
        policy.retries(),
        policy.first(),
        policy.confirm(),
        url == null || url.isBlank() ? null : address.checked(url));
  }

  /** Whether bodies to URLs that payments name are forms. */
  public void noticeForm(Actor actor, long merchantId, boolean form) {
    changes.make(
        actor,
        merchantId,
        Act.HOOK_NOTICE_FORM_SET,
        Long.toString(merchantId),
        change -> {
          change.before(store.find(merchantId).form()).after(form);
          store.form(merchantId, form);
          return form;
        });
  }
}
