package dev.naru.account;

/** What somebody does in the console, as far as roles tell it apart. */
public enum Action {
  /** One's own account, and the page everybody begins at. */
  OWN_ACCOUNT,
  PAYMENTS_READ,
  PAYMENTS_CANCEL,
  /** Buyers' data leaves the hub as a file. */
  EXPORT,
  BILLING_READ,
  BILLING_WRITE,
  LINKS_READ,
  LINKS_WRITE,
  CERTIFICATIONS_READ,
  CERTIFICATIONS_DELETE,
  PROMOTIONS_READ,
  PROMOTIONS_WRITE,
  /** Channels, groups, allow-lists, webhook addresses. */
  INTEGRATION_READ,
  INTEGRATION_WRITE,
  /** API secrets and what channels are entered with; never without a fresh proof. */
  SECRETS_SEE,
  WEBHOOKS_READ,
  WEBHOOKS_RESEND,
  SUBSHOPS_READ,
  SUBSHOPS_WRITE,
  ACCOUNTS_READ,
  /** Of the roles that one's own may give. */
  ACCOUNTS_WRITE,
  AUDIT_READ,
  ATTENTION_READ,
  ATTENTION_ACT
}
