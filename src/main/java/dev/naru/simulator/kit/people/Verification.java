package dev.naru.simulator.kit.people;

import dev.naru.simulator.kit.facts.Effect;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a PG knows about one identity check. Of the person it keeps the phone, and the two keys it
 * answers with; a change makes a new record.
 *
 * @param tid the PG's transaction
 * @param order what the merchant calls it
 * @param effect what the phone brings about
 */
public record Verification(
    String pg,
    String tid,
    String merchant,
    String order,
    String phone,
    Effect effect,
    Keys keys,
    Course course) {

  /** How far it got. */
  public enum Stage {
    /** The carrier has checked the person; nothing has been sent. */
    CHECKED,
    REFUSED,
    /** The code is out, or the app asks. */
    SENT,
    /** The person has tapped yes in the app. */
    APPROVED,
    /** The person has tapped no. */
    DENIED,
    CERTIFIED
  }

  /** What a person is known by: to everybody, and to one merchant's MID. */
  public record Keys(String ci, String di) {

    /** 88 and 64 characters, as the real ones are. */
    public static Keys of(String mid, Somebody who) {
      String person =
          String.join("^", "person", who.name(), who.birth(), who.sex(), who.nationality());
      String ci = base64("SHA-512", person);
      return new Keys(ci, base64("SHA-384", mid + "^" + ci));
    }

    private static String base64(String algorithm, String text) {
      try {
        byte[] hash =
            MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(hash);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /**
   * The person a merchant asks about, in any notation that is the same for all simulators.
   *
   * @param birth yyyyMMdd
   * @param sex male or female
   * @param nationality domestic or foreign
   */
  public record Somebody(String name, String birth, String sex, String nationality) {}

  /**
   * How it goes.
   *
   * @param code what was sent, empty where an app asks
   * @param until when the code ends
   * @param tries how many wrong codes came
   * @param confirms how many right ones
   */
  public record Course(
      Stage stage,
      Instant opened,
      String code,
      @Nullable Instant until,
      int tries,
      int confirms,
      @Nullable Instant at) {}

  public Stage stage() {
    return course.stage();
  }

  /** Who was in the window is known. */
  public Verification of(String whosePhone, Effect what, Keys who) {
    return new Verification(pg, tid, merchant, order, whosePhone, what, who, course);
  }

  /** The code goes out. */
  public Verification sent(String code, Instant until) {
    return with(new Course(Stage.SENT, course.opened(), code, until, course.tries(), 0, null));
  }

  /** The same, that far. */
  public Verification as(Stage stage, Instant now) {
    return with(
        new Course(
            stage,
            course.opened(),
            course.code(),
            course.until(),
            course.tries(),
            course.confirms(),
            now));
  }

  /** The same, after one more wrong code. */
  public Verification wrong() {
    return with(
        new Course(
            course.stage(),
            course.opened(),
            course.code(),
            course.until(),
            course.tries() + 1,
            course.confirms(),
            course.at()));
  }

  /** A right code came once more. */
  Verification confirmed() {
    return with(
        new Course(
            course.stage(),
            course.opened(),
            course.code(),
            course.until(),
            course.tries(),
            course.confirms() + 1,
            course.at()));
  }

  private Verification with(Course next) {
    return new Verification(pg, tid, merchant, order, phone, effect, keys, next);
  }
}
