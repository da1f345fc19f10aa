package dev.naru.console.frame;

import dev.naru.account.Account;
import dev.naru.account.Action;
import dev.naru.account.entry.Session;
import dev.naru.attention.Attention;
import dev.naru.kernel.Failed;
import dev.naru.kernel.Wording;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.audit.Actor;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Who is signed in, and whose data they look at.
 *
 * @param home the shop or sub-shop of the account
 * @param subShops of a representative; empty for a sub-shop
 * @param closed its sub-shops that were closed: their records are read, and settled, as before
 * @param selected which of them pages are about: {@value #OWN}, {@value #ALL}, or a sub-shop's code
 * @param live whether real money moves
 * @param address where the request came from
 */
public record Viewer(
    Session session,
    Merchant home,
    List<Merchant> subShops,
    List<Merchant> closed,
    String selected,
    boolean korean,
    boolean live,
    String address) {

  public static final String OWN = "own";
  public static final String ALL = "all";

  public Viewer {
    subShops = List.copyOf(subShops);
    closed = List.copyOf(closed);
  }

  /** Of a shop none of whose sub-shops was closed. */
  public Viewer(
      Session session,
      Merchant home,
      List<Merchant> subShops,
      String selected,
      boolean korean,
      boolean live,
      String address) {
    this(session, home, subShops, List.of(), selected, korean, live, address);
  }

  public Account account() {
    return session.account();
  }

  /** Who changes something, for the use cases that write it down. */
  public Actor actor() {
    return account().actor(address);
  }

  /** Whether the account may do so. */
  public boolean may(Action action) {
    return account().may(action);
  }

  /** The same by the action's name, for templates. */
  public boolean may(String action) {
    return may(Action.valueOf(action));
  }

  public Locale locale() {
    return korean ? Locale.KOREAN : Locale.ENGLISH;
  }

  /** Puts refusals into this viewer's language. */
  public Wording words() {
    return Wording.of(korean);
  }

  /** The shops whose data a list shows now: never any that the account does not belong to. */
  public List<Merchant> shops() {
    return switch (selected) {
      case OWN -> List.of(home);
      case ALL -> knownShops();
      default -> List.of(shop());
    };
  }

  /**
   * Whose matters they see: those of the shops that are looked at, and for an owner or admin of a
   * representative the hub's own.
   */
  public List<Long> watched() {
    Stream<Long> shops = shops().stream().map(Merchant::id);
    return Stream.concat(shops, runsHub() ? Stream.of(Attention.HUB) : Stream.empty()).toList();
  }

  /** Whether what concerns the hub itself is theirs to see. */
  public boolean runsHub() {
    return home.parentId() == null && account().role().most() == 1;
  }

  /** The one shop that a page is about: the sub-shop that is selected, else the account's own. */
  public Merchant shop() {
    return subShops.stream()
        .filter(one -> selected.equals(one.tierCode()))
        .findFirst()
        .orElse(home);
  }

  /** All that may be done something new for: the account's own, and its open sub-shops. */
  public List<Merchant> everyShop() {
    return Stream.concat(Stream.of(home), subShops.stream()).toList();
  }

  /** Whether there is a choice: a sub-shop that was closed is chosen with all of them. */
  public boolean hasSubShops() {
    return !subShops.isEmpty() || !closed.isEmpty();
  }

  /**
   * Which shops pages are about once somebody asks for these. What names no shop of theirs is their
   * own.
   */
  String selected(String asked) {
    return selected(asked, subShops, closed);
  }

  static String selected(String asked, List<Merchant> subShops, List<Merchant> closed) {
    boolean known =
        (asked.equals(ALL) && !(subShops.isEmpty() && closed.isEmpty()))
            || subShops.stream().anyMatch(one -> asked.equals(one.tierCode()));
    return known ? asked : OWN;
  }

  /** All that the account sees, be they closed. */
  public List<Merchant> knownShops() {
    return Stream.concat(everyShop().stream(), closed.stream()).toList();
  }

  /**
   * A shop that a request names, be it closed.
   *
   * @throws Failed not found, unless the account sees it
   */
  public Merchant requireShop(long merchantId) {
    return knownShops().stream()
        .filter(one -> one.id() == merchantId)
        .findFirst()
        .orElseThrow(() -> Failed.notFound(Refusal.UNKNOWN_SHOP));
  }
}
