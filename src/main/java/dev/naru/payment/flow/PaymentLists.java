package dev.naru.payment.flow;

import dev.naru.kernel.ImpUid;
import dev.naru.payment.Payment;
import dev.naru.payment.store.PaymentListStore;
import dev.naru.payment.store.PaymentStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads payments the ways V1 asks for them. Statuses are V1's four. */
@Component
public class PaymentLists {

  private final PaymentListStore store;
  private final PaymentStore payments;

  PaymentLists(PaymentListStore store, PaymentStore payments) {
    this.store = store;
    this.payments = payments;
  }

  /** By which time a list is sorted. */
  public enum By {
    STARTED,
    /** When it was paid. */
    PAID,
    UPDATED
  }

  /** A list's order; {@code -started}, the newest first, is V1's default. */
  public record Sorting(By by, boolean descending) {
    public static final Sorting NEWEST = new Sorting(By.STARTED, true);
  }

  /** One page; {@code number} counts from 1. */
  public record Page(int number, int size) {
    public long offset() {
      return (long) (number - 1) * size;
    }
  }

  /** A page's payments and how many there are in all. */
  public record Found(long total, List<Payment> payments) {}

  /** Which payments: of a status, or of all if null, in a span of time that depends on it. */
  public record Span(@Nullable String status, Instant from, Instant to) {}

  public Optional<Payment> find(long merchantId, String impUid) {
    return ImpUid.parse(impUid).flatMap(uid -> payments.find(merchantId, uid));
  }

  public Optional<Payment> first(
      long merchantId, String merchantUid, @Nullable String status, Sorting sorting) {
    return store.ofOrder(merchantId, merchantUid, status, sorting, new Page(1, 1)).stream()
        .findFirst();
  }

  public Found ofOrder(
      long merchantId, String merchantUid, @Nullable String status, Sorting sorting, Page page) {
    return new Found(
        store.countOfOrder(merchantId, merchantUid, status),
        store.ofOrder(merchantId, merchantUid, status, sorting, page));
  }

  public Found inSpan(long merchantId, Span span, Sorting sorting, Page page) {
    return new Found(
        store.countInSpan(merchantId, span), store.inSpan(merchantId, span, sorting, page));
  }

  /** Every payment by which a billing key was made or charged, newest first. */
  public Found ofCustomer(long merchantId, String customerUid, Page page) {
    return new Found(
        store.countOfCustomer(merchantId, customerUid),
        store.ofCustomer(merchantId, customerUid, page));
  }

  /** Those of the ids that exist; of payments that share a merchant_uid the newest. */
  public List<Payment> bulk(long merchantId, List<String> impUids, List<String> merchantUids) {
    return store.bulk(merchantId, impUids, merchantUids);
  }

  /** Which of these order ids, as PGs know them, are of this merchant's payments. */
  public Set<String> known(long merchantId, Collection<String> orderIds) {
    return orderIds.isEmpty() ? Set.of() : store.known(merchantId, orderIds);
  }
}
