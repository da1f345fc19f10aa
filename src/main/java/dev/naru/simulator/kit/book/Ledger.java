package dev.naru.simulator.kit.book;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One PG's state: what its book says. Nothing is known here that is not written there first, and
 * little of it is in memory.
 *
 * <p>A charge goes by its number: where its first line begins. So numbers tell the order of
 * opening, and lists by number are lists by age.
 */
public final class Ledger implements AutoCloseable {

  private final String pg;

  private final List<ReentrantLock> locks =
      IntStream.range(0, 1024).mapToObj(i -> new ReentrantLock()).toList();
  private final Shelf<Entry> shelf;
  private final Index index;

  public Ledger(String pg, Index index) {
    this.pg = pg;
    this.index = index;
    this.shelf = Shelf.open(index, pg, Entry.class, Ledger::file);
  }

  /** Whose it is. */
  public String pg() {
    return pg;
  }

  /** See {@link Index#begin}. */
  public void begin() {
    index.begin();
  }

  /** Written first, known afterwards. */
  public void save(Entry... entries) {
    shelf.save(List.of(entries));
  }

  /** Written first, known afterwards. */
  public Charge save(Charge charge) {
    save(new Entry.Charged(charge));
    return charge;
  }

  private static void file(Shelf<Entry> shelf, long position, Entry entry) {
    switch (entry) {
      case Entry.Charged(Charge charge) -> file(shelf, position, charge);
      case Entry.Key key -> {
        shelf.put(position, "key", key.id());
        shelf.put(position, "key-of", key.merchant(), key.customer(), key.id());
      }
      case Entry.Window window -> shelf.put(position, "window", window.id());
      case Entry.Ended ended -> shelf.put(position, "end", ended.window());
      case Entry.Replay replay -> shelf.put(position, "replay", replay.scope());
      case Entry.NoticeUrl notices -> shelf.put(position, "notices", notices.merchant());
      case Entry.Receipt receipt -> {
        shelf.put(position, "receipt", receipt.id());
        shelf.put(position, "receipt-of", receipt.merchant(), receipt.order(), receipt.id());
      }
      case Entry.Delivery delivery -> shelf.put(position, "delivery", delivery.tid());
      case Entry.Told told ->
          shelf.put(position, "told", told.tid(), told.operation(), told.about());
      case Entry.Registered one -> shelf.put(position, "register", one.kind(), one.id());
    }
  }

  private static void file(Shelf<Entry> shelf, long position, Charge charge) {
    Long known = shelf.place("charge", charge.id());
    long number = known == null ? position : known;
    String digits = Shelf.digits(number);
    shelf.put(position, "number", digits);
    shelf.put(number, "charge", charge.id());
    shelf.put(number, "tid", charge.tid());
    shelf.put(number, "order", charge.order().id(), digits);
    if (charge.means().account() != null) {
      shelf.put(number, "account", charge.means().account().number());
    }
    if (charge.means().key() != null) {
      shelf.put(number, "by-key", charge.means().key(), digits);
    }
    for (String group : List.of(Charge.SID, Charge.OWNER)) {
      if (!charge.order().more(group).isEmpty()) {
        shelf.put(number, group, charge.order().more(group), digits);
      }
    }
    if (charge.isOpen()) {
      shelf.put(number, "open", digits);
    } else {
      shelf.remove("open", digits);
    }
  }

