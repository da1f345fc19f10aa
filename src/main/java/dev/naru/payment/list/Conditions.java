package dev.naru.payment.list;

import dev.naru.payment.list.PaymentFilter.Amounts;
import dev.naru.payment.list.PaymentFilter.Basis;
import dev.naru.payment.list.PaymentFilter.Kind;
import dev.naru.payment.list.PaymentFilter.Mode;
import dev.naru.payment.list.PaymentFilter.Status;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a payment must be to stand in a list, as far as no index knows it: SQL of {@code payment p}
 * and its arguments. Only constants of our own make it into the text.
 */
final class Conditions {

  /** A method of a filter that means all but these. */
  static final String OTHER = "other";

  static final Set<String> METHODS =
      Set.of(
          "card",
          "trans",
          "vbank",
          "phone",
          "culturegift",
          "cultureland",
          "smartculture",
          "booknlife",
          "point");

  /** How many of its smallest unit make one of a currency. */
  private static final String UNITS =
      "(case when p.currency = any(:whole) then 1 when p.currency = any(:thousands) then 1000"
          + " else 100 end)";

  private static final String METHOD =
      "coalesce(p.doc #>> '{approval,method}', p.doc ->> 'method')";

  private final List<String> all = new ArrayList<>();
  private final Map<String, Object> arguments = new HashMap<>();

  private Conditions() {}

  static Conditions of(PaymentFilter filter, @Nullable Sought search) {
    Conditions conditions = new Conditions();
    conditions.statuses(filter.statuses(), search != null && search.isByTerms());
    conditions.methods(filter.methods());
    conditions.rest(filter);
    conditions.modes(filter);
    if (search != null && search.isByTerms()) {
      conditions.span(filter);
    } else if (search != null) {
      conditions.walked(search);
    }
    return conditions;
  }

  boolean isNone() {
    return all.isEmpty();
  }

  String sql() {
    return all.isEmpty() ? "true" : String.join("\n and ", all);
  }

  Map<String, Object> arguments() {
    return arguments;
  }

  private void statuses(Set<Status> statuses, boolean byTerms) {
    Set<Status> exact = EnumSet.noneOf(Status.class);
    exact.addAll(statuses);
    boolean wholly =
        exact.contains(Status.CANCELLED_FULL) == exact.contains(Status.CANCELLED_PARTIAL)
            && (!exact.contains(Status.PENDING) || exact.contains(Status.READY));
    if (!exact.isEmpty() && (byTerms || !wholly)) {
      all.add(exact.stream().map(Conditions::is).collect(Collectors.joining(" or ", "(", ")")));
    }
  }

  private static String is(Status status) {
    return switch (status) {
      case PAID -> "p.status = 'paid'";
      case READY -> "p.status = 'ready'";
      case FAILED -> "p.status = 'failed'";
      case CANCELLED_FULL -> "p.status = 'cancelled' and p.canceled = p.amount";
      case CANCELLED_PARTIAL -> "p.status = 'cancelled' and p.canceled < p.amount";
      case PENDING ->
          "p.status = 'ready' and exists (select 1 from attempt a"
              + " where a.merchant_id = p.merchant_id and a.imp_uid = p.imp_uid"
              + " and a.state = 'pending')";
    };
  }

  private void methods(Set<String> methods) {
    if (methods.isEmpty()) {
      return;
    }
    arguments.put("methods", methods.toArray(String[]::new));
    String known = METHOD + " = any(:methods)";
    if (methods.contains(OTHER)) {
      arguments.put("known", METHODS.toArray(String[]::new));
      all.add("(" + known + " or not " + METHOD + " = any(:known))");
    } else {
      all.add(known);
    }
  }

  private void rest(PaymentFilter filter) {
    if (!filter.pgs().isEmpty()) {
      add("p.doc ->> 'provider' = any(:pgs)", "pgs", filter.pgs().toArray(String[]::new));
    }
    if (filter.channel() != null) {
      add("p.channel_key = :channel", "channel", filter.channel());
    }
    if (!filter.amount().equals(Amounts.ANY)) {
      arguments.put("whole", currencies(0));
      arguments.put("thousands", currencies(3));
    }
    if (filter.amount().least() != null) {
      add("p.amount >= :least * " + UNITS, "least", filter.amount().least());
    }
    if (filter.amount().most() != null) {
      add("p.amount <= :most * " + UNITS, "most", filter.amount().most());
    }
    if (filter.kinds().size() == 1) {
      boolean billing = filter.kinds().contains(Kind.BILLING);
      all.add("p.customer_uid is " + (billing ? "not null" : "null"));
    }
  }

  private static String[] currencies(int digits) {
    return Currency.getAvailableCurrencies().stream()
        .filter(currency -> currency.getDefaultFractionDigits() == digits)
        .map(Currency::getCurrencyCode)
        .toArray(String[]::new);
  }

  private void modes(PaymentFilter filter) {
    if (filter.modes().size() == 1) {
      boolean test = filter.modes().contains(Mode.TEST);
      all.add("(p.doc ->> 'sandbox')::boolean = " + test);
    }
  }

  /** The index of terms is sorted by when payments began. */
  private void span(PaymentFilter filter) {
    String time = filter.span().basis() == Basis.STATUS ? "p.status_at" : "p.started_at";
    all.add(time + " >= :from and " + time + " < :to");
  }

  private void walked(Sought search) {
    String text = search.text();
    switch (search.field()) {
      case MID -> add("starts_with(p.doc ->> 'mid', :text)", "text", text);
      case ENVIRONMENT -> add("lower(p.doc #>> '{origin,channel}') = lower(:text)", "text", text);
      case DEVICE ->
          add("starts_with(lower(p.doc #>> '{origin,userAgent}'), lower(:text))", "text", text);
      case BANK -> add("starts_with(p.doc #>> '{approval,bankCode}', :text)", "text", text);
      case CARD_COMPANY ->
          add(
              "(starts_with(p.doc #>> '{approval,card,name}', :text)"
                  + " or starts_with(p.doc #>> '{approval,card,issuerName}', :text))",
              "text",
              text);
      case QUOTA -> add("p.doc #>> '{approval,quota}' = :text", "text", text);
      default -> throw new IllegalStateException(search.field() + " is found by terms");
    }
  }

  private void add(String condition, String name, Object value) {
    all.add(condition);
    arguments.put(name, value);
  }
}
