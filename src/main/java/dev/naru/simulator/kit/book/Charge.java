package dev.naru.simulator.kit.book;

import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a PG knows about one payment. A change makes a new record, and the book keeps each of them
 * whole.
 *
 * @param id what the payment is known by before approval (payment key, auth token), never changes
 * @param tid the PG's transaction id
 */
public record Charge(String id, String tid, Order order, Means means, Course course) {

  /** Of an order: that the PG looks at what was approved for a while, and how that ends. */
  public static final String REVIEW = "review";

  /** Of an order: the recurring key that its payment made. */
  public static final String SID = "sid";

  /** Of an order: whose balance it is paid from. */
  public static final String OWNER = "owner";

  /** Of an order, a {@link #REVIEW} that the payment does not pass. */
  public static final String DENIED = "DENIED";

  private static final Refusal REVIEWED_AND_DENIED =
      new Refusal(422, "PENDING_REVIEW", "The payment did not pass the review.");

  /** One that has yet to be approved. */
  public static Charge begun(String id, String tid, Order order, Means means, Instant now) {
    return new Charge(id, tid, order, means, Course.of(Status.AUTHENTICATED, now));
  }

  /** One that has one id all along. */
  public static Charge begun(String tid, Order order, Means means, Instant now) {
    return begun(tid, tid, order, means, now);
  }

  /** By what the buyer pays. */
  public enum Method {
    CARD,
    TRANSFER,
    VBANK,
    PHONE
  }

  /** How far a payment got. */
  public enum Status {
    /** The buyer is through the window; nothing is charged yet. */
    AUTHENTICATED,
    /** The first approval request was swallowed; the next one is served. */
    SILENCED,
    /** Will be approved when its time comes, unless somebody blocks it. */
    PENDING,
    /** A virtual account without its deposit. */
    WAITING,
    PAID,
    PARTLY_CANCELLED,
    CANCELLED,
    DECLINED,
    /** Net-cancelled, or expired, before anything was charged. */
    BLOCKED,
    /** Not a charge: the approval issued a billing key. */
    KEY_ISSUED
  }

  /** The merchant's side. An empty merchant: not known before the approval names it. */
  public record Order(
      String merchant, String id, long amount, String name, Map<String, String> more) {

    /** What its PG keeps of it beside; empty when it does not. */
    public String more(String name) {
      return more.getOrDefault(name, "");
    }

    /** The same, of which this is known beside. */
    public Order with(Map<String, String> facts) {
      Map<String, String> all = new HashMap<>(more);
      all.putAll(facts);
      return new Order(merchant, id, amount, name, all);
    }

    /** The same of this merchant. */
    public Order of(String whose) {
      return new Order(whose, id, amount, name, more);
    }
  }

  /** How it is paid, and what that makes the simulator do. */
  public record Means(
      Method method,
      Effect effect,
      Cards.@Nullable Face card,
      @Nullable Account account,
      @Nullable String key) {

    /** By this card, in so many months. */
    public static Means card(String number, int months) {
      return new Means(Method.CARD, Cards.effect(number), Cards.face(number, months), null, null);
    }

    /** The same, into this account. */
    public Means withAccount(Account account) {
      return new Means(method, effect, card, account, key);
    }

    /** The same, by this card. */
    public Means with(Cards.@Nullable Face other) {
      return new Means(method, effect, other, account, key);
    }

    /** By a billing key. */
    public Means paidBy(String key, int months) {
      Cards.Face face = card == null ? null : card.in(months);
      return new Means(method, effect, face, account, key);
    }
  }

  /** A virtual account. */
  public record Account(String bank, String number, String holder, Instant due, String depositor) {

    /** The same, which ends then. */
    public Account until(Instant due) {
      return new Account(bank, number, holder, due, depositor);
    }

    /** The same, and who has paid into it. */
    public Account paidBy(String depositor) {
      return new Account(bank, number, holder, due, depositor);
    }
  }

  /**
   * How far it got.
   *
   * @param at when it was paid; for a pending one, when it will be
   * @param refusal why it was declined
   */
  public record Course(
      Status status,
      Instant opened,
      @Nullable Instant at,
      @Nullable Refusal refusal,
      List<Cancel> cancels) {

    public Course {
      cancels = List.copyOf(cancels);
    }

    /** As it begins. */
    public static Course of(Status status, Instant now) {
      return new Course(status, now, null, null, List.of());
    }

    /** The same, paid then. */
    public Course paidAt(Instant now) {
      return new Course(status, opened, now, refusal, cancels);
    }
  }

  /** The PG's own way of saying no. */
  public record Refusal(int status, String code, String text) {}