  /** All that happens to an order happens under its lock; answers are sent outside it. */
  public <T> T locked(String order, Supplier<T> work) {
    ReentrantLock lock = locks.get(Math.floorMod(order.hashCode(), locks.size()));
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  public @Nullable Charge charge(String id) {
    return numbered(shelf.place("charge", id));
  }

  /** The same, if it is this merchant's. */
  public Optional<Charge> charge(String id, String merchant) {
    return Optional.ofNullable(charge(id)).filter(c -> c.order().merchant().equals(merchant));
  }

  public @Nullable Charge byTid(String tid) {
    return numbered(shelf.place("tid", tid));
  }

  public @Nullable Charge byAccount(String number) {
    return numbered(shelf.place("account", number));
  }

  private @Nullable Charge numbered(@Nullable Long number) {
    return number == null ? null : existing(number);
  }

  private Charge existing(long number) {
    return shelf
        .find("number", Shelf.digits(number))
        .map(Ledger::charge)
        .orElseThrow(() -> new IllegalStateException("indexed but unknown: " + number));
  }

  private static Charge charge(Entry entry) {
    return ((Entry.Charged) entry).charge();
  }

  /** The newest of an order that fits; a charge whose merchant is not known yet fits any. */
  public Optional<Charge> latest(String merchant, String order, Predicate<Charge> fits) {
    return numbers(false, "order", order)
        .filter(c -> c.order().merchant().isEmpty() || c.order().merchant().equals(merchant))
        .filter(fits)
        .findFirst();
  }

  /** Whether an order has such a charge. */
  public boolean has(String merchant, String order, Predicate<Charge> fits) {
    return latest(merchant, order, fits).isPresent();
  }

  /** Those of a merchant's order id, in the order they were opened. */
  public Stream<Charge> ofOrder(String order) {
    return numbers(true, "order", order);
  }

  /** Those that a billing key paid. */
  public Stream<Charge> byKey(String key) {
    return numbers(true, "by-key", key);
  }

  /**
   * Those of a group, such as a balance that they are paid from.
   *
   * @param group {@link Charge#SID} or {@link Charge#OWNER}
   */
  public Stream<Charge> ofGroup(String group, String id) {
    return numbers(true, group, id);
  }

  /** Those that will go on by themselves. */
  public Stream<Charge> open() {
    return numbers(true, "open");
  }

  private Stream<Charge> numbers(boolean forward, String... name) {
    return shelf.places(forward, name).map(this::existing);
  }

  /** In the order they were opened, read as they are asked for. */
  public Stream<Charge> all() {
    return shelf.under(true, "number").map(Ledger::charge);
  }

  /** The newest first. */
  public Stream<Charge> newest() {
    return shelf.under(false, "number").map(Ledger::charge);
  }

  /** By its id. */
  public Entry.@Nullable Key key(String id) {
    return one(Entry.Key.class, "key", id);
  }

  /** A key of this merchant that can be charged. */
  public Optional<Entry.Key> usable(String key, String merchant) {
    return Optional.ofNullable(key(key))
        .filter(k -> k.stage() == Entry.KeyStage.ACTIVE && k.merchant().equals(merchant));
  }

  /** A key by whom it was made for. */
  public Optional<Entry.Key> activeKey(String merchant, String customer) {
    return some(Entry.Key.class, "key-of", merchant, customer)
        .filter(k -> k.stage() == Entry.KeyStage.ACTIVE)
        .findFirst();
  }

  /** By its id. */
  public Entry.@Nullable Window window(String id) {
    return one(Entry.Window.class, "window", id);
  }

  /** Where a window sent its browser; null while it is open. */
  public Entry.@Nullable Next end(String window) {
    Entry.Ended ended = one(Entry.Ended.class, "end", window);
    return ended == null ? null : ended.next();
  }

  /** What was answered to the request with this key. */
  public Entry.@Nullable Replay replay(String scope) {
    return one(Entry.Replay.class, "replay", scope);
  }

  /** By its id. */
  public Entry.@Nullable Receipt receipt(String id) {
    return one(Entry.Receipt.class, "receipt", id);
  }

  /** In no order. */
  public Stream<Entry.Receipt> receipts() {
    return some(Entry.Receipt.class, "receipt");
  }

  /** Of a merchant's order id. */
  public Stream<Entry.Receipt> receipts(String merchant, String order) {
    return some(Entry.Receipt.class, "receipt-of", merchant, order);
  }

  /** Of a payment. */
  public Entry.@Nullable Delivery delivery(String tid) {
    return one(Entry.Delivery.class, "delivery", tid);
  }

  /** In no order. */
  public Stream<Entry.Delivery> deliveries() {
    return some(Entry.Delivery.class, "delivery");
  }

  /** The last that a merchant told about a payment by this operation. */
  public Entry.@Nullable Told told(String tid, String operation, String about) {
    return one(Entry.Told.class, "told", tid, operation, about);
  }

  /** In no order. */
  public Stream<Entry.Told> told() {
    return some(Entry.Told.class, "told");
  }

  /** About a payment. */
  public Stream<Entry.Told> told(String tid) {
    return some(Entry.Told.class, "told", tid);
  }

  /** By its kind and id. */
  public Entry.@Nullable Registered registered(String kind, String id) {
    return one(Entry.Registered.class, "register", kind, id);
  }

  /** Something of which there is one: made when it is first needed, and kept. */
  public Entry.Registered kept(String kind, Supplier<Map<String, String>> made) {
    return locked(
        kind,
        () -> {
          Entry.Registered known = registered(kind, "1");
          if (known != null) {
            return known;
          }
          Entry.Registered fresh = new Entry.Registered(kind, "1", made.get());
          save(fresh);
          return fresh;
        });
  }

  /** All of a kind. */
  public List<Entry.Registered> registered(String kind) {
    return some(Entry.Registered.class, "register", kind).toList();
  }

  public @Nullable String noticeUrl(String merchant) {
    Entry.NoticeUrl notices = one(Entry.NoticeUrl.class, "notices", merchant);
    return notices == null ? null : notices.url();
  }

  private <E extends Entry> @Nullable E one(Class<E> kind, String... name) {
    return shelf.find(name).map(kind::cast).orElse(null);
  }

  private <E extends Entry> Stream<E> some(Class<E> kind, String... name) {
    return shelf.under(true, name).map(kind::cast);
  }

  @Override
  public void close() {
    shelf.close();
  }
}
