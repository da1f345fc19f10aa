package dev.naru.merchant.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.kernel.Secret;
import dev.naru.testing.Hub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A change and the row that says who made it are one. */
class ChangesTest {

  private static final Actor ME = Actor.account("7", "김나루", "192.0.2.7");

  private final Hub hub = Hub.shared();
  private final Changes changes = hub.bean(Changes.class);
  private final Audit audit = hub.bean(Audit.class);
  private final JdbcClient jdbc = JdbcClient.create(hub.database().dataSource());
  private final long merchant = ThreadLocalRandom.current().nextLong(1_000, 1L << 40);

  private List<Audited> all() {
    return audit.list(AuditQuery.of(List.of(merchant)));
  }

  private int made(String about, Object before, Object after) {
    return changes.make(
        ME,
        merchant,
        Act.GROUP_SAVED,
        about,
        change -> {
          change.before(before).after(after);
          return 1;
        });
  }

  @Test
  void whatFailsLeavesNoRow() {
    assertThatThrownBy(
            () ->
                changes.make(
                    ME,
                    merchant,
                    Act.GROUP_SAVED,
                    "x",
                    change -> {
                      change.after(Map.of("a", 1));
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(all()).isEmpty();
    assertThat(marks()).isZero();
  }

  /** The row is written by the transaction of the change: without it there is no change. */
  @Test
  void aRowThatCannotBeWrittenUndoesTheChange() {
    Actor nameless = new Actor(Actor.Kind.ACCOUNT, "7", "a\0b", null);
    assertThatThrownBy(
            () ->
                changes.make(
                    nameless,
                    merchant,
                    Act.GROUP_SAVED,
                    "x",
                    change -> {
                      change.after(Map.of("a", 1));
                      return 1;
                    }))
        .isInstanceOf(RuntimeException.class);
    assertThat(marks()).as("what the change wrote").isZero();
  }

  private long marks() {
    return jdbc.sql("select count(*) from merchant_change where merchant_id = :merchant")
        .param("merchant", merchant)
        .query(Long.class)
        .single();
  }

  @Test
  void secretsAreMaskedAndWhatIsTheSameIsNoChange() {
    made(
        "x",
        Map.of("key", new Secret("hidden"), "n", 1),
        Map.of("key", new Secret("other"), "n", 2));
    made("y", Map.of("n", 1), Map.of("n", 1));
    assertThat(all()).hasSize(1);
    Audited row = all().getFirst();
    assertThat(row.toString()).contains("***").doesNotContain("hidden").doesNotContain("other");
    assertThat(row.actor()).isEqualTo(ME);
    assertThat(row.about()).isEqualTo("x");
  }

  @Test
  void pagesFollowOneAnother() {
    IntStream.range(0, 5).forEach(n -> made("g" + n, Map.of(), Map.of("n", n)));
    AuditQuery query = AuditQuery.of(List.of(merchant)).most(2);
    List<String> abouts = new ArrayList<>();
    List<Audited> page = audit.list(query);
    while (!page.isEmpty()) {
      page.forEach(row -> abouts.add(row.about()));
      page = audit.list(query.below(page.getLast().id()));
    }
    assertThat(abouts).containsExactly("g4", "g3", "g2", "g1", "g0");
    assertThat(audit.list(query.about("g3"))).hasSize(1);
    assertThat(audit.list(query.by("nobody"))).isEmpty();
    assertThat(audit.list(query.acts(Set.of(Act.KEY_ENDED)))).isEmpty();
    assertThat(audit.list(query.between(null, all().getLast().at()))).isEmpty();
    assertThat(audit.list(query.between(all().getLast().at(), null))).hasSize(2);
    assertThat(audit.list(AuditQuery.of(List.of(merchant + 1)))).isEmpty();
  }

  @Test
  void ofOneMerchantOneChangeIsMadeAtATime() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    IntStream.range(0, 16)
        .parallel()
        .forEach(
            n ->
                changes.make(
                    ME,
                    merchant,
                    Act.GROUP_SAVED,
                    "g" + n,
                    change -> {
                      most.accumulateAndGet(running.incrementAndGet(), Math::max);
                      jdbc.sql("select pg_sleep(0.01)").query().listOfRows();
                      running.decrementAndGet();
                      return change.after(Map.of("n", n));
                    }));
    assertThat(most.get()).isOne();
    assertThat(all()).hasSize(16);
  }

  @Test
  void aChangeWithinAChangeIsOfItsTransaction() {
    List<Long> told = new ArrayList<>();
    changes.listen(
        id -> {
          if (id == merchant) {
            told.add(id);
          }
        });
    assertThatThrownBy(
            () ->
                changes.make(
                    ME,
                    merchant,
                    Act.SHOP_CLOSED,
                    "outer",
                    change -> {
                      made("inner", Map.of(), Map.of("n", 1));
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(all()).isEmpty();
    made("x", Map.of(), Map.of("n", 1));
    assertThat(told).isNotEmpty();
  }
}
