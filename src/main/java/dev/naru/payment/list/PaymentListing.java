package dev.naru.payment.list;

import dev.naru.merchant.Merchant;
import dev.naru.merchant.Tiers;
import dev.naru.payment.Payment;
import dev.naru.payment.Statuses;
import dev.naru.payment.list.ListingStore.Of;
import dev.naru.payment.list.ListingStore.Passed;
import dev.naru.payment.store.PaymentListStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The list of payments, as an operator reads it: pages by key, so that the last costs what the
 * first does. No page reads more than some hundreds of payments; one that is not full by then says
 * where it goes on.
 */
@Component
public class PaymentListing {

  /** How many payments a page passes at a time, where most may be none of it. */
  static final int STRIDE = 400;

  /** The same of those that have a term: each is among what begins alike. */
  static final int TERM_STRIDE = 100;

  private static final int STRIDES = 3;

  /** Over how many payments sums go, and over how many even of one of many shops. */
  private static final int COUNTED = 10_000;

  private static final int LEAST_COUNTED = 100;
  private static final int LARGEST = 500;

  private final ListingStore store;
  private final PaymentListStore payments;
  private final Terms terms;
  private final Tiers tiers;

  PaymentListing(ListingStore store, PaymentListStore payments, Terms terms, Tiers tiers) {
    this.store = store;
    this.payments = payments;
    this.terms = terms;
    this.tiers = tiers;
  }

  /** Which of the time that counts comes first. */
  public enum Sort {
    NEWEST,
    OLDEST
  }

  /**
   * A page of payments.
   *
   * @param next where the next page begins; null if there is none
   * @param searchGoesOn there may be more although the page is not full
   */
  public record Page(List<Payment> payments, @Nullable PaymentKey next, boolean searchGoesOn) {}

  /**
   * One page.
   *
   * @param after where the page before it ended; null for the first
   */
  public Page page(
      Merchant shop, PaymentFilter filter, @Nullable PaymentKey after, int size, Sort sort) {
    List<Long> merchants = merchants(shop, filter.shop());
    Sought sought = Sought.of(filter.search());
    if (merchants.isEmpty() || (sought != null && sought.isVoid())) {
      return new Page(List.of(), null, false);
    }
    int most = Math.clamp(size, 1, LARGEST);
    Walking walking = new Walking(filter, sought, of(merchants, sought), sort, most);
    if (after == null) {
      walking.byNumber(merchants);
    }
    return walking.page(after == null ? start(filter, sort) : after);
  }

  /** What the list comes to, as far as it is counted. */
  public PaymentTotals totals(Merchant shop, PaymentFilter filter) {
    List<Long> merchants = merchants(shop, filter.shop());
    Sought sought = Sought.of(filter.search());
    if (merchants.isEmpty() || (sought != null && sought.isVoid())) {
      return PaymentTotals.of(List.of(), false);
    }
    if (sought != null && sought.isByTerms()) {
      return found(shop, filter);
    }
    Walk walk = Walk.of(filter, sought, false);
    int each = Math.max(LEAST_COUNTED, COUNTED / walk.places(merchants.size()));
    return store.sums(walk.passing(each), Of.all(merchants), start(filter, Sort.NEWEST));
  }

  /** Of a search no more is added up than its largest page: only a look at each tells. */
  private PaymentTotals found(Merchant shop, PaymentFilter filter) {
    Page page = page(shop, filter, null, LARGEST, Sort.NEWEST);
    return PaymentTotals.of(
        page.payments().stream().map(PaymentListing::sum).toList(), page.next() != null);
  }

  private static PaymentTotals.Sum sum(Payment payment) {
    return new PaymentTotals.Sum(
        Statuses.of(payment),
        payment.canceled().compareTo(payment.amount()) < 0,
        payment.amount().currency().getCurrencyCode(),
        1,
        payment.amount().minor(),
        payment.canceled().minor());
  }

  /** Every payment of the list, one page in memory at a time. */
  public void each(Merchant shop, PaymentFilter filter, Sort sort, Consumer<Payment> consumer) {
    PaymentKey next = null;
    do {
      Page page = page(shop, filter, next, LARGEST, sort);
      page.payments().forEach(consumer);
      next = page.next();
    } while (next != null);
  }

  /** Those whose payments the list shows; none for a sub-shop that is not this shop's. */
  private List<Long> merchants(Merchant shop, @Nullable String which) {
    if (PaymentFilter.REPRESENTATIVE.equals(which) || (which == null && shop.parentId() != null)) {
      return List.of(shop.id());
    }
    Stream<Merchant> subs = tiers.everOf(shop).stream();
    return which == null
        ? Stream.concat(Stream.of(shop.id()), subs.map(Merchant::id)).toList()
        : subs.filter(sub -> which.equals(sub.tierCode())).map(Merchant::id).toList();
  }

