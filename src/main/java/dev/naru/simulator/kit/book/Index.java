package dev.naru.simulator.kit.book;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * Where things stand in all books: names and positions, on disk, a few megabytes of them in memory.
 *
 * <p>The books are the truth and this can be made from them. It is saved now and then, each time
 * with how far every book had been read before; the rest is read again at the next start. So a
 * killed simulator loses nothing, and what is saved may know more than it says, but never less.
 */
public final class Index implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Index.class.getName());
  private static final int UNSAVED = 4 << 20;
  private static final int PAGES_MEGABYTES = 8;
  private static final long LINES = 4 << 20;
  private static final long ROOM = 64 << 20;

  /** Space that is free is written again after so many milliseconds; 45 s would cost gigabytes. */
  private static final int RETENTION = 5_000;

  /** Per cent of what was saved that is still of use: below it, some is written anew. */
  private static final int LEAST_USE = 50;

  /** A line that was read or written lately. */
  private record Line(Object line, int bytes) {}

  private record Place(String book, long position) {}

  private final Path directory;
  private final MVStore store;
  private final MVMap<String, Long> places;
  private final MVMap<String, String> marks;
  private final List<Shelf<?>> shelves = new CopyOnWriteArrayList<>();
  private final ReentrantLock saving = new ReentrantLock();

  /** Which books those are that stand here: each time they are emptied, others. */
  private final AtomicInteger era = new AtomicInteger();

  /** With which books a thread's work began. */
  private final ThreadLocal<@Nullable Integer> begun = new ThreadLocal<>();

  /** A line never changes, so neither does what is kept of it. */
  private final Cache<Place, Line> lines =
      Caffeine.newBuilder()
          .maximumWeight(LINES)
          .weigher((Place place, Line line) -> line.bytes())
          .build();

  public Index(Path directory) {
    this.directory = directory;
    Path file = directory.resolve("index.mv");
    store = open(file);
    store.setVersionsToKeep(0);
    store.setRetentionTime(RETENTION);
    places =
        store.openMap(
            "places",
            new MVMap.Builder<String, Long>()
                .keyType(StringDataType.INSTANCE)
                .valueType(LongDataType.INSTANCE));
    marks =
        store.openMap(
            "marks",
            new MVMap.Builder<String, String>()
                .keyType(StringDataType.INSTANCE)
                .valueType(StringDataType.INSTANCE));
  }

  private static MVStore open(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try {
        return tryOpen(file);
      } catch (MVStoreException e) {
        if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
          throw new IOException(file + " is in use by another simulator", e);
        }
        LOG.log(
            System.Logger.Level.WARNING,
            "{0} cannot be read and is made anew from the books: {1}",
            file,
            e.getMessage());
        Files.delete(file);
        return tryOpen(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Saves by itself only when told to: see {@link #save}. */
  private static MVStore tryOpen(Path file) {
    return new MVStore.Builder()
        .fileName(file.toString())
        .cacheSize(PAGES_MEGABYTES)
        .autoCommitDisabled()
        .autoCommitBufferSize(0)
        .compress()
        .open();
  }

  /**
   * How far a book is known, in bytes; 0 if it is not, or if it is no longer the book that was
   * known.
   */
  long known(String book, Book<?> lines) {
    String mark = marks.get(book);
    if (mark != null) {
      long position = Long.parseLong(mark.substring(0, mark.indexOf(' ')));
      if (position <= lines.end() && mark.equals(mark(position, lines))) {
        return position;
      }
      LOG.log(System.Logger.Level.WARNING, "the book of {0} was changed: it is read anew", book);
    }
    forget(book);
    return 0;
  }

  private static String mark(long position, Book<?> lines) {
    return position + " " + lines.fingerprint(position);
  }

  private void forget(String book) {
    marks.remove(book);
    for (List<Map.Entry<String, Long>> page = page(under(book), true, null);
        !page.isEmpty();
        page = page(under(book), true, null)) {
      page.forEach(one -> places.remove(one.getKey()));
      breathe();
    }
  }

  private static String under(String book) {
    return book + Shelf.BETWEEN;
  }

  /** Where the books are, too. */
  Path directory() {
    return directory;
  }

  /** The work of this thread begins: if the books are emptied meanwhile, it writes nothing. */
  public void begin() {
    begun.set(era.get());
  }

  /**
   * Throws {@link IllegalStateException} if the books were emptied since this thread's work began.
   */
  void requireSame() {
    Integer mine = begun.get();
    if (mine != null && mine != era.get()) {
      throw new IllegalStateException("the books were emptied meanwhile");
    }
  }

  /** Empties all books. */
  public void empty() {
    era.incrementAndGet();
    shelves.forEach(Shelf::empty);
  }

  /** All lines of a book are gone, and what was known of them. */
  void emptied(String book) {
    marks.remove(book);
    for (List<Map.Entry<String, Long>> page = page(under(book), true, null);
        !page.isEmpty();
        page = page(under(book), true, null)) {
      page.forEach(one -> places.remove(one.getKey()));
    }
    lines.invalidateAll();
  }

  void add(Shelf<?> shelf) {
    shelves.add(shelf);
  }

  public @Nullable Long place(String name) {
    return places.get(name);
  }

  void put(String name, long position) {
    Long before = places.get(name);
    if (before == null || before != position) {
      places.put(name, position);
    }
  }

  void remove(String name) {
    places.remove(name);
  }

  /**
   * The next few names that begin so, with their places, in order.
   *
   * @param after the last one of the page before, null for the first page
   */
  List<Map.Entry<String, Long>> page(String prefix, boolean forward, @Nullable String after) {
    String first = forward ? prefix : prefix + Character.MAX_VALUE;
    Cursor<String, Long> cursor = places.cursor(after == null ? first : after, null, !forward);
    List<Map.Entry<String, Long>> page = new ArrayList<>();
    while (cursor.hasNext() && page.size() < 100) {
      String name = cursor.next();
      if (!name.startsWith(prefix)) {
        break;
      }
      if (!name.equals(after)) {
        page.add(Map.entry(name, cursor.getValue()));
      }
    }
    return page;
  }

  /** A line that was kept in memory. */
  public @Nullable Object line(String book, long position) {
    Line line = lines.getIfPresent(new Place(book, position));
    return line == null ? null : line.line();
  }

  void keep(String book, long position, int bytes, Object line) {
    lines.put(new Place(book, position), new Line(line, bytes));
  }

  /** Saves what has gathered if it is much. Not to be called while a book is locked. */
  void breathe() {
    int unsaved = store.getUnsavedMemory();
    if (unsaved < UNSAVED) {
      return;
    }
    if (unsaved > 2 * UNSAVED) {
      saving.lock();
    } else if (!saving.tryLock()) {
      return;
    }
    try {
      // A store that cannot be written closes itself: a full disk is left to the books to tell.
      if (store.getUnsavedMemory() >= UNSAVED && directory.toFile().getUsableSpace() > ROOM) {
        save();
      }
    } finally {
      saving.unlock();
    }
  }

  /** What has been read of each book is noted before its places are saved, never after. */
  private void save() {
    shelves.forEach(this::note);
    store.commit();
    store.compact(LEAST_USE, UNSAVED / 2);
  }

  /** Notes how far a book has been read. */
  private void note(Shelf<?> shelf) {
    String mark = mark(shelf.filed(), shelf.book());
    if (!mark.equals(marks.get(shelf.name()))) {
      marks.put(shelf.name(), mark);
    }
  }

  /** The book will be closed: no more is read of it. */
  void done(Shelf<?> shelf) {
    saving.lock();
    try {
      shelves.remove(shelf);
      note(shelf);
    } catch (MVStoreException e) {
      LOG.log(System.Logger.Level.WARNING, "{0} is read again next time: {1}", shelf.name(), e);
    } finally {
      saving.unlock();
    }
  }

  @Override
  public void close() {
    try {
      store.close();
    } catch (MVStoreException e) {
      LOG.log(System.Logger.Level.WARNING, "the index of the books was not saved", e);
    }
  }
}
