package dev.naru.simulator.kit.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.simulator.kit.book.Charge.Cancel;
import dev.naru.simulator.kit.book.Charge.Course;
import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Charge.Stage;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.facts.Digests;
import dev.naru.testing.Apart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a PG knows, in memory and on disk. */
@Apart
class LedgerTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path data;

  /** A ledger that is closed like a simulator's: or not at all, as by kill -9. */
  private record Opened(Index index, Ledger ledger) implements AutoCloseable {

    static Opened in(Path directory) {
      Index index = new Index(directory);
      return new Opened(index, new Ledger("pg", index));
    }

    @Override
    public void close() {
      ledger.close();
      index.close();
    }
  }

  private static Charge charge(int n, String order) {
    return new Charge(
        "id-" + n,
        "tid-" + n,
        new Order("mid", order, 1_000, "Chair", Map.of("replay", "x".repeat(64))),
        Means.card("4000000000000000", 0),
        Course.of(Status.AUTHENTICATED, NOW));
  }

  private static List<String> ids(Ledger ledger) {
    return ledger.all().map(Charge::id).toList();
  }

  /** What a killed process would leave: the files as they are while it runs. */
  private Path killed(Path from) throws IOException {
    Path copy = Files.createTempDirectory(data, "killed");
    for (String file : List.of("pg.jsonl", "index.mv")) {
      Files.copy(from.resolve(file), copy.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    return copy;
  }

  @Test
  void findsWhatItKeepsByEveryName() {
    try (Opened one = Opened.in(data)) {
      Ledger ledger = one.ledger();
      ledger.save(charge(1, "order/1"));
      ledger.save(charge(2, "order"));
      Charge third = ledger.save(charge(3, "order"));
      ledger.save(third.as(Status.PAID, NOW));
      ledger.save(charge(4, "o".repeat(300) + "\t\n"));

      assertThat(ids(ledger)).containsExactly("id-1", "id-2", "id-3", "id-4");
      assertThat(ledger.newest().map(Charge::id)).containsExactly("id-4", "id-3", "id-2", "id-1");
      assertThat(ledger.ofOrder("order").map(Charge::id)).containsExactly("id-2", "id-3");
      assertThat(ledger.latest("mid", "order", c -> true)).map(Charge::id).hasValue("id-3");
      assertThat(ledger.latest("mid", "order", c -> c.status() == Status.AUTHENTICATED))
          .map(Charge::id)
          .hasValue("id-2");
      assertThat(ledger.latest("other", "order", c -> true)).isEmpty();
      assertThat(ledger.ofOrder("o".repeat(300) + "\t\n").map(Charge::id)).containsExactly("id-4");
      assertThat(ledger.byTid("tid-3")).isEqualTo(third.as(Status.PAID, NOW));
      assertThat(ledger.charge("id-5")).isNull();
    }
  }

  @Test
  void knowsAfterARestartWhatGoesOnByItself() {
    Cancel late = new Cancel("c", 1_000, "", NOW, Stage.PENDING, "");
    try (Opened one = Opened.in(data)) {
      one.ledger().save(charge(1, "a").as(Status.PENDING, NOW));
      one.ledger().save(charge(2, "b").as(Status.PENDING, NOW));
      one.ledger().save(charge(2, "b").as(Status.PAID, NOW));
      one.ledger().save(charge(3, "c").as(Status.PAID, NOW).with(late));
    }
    try (Opened one = Opened.in(data)) {
      assertThat(one.ledger().open().map(Charge::id)).containsExactly("id-1", "id-3");
      assertThat(one.ledger().charge("id-3"))
          .isEqualTo(charge(3, "c").as(Status.PAID, NOW).with(late));
    }
  }

  @Test
  void readsABookThatHasNoIndexYet() throws IOException {
    try (Opened one = Opened.in(data)) {
      one.ledger().save(charge(1, "a"));
      one.ledger().save(charge(2, "b"));
    }
    Files.delete(data.resolve("index.mv"));
    try (Opened one = Opened.in(data)) {
      assertThat(ids(one.ledger())).containsExactly("id-1", "id-2");
    }
  }

  @Test
  void readsABookAnewThatSomebodyHasChanged() throws IOException {
    try (Opened one = Opened.in(data)) {
      for (int n = 0; n < 300; n++) {
        one.ledger().save(charge(n, "order-" + n));
      }
    }
    Path book = data.resolve("pg.jsonl");
    List<String> lines = Files.readAllLines(book);
    Files.write(book, lines.subList(100, 300));
    try (Opened one = Opened.in(data)) {
      assertThat(ids(one.ledger())).hasSize(200).startsWith("id-100");
      assertThat(one.ledger().charge("id-99")).isNull();
      assertThat(one.ledger().latest("mid", "order-299", c -> true)).isPresent();
    }
  }

  /** A start that read the book would fail at its first line. */
  @Test
  void startsWithoutReadingTheBook() throws IOException {
    try (Opened one = Opened.in(data)) {
      for (int n = 0; n < 300; n++) {
        one.ledger().save(charge(n, "order-" + n));
      }
    }
    Path book = data.resolve("pg.jsonl");
    String text = Files.readString(book);
    Files.writeString(book, "?" + text.substring(1));
    try (Opened one = Opened.in(data)) {
      assertThat(one.ledger().charge("id-299")).isEqualTo(charge(299, "order-299"));
      assertThatThrownBy(() -> one.ledger().charge("id-0"))
          .hasMessageContaining(book + " is damaged: its line at byte 0 cannot be read");
    }
  }

  @Test
  void makesADamagedIndexAnew() throws IOException {
    try (Opened one = Opened.in(data)) {
      one.ledger().save(charge(1, "a"));
    }
    Files.writeString(data.resolve("index.mv"), "not an index".repeat(1_000));
    try (Opened one = Opened.in(data)) {
      assertThat(ids(one.ledger())).containsExactly("id-1");
    }
  }

  @Test
  void losesNothingThatWasAcknowledgedWhenItIsKilled() throws IOException {
    List<String> known = new ArrayList<>();
    try (Opened one = Opened.in(data)) {
      for (int n = 0; n < 12_000; n++) {
        one.ledger().save(charge(n, "order-" + n));
        one.ledger().save(charge(n, "order-" + n).as(Status.PAID, NOW));
        known.add("id-" + n);
        if (n % 3_000 == 1_234) {
          Path left = killed(data);
          Files.writeString(left.resolve("pg.jsonl"), "{\"type\":\"cha", StandardOpenOption.APPEND);
          try (Opened again = Opened.in(left)) {
            assertThat(again.ledger().all().filter(Charge::paid).map(Charge::id))
                .containsExactlyElementsOf(known);
            assertThat(again.ledger().ofOrder("order-" + n)).hasSize(1);
          }
        }
      }
    }
  }

  /** The PGs share one index, and all of them are busy at once. */
  @Test
  void losesNothingWhenManyWriteAtOnce() throws Exception {
    int each = Integer.getInteger("ledger.each", 3_000);
    try (Index index = new Index(data)) {
      List<Ledger> ledgers = Stream.of("a", "b", "c").map(pg -> new Ledger(pg, index)).toList();
      try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
          Ledger ledger = ledgers.get(thread % ledgers.size());
          int first = thread * each;
          all.add(threads.submit(() -> pay(ledger, first, each)));
        }
        for (Future<?> one : all) {
          one.get();
        }
      }
      List<String> paid =
          ledgers.stream().flatMap(Ledger::all).filter(Charge::paid).map(Charge::id).toList();
      assertThat(paid)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 8 * each).mapToObj(n -> "id-" + n).toList());
      ledgers.forEach(Ledger::close);
    }
  }

  private static void pay(Ledger ledger, int first, int many) {
    for (int n = first; n < first + many; n++) {
      Charge fresh = ledger.save(charge(n, "order-" + n));
      Charge found = ledger.latest("mid", "order-" + n, c -> true).orElseThrow();
      assertThat(found).isEqualTo(fresh);
      ledger.save(fresh.as(Status.PAID, NOW));
      ledger.save(new Entry.Replay(Digests.sha256("key" + n), 200, "x".repeat(500), NOW));
      assertThat(ledger.ofOrder("order-" + n).filter(Charge::paid)).hasSize(1);
    }
  }

  @Test
  void tellsThatItIsInUse() {
    try (Opened _ = Opened.in(data)) {
      assertThatThrownBy(() -> Opened.in(data)).hasMessageContaining("in use by another simulator");
    }
  }

  /** Before, as many took half a gigabyte. */
  @Test
  void keepsTwoHundredThousandChargesInLittleMemory() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx80m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Many.class.getName(),
                data.toString(),
                "200000")
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
      assertThat(said).as("%s", said).contains("200000 charges");
    } finally {
      process.destroyForcibly();
    }
  }

  /** Charges so many, each with an idempotent answer, then starts again and looks. */
  static final class Many {

    private Many() {}

    /**
     * Prints what it takes, for whoever measures.
     *
     * @param args where, and how many
     */
    public static void main(String[] args) {
      Path directory = Path.of(args[0]);
      int many = Integer.parseInt(args[1]);
      long start = System.nanoTime();
      try (Opened one = Opened.in(directory)) {
        for (int n = 0; n < many; n++) {
          Charge fresh = charge(n, "order-" + n);
          one.ledger().save(fresh);
          one.ledger().save(fresh.as(Status.PAID, NOW));
          one.ledger()
              .save(new Entry.Replay(Digests.sha256("key" + n), 200, "x".repeat(1_000), NOW));
          if ((n + 1) % 100_000 == 0) {
            System.out.printf("%d: %.1f s, %s%n", n + 1, seconds(start), live());
          }
        }
      }
      start = System.nanoTime();
      try (Opened one = Opened.in(directory)) {
        System.out.printf("started again in %.3f s, %s%n", seconds(start), live());
        for (int n : new int[] {0, many / 2, many - 1}) {
          Charge charge = one.ledger().latest("mid", "order-" + n, Charge::paid).orElseThrow();
          Entry.Replay replay = one.ledger().replay(Digests.sha256("key" + n));
          if (!charge.id().equals("id-" + n) || replay == null) {
            throw new IllegalStateException("lost " + n);
          }
        }
        System.out.println(one.ledger().all().filter(Charge::paid).count() + " charges");
      }
    }

    private static double seconds(long start) {
      return (System.nanoTime() - start) / 1e9;
    }

    private static String live() {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      return ((runtime.totalMemory() - runtime.freeMemory()) >> 20) + " MB live";
    }
  }
}
