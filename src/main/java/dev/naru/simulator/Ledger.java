package dev.naru.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One PG's state: what its book says, indexed. Nothing is known here that is not written there
 * first.
 */
final class Ledger implements AutoCloseable {

  final String pg;

  private final Map<String, Charge> charges = new ConcurrentHashMap<>();
  private final Map<String, String> idsByTid = new ConcurrentHashMap<>();
  private final Map<String, String> idsByAccount = new ConcurrentHashMap<>();
  private final Map<String, List<String>> idsByOrder = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> sequence = new ConcurrentLinkedQueue<>();
  private final Map<String, Entry.Key> keys = new ConcurrentHashMap<>();
  private final Map<String, Entry.Window> windows = new ConcurrentHashMap<>();
  private final Map<String, Entry.Next> ends = new ConcurrentHashMap<>();
  private final Map<String, Entry.Replay> replays = new ConcurrentHashMap<>();
  private final Map<String, String> noticeUrls = new ConcurrentHashMap<>();
  private final Map<String, Entry.Receipt> receipts = new ConcurrentHashMap<>();
  private final Map<String, Entry.Delivery> deliveries = new ConcurrentHashMap<>();
  private final Map<String, Entry.Told> told = new ConcurrentHashMap<>();
  private final Map<String, Entry.Registered> register = new ConcurrentHashMap<>();
  private final List<ReentrantLock> locks =
      IntStream.range(0, 1024).mapToObj(i -> new ReentrantLock()).toList();
  private final Book<Entry> book;

  Ledger(String pg, Path directory) {
    this.pg = pg;
    this.book = Book.open(directory.resolve(pg + ".jsonl"), Entry.class, this::apply);
  }

  /** Written first, known afterwards. */
  void save(Entry... entries) {
    book.append(entries);
    for (Entry entry : entries) {
      apply(entry);
    }
  }

  Charge save(Charge charge) {
    save(new Entry.Charged(charge));
    return charge;
  }

  private void apply(Entry entry) {
    switch (entry) {
      case Entry.Charged(Charge charge) -> index(charge);
      case Entry.Key key -> keys.put(key.id(), key);
      case Entry.Window window -> windows.put(window.id(), window);
      case Entry.Ended(String window, Entry.Next next) -> ends.put(window, next);
      case Entry.Replay replay -> replays.put(replay.scope(), replay);
      case Entry.NoticeUrl(String merchant, String url) -> noticeUrls.put(merchant, url);
      case Entry.Receipt receipt -> receipts.put(receipt.id(), receipt);
      case Entry.Delivery delivery -> deliveries.put(delivery.tid(), delivery);
      case Entry.Told one -> told.put(toldKey(one.tid(), one.operation(), one.about()), one);
      case Entry.Registered one -> register.put(one.kind() + "/" + one.id(), one);
    }
  }

  private void index(Charge charge) {
    boolean known = charges.put(charge.id(), charge) != null;
    idsByTid.put(charge.tid(), charge.id());
    Charge.Account account = charge.means().account();
    if (account != null) {
      idsByAccount.put(account.number(), charge.id());
    }
    if (!known) {
      sequence.add(charge.id());
      idsByOrder
          .computeIfAbsent(charge.order().id(), o -> new CopyOnWriteArrayList<>())
          .add(charge.id());
    }
  }

  /** All that happens to an order happens under its lock; answers are sent outside it. */
  <T> T locked(String order, Supplier<T> work) {
    ReentrantLock lock = locks.get(Math.floorMod(order.hashCode(), locks.size()));
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  @Nullable Charge charge(String id) {
    return charges.get(id);
  }

  @Nullable Charge byTid(String tid) {
    String id = idsByTid.get(tid);
    return id == null ? null : charges.get(id);
  }

  @Nullable Charge byAccount(String number) {
    String id = idsByAccount.get(number);
    return id == null ? null : charges.get(id);
  }

  /** The newest of an order that fits; a charge whose merchant is not known yet fits any. */
  Optional<Charge> latest(String merchant, String order, Predicate<Charge> fits) {
    return idsByOrder.getOrDefault(order, List.of()).reversed().stream()
        .map(this::existing)
        .filter(c -> c.order().merchant().isEmpty() || c.order().merchant().equals(merchant))
        .filter(fits)
        .findFirst();
  }

  /** In the order they were opened. */
  List<Charge> all() {
    return sequence.stream().map(this::existing).toList();
  }

  private Charge existing(String id) {
    Charge charge = charges.get(id);
    if (charge == null) {
      throw new IllegalStateException("indexed but unknown: " + id);
    }
    return charge;
  }

  Entry.@Nullable Key key(String id) {
    return keys.get(id);
  }

  /** A key by whom it was made for. */
  Optional<Entry.Key> activeKey(String merchant, String customer) {
    return keys.values().stream()
        .filter(k -> k.stage() == Entry.KeyStage.ACTIVE)
        .filter(k -> k.merchant().equals(merchant) && k.customer().equals(customer))
        .findFirst();
  }

  Entry.@Nullable Window window(String id) {
    return windows.get(id);
  }

  Entry.@Nullable Next end(String window) {
    return ends.get(window);
  }

  Entry.@Nullable Replay replay(String scope) {
    return replays.get(scope);
  }

  Entry.@Nullable Receipt receipt(String id) {
    return receipts.get(id);
  }

  /** By when they were issued. */
  List<Entry.Receipt> receipts() {
    return receipts.values().stream().sorted(Comparator.comparing(Entry.Receipt::at)).toList();
  }

  Entry.@Nullable Delivery delivery(String tid) {
    return deliveries.get(tid);
  }

  List<Entry.Delivery> deliveries() {
    return deliveries.values().stream().sorted(Comparator.comparing(Entry.Delivery::at)).toList();
  }

  /** The last that a merchant told about a payment by this operation. */
  Entry.@Nullable Told told(String tid, String operation, String about) {
    return told.get(toldKey(tid, operation, about));
  }

  List<Entry.Told> told() {
    return told.values().stream().sorted(Comparator.comparing(Entry.Told::at)).toList();
  }

  private static String toldKey(String tid, String operation, String about) {
    return tid + "/" + operation + "/" + about;
  }

  Entry.@Nullable Registered registered(String kind, String id) {
    return register.get(kind + "/" + id);
  }

  /** All of a kind. */
  List<Entry.Registered> registered(String kind) {
    return register.values().stream().filter(one -> one.kind().equals(kind)).toList();
  }

  @Nullable String noticeUrl(String merchant) {
    return noticeUrls.get(merchant);
  }

  @Override
  public void close() {
    try {
      book.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
