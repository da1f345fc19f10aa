package dev.naru.console.home;

import dev.naru.kernel.HubClock;
import dev.naru.kernel.Ids;
import dev.naru.payment.list.PaymentNews;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who listens, and what they have been told. To be used by one thread at a time. */
final class Listeners {

  /** How many may listen on one node, and of one session. Beyond that the oldest has to go. */
  private static final int MOST = 200;

  private static final int MOST_OF_SESSION = 5;

  /** An event may be committed so much later than a younger one. */
  private static final Duration LATE = Duration.ofSeconds(20);

  private static final int PAGE = 1_000;

  private final PaymentNews news;
  private final HubClock clock;
  private final List<Listener> all = new ArrayList<>();
  private final Set<Long> told = new HashSet<>();

  Listeners(PaymentNews news, HubClock clock) {
    this.news = news;
    this.clock = clock;
  }

  void add(Listener listener) {
    List<Listener> its =
        all.stream().filter(one -> one.session().equals(listener.session())).toList();
    if (its.size() >= MOST_OF_SESSION) {
      leaves(its.getFirst());
    } else if (all.size() >= MOST) {
      leaves(all.getFirst());
    }
    all.add(listener);
  }

  private void leaves(Listener oldest) {
    remove(oldest);
    oldest.end(Listener.OVER);
  }

  void remove(Listener listener) {
    all.remove(listener);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  void end() {
    all.forEach(listener -> listener.end(Listener.END));
  }

  /**
   * Tells everybody what has not been told yet.
   *
   * @param more of these it is only noted
   */
  void look(Set<Long> more) {
    Set<Long> merchants = new HashSet<>(more);
    all.forEach(listener -> merchants.addAll(listener.merchants()));
    long after = Ids.firstRowAt(clock.instant().minus(LATE));
    told.removeIf(event -> event <= after);
    for (PaymentNews.News one : news.since(merchants, after, PAGE)) {
      if (told.add(one.eventId())) {
        String frame = "event: payment\ndata: " + one.impUid() + "\n\n";
        all.stream()
            .filter(listener -> listener.merchants().contains(one.merchantId()))
            .forEach(listener -> listener.offer(frame));
      }
    }
  }
}
