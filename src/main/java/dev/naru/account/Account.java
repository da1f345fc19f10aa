package dev.naru.account;

import dev.naru.merchant.audit.Actor;
import java.time.Instant;

/**
 * Somebody who may use the console.
 *
 * @param email in small letters; what the account is known by
 * @param merchantId the shop or sub-shop it belongs to
 * @param exports whether a role that only reads may take files with it
 * @param secured whether it has one-time codes
 */
public record Account(
    String email,
    long merchantId,
    Role role,
    boolean exports,
    String name,
    boolean korean,
    State state,
    boolean secured,
    Instant createdAt) {

  /** Where it stands; an account that ended keeps its row, since others' records name it. */
  public enum State {
    INVITED,
    ACTIVE,
    ENDED
  }

  /** Who it is in what is written down. */
  public Actor actor(String address) {
    return Actor.account(email, name, address);
  }

  /** Whether this account may do so. */
  public boolean may(Action action) {
    return role.may(action) || (action == Action.EXPORT && exports);
  }
}
