package dev.naru.console.billing;

import dev.naru.console.part.Address;

/** Where the pages of subscriptions are. */
final class Places {

  static final String LIST = "/console/subscriptions";
  static final String SCHEDULE = LIST + "/schedule";
  static final String KEYS = LIST + "/keys";
  static final String STYLE = "/assets/console/billing.css";

  private Places() {}

  static Address schedule(long merchantId, String merchantUid) {
    return Address.of(SCHEDULE).with("of", merchantId).with("uid", merchantUid);
  }

  /** The list of keys with this one alone, or those that begin alike. */
  static Address keys(String customerUid) {
    return Address.of(KEYS).with("q", customerUid);
  }
}
