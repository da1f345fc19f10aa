package dev.naru.bench;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Vault;
import dev.naru.kernel.Wording;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Shards;
import dev.naru.merchant.Tiers;
import dev.naru.merchant.reach.PgDirectory;
import dev.naru.payment.Nudges;
import dev.naru.payment.Payment;
import dev.naru.payment.list.PaymentFilter;
import dev.naru.payment.list.PaymentFilter.Amounts;
import dev.naru.payment.list.PaymentFilter.Field;
import dev.naru.payment.list.PaymentFilter.Mode;
import dev.naru.payment.list.PaymentFilter.Search;
import dev.naru.payment.list.PaymentFilter.Status;
import dev.naru.payment.list.PaymentKey;
import dev.naru.payment.list.PaymentListing;
import dev.naru.payment.list.PaymentListing.Sort;
import dev.naru.payment.list.PaymentStatistics;
import dev.naru.payment.store.PaymentListStore;
import dev.naru.payment.store.PaymentStore;
import dev.naru.payment.story.Story;
import dev.naru.pg.Gateways;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.mockito.Mockito;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.type.filter.AssignableTypeFilter;

/** What the console reads, on a database that a hub works on: it has no address of its own yet. */
final class ListReads implements AutoCloseable {

  private static final int PAGE = 50;
  private static final Merchant SHOP = new Merchant(1, 0, "imp00000000", null, null, "bench");

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private final HubClock clock = new HubClock();

  ListReads(DataSource connections, Vault vault) throws ClassNotFoundException {
    context.registerBean(Shards.class, () -> Shards.on(connections));
    context.registerBean(Vault.class, () -> vault);
    context.registerBean(HubClock.class, () -> clock);
    context.registerBean(Ids.class, () -> new Ids(clock));
    context.registerBean(PgDirectory.class, () -> new PgDirectory(Gateways.ALL));
    // It has no sub-shops.
    context.registerBean(Tiers.class, () -> Mockito.mock(Tiers.class));
    context.register(Nudges.class, PaymentStore.class, PaymentListStore.class);
    for (String part :
        List.of(
            "webhook.DeliveryStore",
            "webhook.WebhookStory",
            "aftercare.AftercareStoryStore",
            "aftercare.AftercareStory")) {
      context.register(Class.forName("dev.naru." + part));
    }
    ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(context);
    // The hub has the loops.
    scanner.addExcludeFilter(new AssignableTypeFilter(SmartLifecycle.class));
    scanner.scan("dev.naru.payment.list", "dev.naru.payment.story");
    context.refresh();
  }

  private PaymentFilter.Draft filter() {
    return PaymentFilter.standard(clock.instant(), Mode.TEST).edit();
  }

  private boolean page(PaymentFilter filter, Instant at) {
    PaymentKey after = new PaymentKey(at, "");
    return !context
        .getBean(PaymentListing.class)
        .page(SHOP, filter, after, PAGE, Sort.NEWEST)
        .payments()
        .isEmpty();
  }

  boolean list(Instant at) {
    return page(filter().filter(), at);
  }

  boolean ofStatus(Instant at) {
    return page(filter().statuses(Set.of(Status.FAILED)).filter(), at);
  }

  /** Nothing is found, so that a page goes as far as it may. */
  boolean inVain(Instant at) {
    return !page(filter().amount(new Amounts(77_000_000L, null)).filter(), at);
  }

  boolean number(String merchantUid) {
    return found(new Search(Field.ALL, merchantUid));
  }

  /** The beginning of every card's number. */
  boolean card() {
    return found(new Search(Field.CARD, "123412"));
  }

  private boolean found(Search search) {
    return !context
        .getBean(PaymentListing.class)
        .page(SHOP, filter().search(search).filter(), null, PAGE, Sort.NEWEST)
        .payments()
        .isEmpty();
  }

  boolean totals() {
    return context.getBean(PaymentListing.class).totals(SHOP, filter().filter()).count() > 0;
  }

  boolean days() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), HubClock.SEOUL);
    LocalDate first = today.minusDays(PaymentStatistics.MOST_DAYS - 1L);
    return !context
        .getBean(PaymentStatistics.class)
        .days(SHOP, first, today, Mode.TEST)
        .currencies()
        .isEmpty();
  }

  boolean detail(String impUid) {
    Payment payment = context.getBean(PaymentStore.class).get(1, new ImpUid(impUid));
    Story story = context.getBean(Story.class);
    return !story.of(payment).isEmpty() && !story.summary(payment, Wording.KOREAN).isEmpty();
  }

  @Override
  public void close() {
    context.close();
  }
}