  private Of of(List<Long> merchants, @Nullable Sought sought) {
    if (sought == null || !sought.isByTerms()) {
      return Of.all(merchants);
    }
    List<Long> whose = new ArrayList<>();
    List<Long> by = new ArrayList<>();
    for (long merchant : merchants) {
      for (long term : terms.of(merchant, sought)) {
        whose.add(merchant);
        by.add(term);
      }
    }
    return new Of(whose, by);
  }

  static PaymentKey start(PaymentFilter filter, Sort sort) {
    // What is sorted by when it began may have begun long before it got the status that counts.
    boolean byTerms = filter.search() != null && !filter.search().field().isWalked();
    if (sort == Sort.NEWEST) {
      return new PaymentKey(filter.span().to(), "");
    }
    return new PaymentKey(byTerms ? Instant.EPOCH : filter.span().from(), "");
  }

  /** One page in the making. */
  private final class Walking {

    private final Walk walk;
    private final @Nullable Sought sought;
    private final Of of;
    private final int size;

    /** By their ids, in the order in which they were passed. */
    private final Map<String, Payment> page = new LinkedHashMap<>();

    private boolean first;
    private @Nullable PaymentKey last;

    Walking(PaymentFilter filter, @Nullable Sought sought, Of of, Sort sort, int size) {
      this.walk = Walk.of(filter, sought, sort == Sort.OLDEST);
      this.sought = sought;
      this.of = of;
      this.size = size;
    }

    /** What was written a moment ago has no terms yet; by its whole number it is found at once. */
    void byNumber(List<Long> merchants) {
      if (sought != null && sought.values().containsKey(TermKind.MERCHANT_UID)) {
        List<Passed> found = store.byNumber(walk, merchants, sought.text());
        List<Passed> fitting = found.stream().filter(Passed::fits).toList();
        Map<String, Payment> loaded = loaded(fitting);
        fitting.forEach(
            one -> {
              Payment payment = loaded.get(one.key().impUid());
              if (payment != null) {
                page.put(one.key().impUid(), payment);
              }
            });
      }
      first = true;
    }

    Page page(PaymentKey start) {
      PaymentKey from = start;
      last = start;
      for (int stride = 0; stride < STRIDES; stride++) {
        Walk now = walk.passing(most(stride));
        List<Passed> passed = store.walk(now, of, from);
        if (take(passed)) {
          return new Page(List.copyOf(page.values()), last, false);
        }
        if (passed.size() < now.most()) {
          return new Page(List.copyOf(page.values()), null, false);
        }
        from = passed.getLast().key();
      }
      return new Page(List.copyOf(page.values()), from, true);
    }

    /** Mostly everything fits, so that the first time no more is passed than is shown. */
    private int most(int stride) {
      int most = walk.terms() ? TERM_STRIDE : STRIDE;
      return stride == 0 || !walk.mayPass() ? Math.max(size + 1, walk.terms() ? most : 0) : most;
    }

    /** Whether the page is full, and something is left. */
    private boolean take(List<Passed> passed) {
      Map<String, Payment> loaded = Map.of();
      List<Passed> fitting = passed.stream().filter(Passed::fits).distinct().toList();
      for (int i = 0; i < fitting.size(); i++) {
        if (page.size() >= size) {
          return true;
        }
        if (i % size == 0) {
          loaded = loaded(fitting.subList(i, Math.min(fitting.size(), i + size)));
        }
        Payment payment = loaded.get(fitting.get(i).key().impUid());
        last = fitting.get(i).key();
        if (payment != null && isNew(payment)) {
          page.put(payment.impUid().value(), payment);
        }
      }
      return false;
    }

    private boolean isNew(Payment payment) {
      if (sought == null || !sought.isByTerms()) {
        return true;
      }
      // Those stand on the first page.
      boolean shown = !first && sought.isNumberOf(payment);
      return !shown && sought.isIn(payment);
    }

    private Map<String, Payment> loaded(List<Passed> some) {
      Map<Long, List<String>> ids =
          some.stream()
              .collect(
                  Collectors.groupingBy(
                      Passed::merchantId,
                      Collectors.mapping(passed -> passed.key().impUid(), Collectors.toList())));
      Map<String, Payment> loaded = new LinkedHashMap<>();
      ids.forEach(
          (merchant, uids) ->
              payments
                  .bulk(merchant, uids, List.of())
                  .forEach(payment -> loaded.put(payment.impUid().value(), payment)));
      return loaded;
    }
  }
}
