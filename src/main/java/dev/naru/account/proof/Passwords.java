package dev.naru.account.proof;

import com.nulabinc.zxcvbn.Zxcvbn;
import dev.naru.account.Refusal;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Secret;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Passwords by Argon2id. An account that is not there costs the work of one that is, so that the
 * time an answer takes tells nothing.
 */
@Component
public class Passwords {

  /** In characters. */
  public static final int SHORTEST = 10;

  private static final int LONGEST = 200;

  /** Of zxcvbn's 0 to 4: under a million guesses is too easy. */
  private static final int EASY = 1;

  /** Each takes 16 MB while it runs. */
  private static final int AT_ONCE = 8;

  private final Argon2PasswordEncoder argon2 =
      Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
  private final Zxcvbn guesses = new Zxcvbn();
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final PasswordStore store;
  private final String nobodys;

  Passwords(PasswordStore store) {
    this.store = store;
    nobodys = hash("a password that nobody has");
  }

  /** Whether this is the account's password. */
  public boolean isRight(String email, Secret password) {
    Optional<String> hash = store.hash(email);
    boolean matches = matches(password, hash.orElse(nobodys));
    return matches && hash.isPresent();
  }

  /**
   * Its password from now on.
   *
   * @throws Failed invalid, if it is short or easily guessed
   */
  public void set(String email, String name, Secret password) {
    require(email, name, password);
    store.keep(email, hash(password.reveal()));
  }

  /**
   * What a password must be: long, and not what others try first.
   *
   * @throws Failed invalid
   */
  public void require(String email, String name, Secret password) {
    String text = password.reveal();
    int length = text.codePointCount(0, text.length());
    if (length < SHORTEST) {
      throw Failed.invalid(Refusal.PASSWORD_SHORT, SHORTEST);
    }
    if (length > LONGEST) {
      throw Failed.invalid(Refusal.PASSWORD_LONG, LONGEST);
    }
    String user = email.replaceFirst("@.*", "");
    if (text.equalsIgnoreCase(email)) {
      throw Failed.invalid(Refusal.PASSWORD_EMAIL);
    }
    // It takes time that grows with the length; a long one is not guessed by its first part.
    String part = text.substring(0, Math.min(text.length(), 40));
    if (guesses.measure(part, List.of(email, user, name, "naru")).getScore() <= EASY) {
      throw Failed.invalid(Refusal.PASSWORD_GUESSED);
    }
  }

  private String hash(String password) {
    places.acquireUninterruptibly();
    try {
      return String.valueOf(argon2.encode(password));
    } finally {
      places.release();
    }
  }

  private boolean matches(Secret password, String hash) {
    places.acquireUninterruptibly();
    try {
      return argon2.matches(password.reveal(), hash);
    } finally {
      places.release();
    }
  }
}
