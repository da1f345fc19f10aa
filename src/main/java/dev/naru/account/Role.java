package dev.naru.account;

import static dev.naru.account.Action.*;

import java.util.EnumSet;
import java.util.Set;

/** V1's seven roles, and the one table of what each may do. */
public enum Role {
  OWNER(EnumSet.allOf(Action.class)),
  ADMIN(EnumSet.allOf(Action.class)),
  /** All functions; shop, accounts and integration to look at. Invites people who only read. */
  MANAGER(EnumSet.complementOf(EnumSet.of(INTEGRATION_WRITE, SECRETS_SEE, SUBSHOPS_WRITE))),
  /** Integration alone; shop and accounts to look at. */
  DEV(
      EnumSet.of(
          OWN_ACCOUNT,
          INTEGRATION_READ,
          INTEGRATION_WRITE,
          SECRETS_SEE,
          WEBHOOKS_READ,
          WEBHOOKS_RESEND,
          SUBSHOPS_READ,
          ACCOUNTS_READ)),
  /** Everything to look at; files are a permission of its own. */
  READ_ONLY(
      EnumSet.of(
          OWN_ACCOUNT,
          PAYMENTS_READ,
          BILLING_READ,
          LINKS_READ,
          CERTIFICATIONS_READ,
          PROMOTIONS_READ,
          INTEGRATION_READ,
          WEBHOOKS_READ,
          SUBSHOPS_READ,
          ACCOUNTS_READ,
          AUDIT_READ,
          ATTENTION_READ)),
  /** All functions of one sub-shop; what its representative gave it to look at. */
  SUB_MANAGER(
      EnumSet.complementOf(
          EnumSet.of(INTEGRATION_WRITE, SECRETS_SEE, SUBSHOPS_READ, SUBSHOPS_WRITE))),
  /** One sub-shop to look at. */
  SUB_READ_ONLY(
      EnumSet.of(
          OWN_ACCOUNT,
          PAYMENTS_READ,
          BILLING_READ,
          LINKS_READ,
          CERTIFICATIONS_READ,
          PROMOTIONS_READ,
          INTEGRATION_READ,
          WEBHOOKS_READ,
          ATTENTION_READ));

  @SuppressWarnings("ImmutableEnumChecker") // Never handed out.
  private final Set<Action> actions;

  Role(Set<Action> actions) {
    this.actions = actions;
  }

  /** Whether this role may do so, before what one account is given beyond it. */
  public boolean may(Action action) {
    return actions.contains(action);
  }

  /** A role of a sub-shop, and of no representative. */
  public boolean ofSubShop() {
    return this == SUB_MANAGER || this == SUB_READ_ONLY;
  }

  /** How many accounts of a shop may have it. */
  public int most() {
    return switch (this) {
      case OWNER, ADMIN -> 1;
      case DEV -> 10;
      case MANAGER, READ_ONLY, SUB_MANAGER, SUB_READ_ONLY -> Integer.MAX_VALUE;
    };
  }

  /** The roles whose accounts this one makes, changes and ends. */
  public Set<Role> gives() {
    return switch (this) {
      case OWNER -> EnumSet.complementOf(EnumSet.of(OWNER));
      case ADMIN -> EnumSet.complementOf(EnumSet.of(OWNER, ADMIN));
      case MANAGER -> EnumSet.of(READ_ONLY);
      case SUB_MANAGER -> EnumSet.of(SUB_MANAGER, SUB_READ_ONLY);
      case DEV, READ_ONLY, SUB_READ_ONLY -> EnumSet.noneOf(Role.class);
    };
  }
}