  /** How far a cancel got. */
  public enum Stage {
    DONE,
    /** Will happen when its time comes. */
    PENDING,
    /** The request was swallowed: it never happened. */
    SILENCED,
    /** The PG looks at it, and says so: it will happen when its time comes. */
    REVIEWED,
    /** The PG looks at it, and says so: it will fail when its time comes. */
    DOOMED,
    FAILED
  }

  /**
   * A cancel, however far it got.
   *
   * @param at when it happened; for a pending one, when it will
   * @param replay which idempotent request it answers, or empty
   */
  public record Cancel(
      String id, long amount, String reason, Instant at, Stage stage, String replay) {

    /** The same, that far. */
    public Cancel as(Stage stage, Instant at) {
      return new Cancel(id, amount, reason, at, stage, replay);
    }

    /** Its time has yet to come. */
    public boolean isOpen() {
      return stage == Stage.PENDING || stage == Stage.REVIEWED || stage == Stage.DOOMED;
    }

    /** What becomes of it when its time comes. */
    public Cancel landed(Instant now) {
      return as(stage == Stage.DOOMED ? Stage.FAILED : Stage.DONE, now);
    }
  }

  /** How far it got. */
  public Status status() {
    return course.status();
  }

  /** Money moved, or an account was issued for it. */
  public boolean charged() {
    return switch (status()) {
      case WAITING, PAID, PARTLY_CANCELLED, CANCELLED -> true;
      case AUTHENTICATED, SILENCED, PENDING, DECLINED, BLOCKED, KEY_ISSUED -> false;
    };
  }

  /** Money moved. */
  public boolean paid() {
    return charged() && course.at() != null;
  }

  /** What has not been given back. */
  public long balance() {
    long cancelled = cancels().stream().mapToLong(Cancel::amount).sum();
    return charged() ? order.amount() - cancelled : 0;
  }

  /** Those that happened. */
  public List<Cancel> cancels() {
    return course.cancels().stream().filter(c -> c.stage() == Stage.DONE).toList();
  }

  /** Whether one of its cancels is that far. */
  public boolean cancelIs(Stage stage) {
    return course.cancels().stream().anyMatch(c -> c.stage() == stage);
  }

  /** It waits for its approval, or for another request after one that was swallowed. */
  public boolean isApprovable() {
    return status() == Status.AUTHENTICATED || status() == Status.SILENCED;
  }

  /** The same, that far. */
  public Charge as(Status status, @Nullable Instant at) {
    return with(new Course(status, course.opened(), at, course.refusal(), course.cancels()));
  }

  /** Paid, or waiting for its deposit. */
  public Charge settled(Instant now) {
    return means.method() == Method.VBANK ? as(Status.WAITING, null) : as(Status.PAID, now);
  }

  /** It, or a cancel of it, goes on by itself when its time comes. */
  public boolean isOpen() {
    return status() == Status.PENDING || course.cancels().stream().anyMatch(Cancel::isOpen);
  }

  /** The PG has not made up its mind about what was approved, or once had not. */
  public boolean reviewed() {
    return !order.more(REVIEW).isEmpty();
  }

  /** It did not pass the review: not the same as a card that was declined at once. */
  public boolean denied() {
    return status() == Status.DECLINED && REVIEWED_AND_DENIED.equals(course.refusal());
  }

  /** What becomes of a pending one when its time comes. */
  public Charge landed(Instant now) {
    return order.more(REVIEW).equals(DENIED) ? declined(REVIEWED_AND_DENIED, now) : settled(now);
  }

  /** The same, to which the PG said no. */
  public Charge declined(Refusal refusal, Instant now) {
    return with(new Course(Status.DECLINED, course.opened(), now, refusal, course.cancels()));
  }

  /** Adds a cancel, or replaces the one with the same id. */
  public Charge with(Cancel cancel) {
    List<Cancel> cancels = new ArrayList<>(course.cancels());
    cancels.removeIf(c -> c.id().equals(cancel.id()));
    cancels.add(cancel);
    Charge next =
        with(new Course(status(), course.opened(), course.at(), course.refusal(), cancels));
    if (cancel.stage() != Stage.DONE) {
      return next;
    }
    return next.as(next.balance() == 0 ? Status.CANCELLED : Status.PARTLY_CANCELLED, course.at());
  }

  /** The same, on this course. */
  public Charge with(Course course) {
    return new Charge(id, tid, order, means, course);
  }

  /** The same, paid by this. */
  public Charge with(Means means) {
    return new Charge(id, tid, order, means, course);
  }

  /** The same, for this order. */
  public Charge with(Order order) {
    return new Charge(id, tid, order, means, course);
  }

  Charge withTid(String tid) {
    return new Charge(id, tid, order, means, course);
  }
}
