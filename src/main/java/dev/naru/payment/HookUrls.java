package dev.naru.payment;

import java.util.Optional;

/** Where webhooks of a payment go that names no URL itself, as its merchant has set it now. */
public interface HookUrls {

  Optional<String> defaultUrl(long merchantId);
}
