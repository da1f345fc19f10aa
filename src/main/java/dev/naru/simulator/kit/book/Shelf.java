package dev.naru.simulator.kit.book;

import dev.naru.simulator.kit.facts.Digests;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A book whose lines are found by names, and stay on disk. Names are made of parts, such as a kind
 * and an id; lines that share the first parts are read in the order of the rest.
 */
public final class Shelf<L> implements Closeable {

  /** Stands behind each part of a name, and in none of them. */
  static final char BETWEEN = '\t';

  private static final System.Logger LOG = System.getLogger(Shelf.class.getName());
  private static final int LONGEST = 40;
  private static final int POSITION_DIGITS = 12;
  private static final long MANY = 16 << 20;

  /** Gives a line its names; the same line may come twice. */
  @FunctionalInterface
  public interface Filer<L> {
    void file(Shelf<L> shelf, long position, L line);
  }

  private final Index index;
  private final String name;
  private final Class<L> line;
  private final Book<L> book;
  private final Filer<L> filer;
  private volatile long filed;

  private Shelf(Index index, String name, Class<L> line, Book<L> book, Filer<L> filer) {
    this.index = index;
    this.name = name;
    this.line = line;
    this.book = book;
    this.filer = filer;
  }

  /** Opens {@code {name}.jsonl} and reads what the index does not know of it yet. */
  public static <L> Shelf<L> open(Index index, String name, Class<L> line, Filer<L> filer) {
    Book<L> book = Book.open(index.directory().resolve(name + ".jsonl"), line);
    Shelf<L> shelf = new Shelf<>(index, name, line, book, filer);
    shelf.filed = index.known(name, book);
    index.add(shelf);
    shelf.readOn();
    return shelf;
  }

  private void readOn() {
    long unread = book.end() - filed;
    if (unread > MANY) {
      LOG.log(System.Logger.Level.INFO, "reading {0} MB of the book of {1}", unread >> 20, name);
    }
    book.read(
        filed,
        (position, bytes, one) -> {
          file(position, bytes, one);
          index.breathe();
        });
  }

  private void file(long position, int bytes, L one) {
    filer.file(this, position, one);
    filed = position + bytes;
  }

  /** Written first, known afterwards. */
  public void save(List<L> entries) {
    book.append(
        index::requireSame,
        (position, bytes, one) -> {
          index.keep(name, position, bytes, one);
          file(position, bytes, one);
        },
        entries);
    index.breathe();
  }

  /** Takes all lines away. */
  void empty() {
    book.empty(
        () -> {
          index.emptied(name);
          filed = 0;
        });
  }

  String name() {
    return name;
  }

  Book<L> book() {
    return book;
  }

  /** All lines before this byte have their names. */
  long filed() {
    return filed;
  }

  /** Gives the line at a place another name. */
  public void put(long position, String... parts) {
    index.put(full(parts), position);
  }

  /** Takes a name away. */
  public void remove(String... parts) {
    index.remove(full(parts));
  }

  /** Where the line of a name begins. */
  public @Nullable Long place(String... parts) {
    return index.place(full(parts));
  }

  /** The line of a name. */
  public Optional<L> find(String... parts) {
    return Optional.ofNullable(place(parts)).map(this::at);
  }

  /** Those whose names begin with these parts, read as they are asked for. */
  public Stream<L> under(boolean forward, String... parts) {
    return places(forward, parts).map(this::at);
  }

  /** Where those begin whose names begin with these parts. */
  public Stream<Long> places(boolean forward, String... parts) {
    String prefix = full(parts);
    return Stream.iterate(
            index.page(prefix, forward, null),
            page -> !page.isEmpty(),
            page -> index.page(prefix, forward, page.getLast().getKey()))
        .flatMap(List::stream)
        .map(Map.Entry::getValue);
  }

  /** The line that begins there. */
  L at(long position) {
    Object kept = index.line(name, position);
    if (kept != null) {
      return line.cast(kept);
    }
    Book.Found<L> found = book.find(position);
    index.keep(name, position, found.bytes(), found.line());
    return found.line();
  }

  /** A part of a name that sorts by position. */
  public static String digits(long position) {
    return HexFormat.of().toHexDigits(position, POSITION_DIGITS);
  }

  private String full(String... parts) {
    StringBuilder full = new StringBuilder(name).append(BETWEEN);
    for (String part : parts) {
      full.append(part(part)).append(BETWEEN);
    }
    return full.toString();
  }

  /** What is long, or would be taken for two parts, goes by its hash. */
  private static String part(String part) {
    boolean plain = part.length() <= LONGEST && part.chars().noneMatch(c -> c < ' ');
    return plain ? part : "#" + Digests.sha256(part).substring(0, 24);
  }

  @Override
  public void close() {
    index.done(this);
    try {
      book.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
