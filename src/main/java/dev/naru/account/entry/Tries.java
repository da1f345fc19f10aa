package dev.naru.account.entry;

import dev.naru.account.Refusal;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Failure;
import dev.naru.kernel.HubClock;
import dev.naru.kernel.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * How often somebody may be wrong. An e-mail counts by what was typed, whether it has an account or
 * not, so that what is said of it tells nothing. A try counts before it is looked at: many at once
 * are not more than few.
 */
@Component
class Tries {

  /** So many may be wrong before there is a pause. */
  private static final int OF_AN_EMAIL = 5;

  private static final int OF_AN_ADDRESS = 30;
  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  private final WrongTryStore store;
  private final Vault vault;
  private final HubClock clock;

  Tries(WrongTryStore store, Vault vault, HubClock clock) {
    this.store = store;
    this.vault = vault;
    this.clock = clock;
  }

  /** One try, of an e-mail and from an address. */
  final class Try {

    private final String email;
    private final String address;

    private boolean last;

    private Try(String email, String address) {
      this.email = email;
      this.address = address;
    }

    /** Whether there is a pause after it, if it is wrong. */
    boolean isLast() {
      return last;
    }

    /** It was right. */
    void right() {
      store.forget(email);
      store.less(address);
    }
  }

  /**
   * Somebody tries; unless the try turns out right, it was wrong.
   *
   * @param what is tried: a password, a code
   * @throws Failed too many
   */
  Try begin(String what, String email, String address) {
    Try one =
        new Try(
            what + ":" + vault.hash("sign-in-try", email),
            "from:" + vault.hash("sign-in-from", address));
    Instant now = clock.machine().instant();
    boolean ofEmail = count(one.email, OF_AN_EMAIL, now);
    boolean ofAddress = count(one.address, OF_AN_ADDRESS, now);
    one.last = ofEmail || ofAddress;
    return one;
  }

  private boolean count(String who, int free, Instant now) {
    Optional<Instant> closed = store.closedUntil(who, now);
    if (closed.isPresent()) {
      throw later(Duration.between(now, closed.get()));
    }
    int over = store.add(who, now, now.minus(FORGOTTEN)) - free;
    if (over >= 0) {
      store.close(who, now.plus(pause(over)));
    }
    return over >= 0;
  }

  /** Twice as long each time. */
  static Duration pause(int over) {
    Duration pause = FIRST.multipliedBy(1L << Math.min(over, 10));
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }

  private static Failed later(Duration wait) {
    long seconds = wait.toSeconds() + 1;
    return new Failed(new Failure.TooMany(Refusal.TRY_LATER.with(seconds), seconds));
  }
}
