package dev.naru.merchant.reach;

import dev.naru.connector.http.WireLog;
import dev.naru.kernel.HubClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Which PGs answer, as this node sees it. What the hub does by itself with a PG that does not
 * answer is done by few at a time, so that it costs the others nothing; the first answer ends that.
 * New charges are never refused because of it: whether one reaches the PG is seen by trying.
 */
@Component
public class PgReach {

  /** So many exchanges without an answer, one after the other, and a PG counts as out of reach. */
  private static final int SILENT = 5;

  /** So many jobs at a time may find out whether it answers again. */
  private static final int PROBES = 4;

  private static final Logger LOG = LoggerFactory.getLogger(PgReach.class);

  private final List<String> providers;
  private final HubClock clock;
  private final ConcurrentMap<String, State> states = new ConcurrentHashMap<>();
  private final Set<String> heard = ConcurrentHashMap.newKeySet();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /**
   * What is known of a PG.
   *
   * @param unanswered exchanges without an answer since the last answer
   * @param since when it fell out of reach; null while it is within reach
   */
  public record State(int unanswered, @Nullable Instant since) {

    public boolean isOutOfReach() {
      return since != null;
    }
  }

  /**
   * Is told of a PG as long as it is out of reach, when it answers again, and when it first does.
   */
  @FunctionalInterface
  public interface Listener {
    void on(String provider, State state);
  }

  PgReach(PgDirectory pgs, HubClock clock) {
    this.clock = clock;
    providers =
        pgs.all().stream()
            .flatMap(pg -> Stream.of(pg.code(), pg.provider()))
            .distinct()
            .sorted()
            .toList();
  }

  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Every PG of this hub by V1's provider, those never called as within reach. */
  public Map<String, State> all() {
    Map<String, State> all = new TreeMap<>();
    providers.forEach(provider -> all.put(provider, of(provider)));
    return all;
  }

  /**
   * How many more jobs may call each PG; without those that may take none.
   *
   * @param places how many at a time a PG within reach may have
   * @param running by provider
   */
  public Map<String, Integer> free(int places, Map<String, Integer> running) {
    Map<String, Integer> free = new TreeMap<>();
    for (String provider : providers) {
      int most = of(provider).isOutOfReach() ? Math.min(PROBES, places) : places;
      int left = most - running.getOrDefault(provider, 0);
      if (left > 0) {
        free.put(provider, left);
      }
    }
    return free;
  }

  /** What is known of one. */
  public State of(String provider) {
    return states.getOrDefault(provider, new State(0, null));
  }

  /** What came of an exchange. */
  public void tell(String provider, WireLog.Entry exchange) {
    State before = of(provider);
    boolean answered = exchange.status() > 0;
    boolean first = answered && heard.add(provider);
    if (answered && before.unanswered() == 0) {
      if (first) {
        tell(provider, before);
      }
      return;
    }
    State after =
        states.compute(provider, (pg, known) -> next(known == null ? before : known, answered));
    if (after.isOutOfReach() && !before.isOutOfReach()) {
      LOG.warn("{} does not answer: it is asked less often until it does", provider);
    } else if (before.isOutOfReach() && !after.isOutOfReach()) {
      LOG.info("{} answers again", provider);
    }
    if (first || after.isOutOfReach() || before.isOutOfReach()) {
      tell(provider, after);
    }
  }

  private void tell(String provider, State state) {
    listeners.forEach(one -> one.on(provider, state));
  }

  private State next(State known, boolean answered) {
    if (answered) {
      return new State(0, null);
    }
    int unanswered = known.unanswered() + 1;
    boolean falls = unanswered >= SILENT && !known.isOutOfReach();
    return new State(unanswered, falls ? clock.instant() : known.since());
  }
}
