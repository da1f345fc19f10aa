package dev.naru.payment.list;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which payments a list shows. Empty sets mean that everything is taken.
 *
 * @param span the time that counts, and from when to when
 * @param amount in the major unit, as shops write it
 * @param shop a sub-shop's tier code; {@link #REPRESENTATIVE} for the shop itself, null for all
 */
public record PaymentFilter(
    Span span,
    Set<Status> statuses,
    Set<String> methods,
    Set<String> pgs,
    @Nullable String channel,
    Amounts amount,
    Set<Kind> kinds,
    Set<Mode> modes,
    @Nullable String shop,
    @Nullable Search search) {

  /** As the shop of a filter: without its sub-shops. */
  public static final String REPRESENTATIVE = "-";

  public PaymentFilter {
    statuses = Set.copyOf(statuses);
    methods = Set.copyOf(methods);
    pgs = Set.copyOf(pgs);
    kinds = Set.copyOf(kinds);
    modes = Set.copyOf(modes);
  }

  /** The time that counts. */
  public enum Basis {
    /** When it got the status it has: when it was opened, paid, failed, last cancelled. */
    STATUS,
    /** When it was asked for. */
    REQUEST
  }

  /** Where a payment stands, as the list tells it. */
  public enum Status {
    PAID("paid"),
    READY("ready"),
    FAILED("failed"),
    CANCELLED_FULL("cancelled"),
    CANCELLED_PARTIAL("cancelled"),
    /** The PG decides later. */
    PENDING("ready");

    private final String stored;

    Status(String stored) {
      this.stored = stored;
    }

    /** V1's status, by which payments are found. */
    public String stored() {
      return stored;
    }
  }

  /** How it was paid. */
  public enum Kind {
    NORMAL,
    /** By a billing key, or to get one. */
    BILLING
  }

  /** Whether real money moved. */
  public enum Mode {
    LIVE,
    TEST
  }

  /** A span of time that a list is often asked for; it ends now, or with yesterday. */
  public enum Preset {
    TODAY,
    YESTERDAY,
    WEEK,
    MONTH,
    THREE_MONTHS,
    SIX_MONTHS
  }

  /**
   * @param preset by which it was chosen; null for exact times
   * @param to what comes then is no more of it
   */
  public record Span(Basis basis, @Nullable Preset preset, Instant from, Instant to) {}

  /** Both are included. */
  public record Amounts(@Nullable Long least, @Nullable Long most) {
    public static final Amounts ANY = new Amounts(null, null);
  }

  /** What is searched for, and where. */
  public record Search(Field field, String text) {}

  /** Where a text is searched for. All find what begins with it. */
  public enum Field {
    /** All that are found by their terms. */
    ALL,
    /** The buyer's name, telephone, e-mail, address and postcode, and what is bought. */
    ORDER,
    /** imp_uid and merchant_uid. */
    NUMBER,
    /** The card company's number, the PG's transaction, and those of cancels. */
    APPROVAL,
    /** The first six to eight digits of a card, or its last four. */
    CARD,
    /** What a virtual account is paid into. */
    ACCOUNT,
    /** Who owns the account, or paid into it. */
    DEPOSITOR,
    REASON,
    MID,
    /** PC, MOBILE or API. */
    ENVIRONMENT,
    /** What the buyer's browser says of itself. */
    DEVICE,
    BANK,
    CARD_COMPANY,
    /** Months of instalment. */
    QUOTA;

    /** It says little of a payment, so that payments are walked for it rather than found by it. */
    boolean isWalked() {
      return switch (this) {
        case MID, ENVIRONMENT, DEVICE, BANK, CARD_COMPANY, QUOTA -> true;
        default -> false;
      };
    }
  }

  /** What a new list shows: half a year, by status time. */
  public static PaymentFilter standard(Instant now, Mode... modes) {
    return new PaymentFilter(
        Spans.of(Basis.STATUS, Preset.SIX_MONTHS, now),
        Set.of(),
        Set.of(),
        Set.of(),
        null,
        Amounts.ANY,
        Set.of(),
        Set.copyOf(Arrays.asList(modes)),
        null,
        null);
  }

  /** What is read of a query, and what of it means nothing and is left out. */
  public record Read(PaymentFilter filter, List<String> ignored) {}

  /**
   * Reads a filter out of an address.
   *
   * @param query as it came; a name may come several times
   * @param standard what holds where the query says nothing
   */
  public static Read of(Map<String, List<String>> query, PaymentFilter standard, Instant now) {
    return new FilterQuery(query, standard, now).read();
  }

  /** What of an address makes this filter: {@code status=paid&status=failed}. */
  public String query() {
    return FilterQuery.written(this);
  }

  /** A filter that is changed in the making. */
  public Draft edit() {
    return new Draft(this);
  }

  /** What becomes a filter; what is not said stays as it was. */
  public static final class Draft {

    private Span span;
    private Set<Status> statuses;
    private Set<String> methods;
    private Set<String> pgs;
    private @Nullable String channel;
    private Amounts amount;
    private Set<Kind> kinds;
    private Set<Mode> modes;
    private @Nullable String shop;
    private @Nullable Search search;

    private Draft(PaymentFilter from) {
      span = from.span;
      statuses = from.statuses;
      methods = from.methods;
      pgs = from.pgs;
      channel = from.channel;
      amount = from.amount;
      kinds = from.kinds;
      modes = from.modes;
      shop = from.shop;
      search = from.search;
    }

    public Draft span(Span other) {
      span = other;
      return this;
    }

    public Draft statuses(Set<Status> other) {
      statuses = other;
      return this;
    }

    public Draft methods(Set<String> other) {
      methods = other;
      return this;
    }

    public Draft pgs(Set<String> other) {
      pgs = other;
      return this;
    }

    public Draft channel(@Nullable String other) {
      channel = other;
      return this;
    }

    public Draft amount(Amounts other) {
      amount = other;
      return this;
    }

    public Draft kinds(Set<Kind> other) {
      kinds = other;
      return this;
    }

    public Draft modes(Set<Mode> other) {
      modes = other;
      return this;
    }

    public Draft shop(@Nullable String other) {
      shop = other;
      return this;
    }

    public Draft search(@Nullable Search other) {
      search = other;
      return this;
    }

    public PaymentFilter filter() {
      return new PaymentFilter(
          span, statuses, methods, pgs, channel, amount, kinds, modes, shop, search);
    }
  }
}
