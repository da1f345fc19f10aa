package dev.naru.connector.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a shop asks for beyond the order itself, and only some PGs read. What it did not ask for is
 * null, empty or no. {@link V1Parameters} reads it out of V1's parameters.
 *
 * <p>Payments and schedules keep it in their documents: a component may be added, and what one
 * means must not change.
 *
 * @param noReceipt no cash receipt is to be issued by the PG
 * @param bypass what is handed on to one PG unchanged, by its place in V1's {@code bypass} with
 *     dots between the steps: {@code kakaopay.custom_message}; or by the name of a parameter that
 *     V1 has beside it for one PG
 */
@JsonInclude(Include.NON_DEFAULT)
public record Wishes(
    Account account,
    Cards cards,
    Goods goods,
    ScreenWishes screen,
    Names names,
    boolean noReceipt,
    Map<String, String> bypass) {

  private static final Wishes NONE =
      new Wishes(
          Account.NONE, Cards.NONE, Goods.NONE, ScreenWishes.NONE, Names.NONE, false, Map.of());

  /**
   * Of a virtual account.
   *
   * @param due until when the deposit is taken
   * @param fixed the number of an account that serves one order after the other
   * @param unlimited a fixed account that takes any number of deposits of any amount; such an order
   *     is of zero
   */
  @JsonInclude(Include.NON_DEFAULT)
  public record Account(@Nullable Instant due, @Nullable String fixed, boolean unlimited) {

    static final Account NONE = new Account(null, null, false);
  }

  /**
   * Of cards.
   *
   * @param company the card company whose page the window opens at once, by V1's code
   * @param choices which companies the window offers; empty for the PG's own choice
   * @param quotas the months of instalment that it offers; empty for a lump sum only, null for the
   *     PG's own choice
   * @param inApp in the card company's app only
   * @param points the company's points may pay
   * @param interestFree the shop pays the interest of instalments
   */
  @JsonInclude(Include.NON_DEFAULT)
  public record Cards(
      @Nullable String company,
      List<Choice> choices,
      @JsonInclude(Include.NON_NULL) @Nullable List<Integer> quotas,
      boolean inApp,
      boolean points,
      boolean interestFree) {

    static final Cards NONE = new Cards(null, List.of(), null, false, false, false);

    public Cards {
      choices = choices == null ? List.of() : List.copyOf(choices);
      quotas = quotas == null ? null : List.copyOf(quotas);
    }

    /** The months with this between them; null for the PG's own choice. */
    public @Nullable String quotas(String between) {
      return quotas == null
          ? null
          : quotas.stream().map(String::valueOf).collect(Collectors.joining(between));
    }

    /** The same with the interest paid by the shop, or by the buyer. */
    public Cards with(boolean paidByShop) {
      return new Cards(company, choices, quotas, inApp, points, paidByShop);
    }
  }

  /**
   * A card company that a window offers, or does not.
   *
   * @param company V1's code, {@code *} for all that are not named
   */
  public record Choice(String company, boolean offered) {}

  /**
   * Of what is sold.
   *
   * @param digital nothing is sent to the buyer
   * @param products the goods one by one: JSON, a list as the shop wrote it
   * @param naverProducts the same as Naver Pay wants it, which is another list
   * @param period when it is used
   */
  @JsonInclude(Include.NON_DEFAULT)
  public record Goods(
      boolean digital,
      @Nullable String products,
      @Nullable String naverProducts,
      @Nullable Period period) {

    static final Goods NONE = new Goods(false, null, null, null);
  }

  /** From when to when something is used, as the shop wrote it. */
  public record Period(String from, String to) {}

  /**
   * How shop and buyer are called where a PG has a way of its own.
   *
   * @param shop the shop's name in the window
   * @param shopInEnglish the same in Latin letters
   */
  @JsonInclude(Include.NON_DEFAULT)
  public record Names(
      @Nullable String shop,
      @Nullable String shopInEnglish,
      @Nullable String buyerFirst,
      @Nullable String buyerLast) {

    static final Names NONE = new Names(null, null, null, null);
  }

  /** A document leaves out groups in which nothing is asked for. */
  public Wishes {
    account = account == null ? Account.NONE : account;
    cards = cards == null ? Cards.NONE : cards;
    goods = goods == null ? Goods.NONE : goods;
    screen = screen == null ? ScreenWishes.NONE : screen;
    names = names == null ? Names.NONE : names;
    bypass = bypass == null ? Map.of() : Map.copyOf(bypass);
  }

  public static Wishes none() {
    return NONE;
  }

  public Wishes with(Account other) {
    return new Wishes(other, cards, goods, screen, names, noReceipt, bypass);
  }

  public Wishes with(Cards other) {
    return new Wishes(account, other, goods, screen, names, noReceipt, bypass);
  }

  public Wishes with(Goods other) {
    return new Wishes(account, cards, other, screen, names, noReceipt, bypass);
  }

  /** The same with what is handed on unchanged. */
  public Wishes passing(Map<String, String> other) {
    return new Wishes(account, cards, goods, screen, names, noReceipt, other);
  }

  public Wishes withoutReceipt() {
    return new Wishes(account, cards, goods, screen, names, true, bypass);
  }

  /** What of {@code bypass} stands there, null if the shop did not send it. */
  public @Nullable String bypass(String place) {
    return bypass.get(place);
  }

  /** Null if there is nothing personal in it. */
  public @Nullable PersonalWishes personal() {
    return names.equals(Names.NONE) && bypass.isEmpty() ? null : new PersonalWishes(names, bypass);
  }

  /** The same with this of what is personal; null takes it away. */
  public Wishes with(@Nullable PersonalWishes other) {
    return other == null
        ? new Wishes(account, cards, goods, screen, Names.NONE, noReceipt, Map.of())
        : new Wishes(account, cards, goods, screen, other.names(), noReceipt, other.bypass());
  }

  /** What a document keeps of it: null if nothing is asked for. */
  public @Nullable Wishes orNull() {
    return equals(NONE) ? null : this;
  }
}
