package dev.naru.payment;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a shop has set for webhooks of its payments, and for being asked before a charge. */
public interface HookUrls {

  /**
   * Where a webhook goes.
   *
   * @param endpoint the number of the shop's endpoint; null for a URL that the payment named
   */
  record Target(String url, @Nullable Long endpoint) {}

  /** Where webhooks of a payment go that names no URL itself, as its merchant has set it now. */
  List<Target> defaults(long merchantId);

  /** Where an event of a payment goes, of all that the payment has. Never throws. */
  List<Target> wanting(Payment after, Event event);

  /**
   * Where the shop is asked before a charge of a new payment, as it is set now.
   *
   * @param named what the payment names
   */
  Optional<String> confirmUrl(long merchantId, @Nullable String named);
}
