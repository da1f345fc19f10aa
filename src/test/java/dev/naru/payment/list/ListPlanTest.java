package dev.naru.payment.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.bench.Filler;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.Shards;
import dev.naru.payment.list.ListingStore.Of;
import dev.naru.payment.list.PaymentFilter.Amounts;
import dev.naru.payment.list.PaymentFilter.Basis;
import dev.naru.payment.list.PaymentFilter.Field;
import dev.naru.payment.list.PaymentFilter.Kind;
import dev.naru.payment.list.PaymentFilter.Mode;
import dev.naru.payment.list.PaymentFilter.Search;
import dev.naru.payment.list.PaymentFilter.Span;
import dev.naru.payment.list.PaymentFilter.Status;
import dev.naru.payment.list.PaymentListing.Sort;
import dev.naru.testing.Apart;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever the list is asked for, no more than some hundreds of payments are looked at. */
@Apart
class ListPlanTest {

  private static final int ROWS = 50_000;
  private static final Duration SPREAD = Duration.ofDays(60);

  /** Rows of indexes and tables that a page may look at. */
  private static final long MOST = 1_300;

  private static Hub hub;
  private static Filler filler;

  @BeforeAll
  static void fill() throws Exception {
    hub = Hub.start(Map.of());
    Api api = new Api(hub.url());
    List<String> templates = new ArrayList<>();
    for (String card : List.of("4000-0000-0000-0002", Api.GOOD_CARD, Api.GOOD_CARD)) {
      templates.add(
          api.post("/subscribe/payments/onetime", Api.keyIn(Api.newOrder(), "tosspayments", card))
              .response()
              .path("imp_uid")
              .asString());
    }
    api.post("/payments/cancel", Map.of("imp_uid", templates.get(1), "amount", 100));
    try (Connection connection = hub.database().dataSource().getConnection()) {
      filler = new Filler(connection, ROWS, SPREAD);
      filler.fill(templates);
      // The pool has it back, with what the filler set for itself.
      connection.createStatement().execute("discard all");
      connection.createStatement().execute("delete from payment_mark");
    }
    hub.bean(FollowLoop.class).follow(hub.bean(HubClock.class).instant());
    jdbc().sql("vacuum analyze payment_term").update();
    jdbc().sql("vacuum analyze payment_sum").update();
  }

  @AfterAll
  static void close() {
    hub.close();
  }

  private static JdbcClient jdbc() {
    return hub.bean(Shards.class).of(1);
  }

  private static List<Set<Status>> statuses() {
    return List.of(
        Set.of(),
        Set.of(Status.PAID),
        Set.of(Status.FAILED),
        Set.of(Status.PENDING),
        Set.of(Status.CANCELLED_PARTIAL),
        Set.of(Status.PAID, Status.FAILED),
        Set.of(Status.values()));
  }

  private static Map<String, UnaryOperator<PaymentFilter.Draft>> restrictions() {
    Map<String, UnaryOperator<PaymentFilter.Draft>> all = new LinkedHashMap<>();
    all.put("nothing", draft -> draft);
    all.put("method", draft -> draft.methods(Set.of("vbank", "other")));
    all.put("pg", draft -> draft.pgs(Set.of("html5_inicis")));
    all.put("channel", draft -> draft.channel("none"));
    all.put("amount", draft -> draft.amount(new Amounts(1_000_000L, 2_000_000L)));
    all.put("kind", draft -> draft.kinds(Set.of(Kind.BILLING)));
    all.put("mode", draft -> draft.modes(Set.of(Mode.LIVE)));
    all.put("mid", draft -> draft.search(new Search(Field.MID, "nobody")));
    all.put("quota", draft -> draft.search(new Search(Field.QUOTA, "12")));
    all.put("order", draft -> draft.search(new Search(Field.NUMBER, "rows-1234")));
    all.put("everywhere", draft -> draft.search(new Search(Field.ALL, "1234")));
    all.put("rare", draft -> draft.search(new Search(Field.REASON, "파손")));
    all.put(
        "much",
        draft ->
            draft
                .methods(Set.of("card"))
                .pgs(Set.of("tosspayments"))
                .kinds(Set.of(Kind.NORMAL))
                .modes(Set.of(Mode.LIVE))
                .search(new Search(Field.CARD, "1234")));
    return all;
  }

  @ParameterizedTest
  @EnumSource(Basis.class)
  void aPageLooksAtFew(Basis basis) {
    List<String> wrong = new ArrayList<>();
    for (Set<Status> statuses : statuses()) {
      restrictions()
          .forEach(
              (name, restriction) -> {
                for (Sort sort : Sort.values()) {
                  for (Span span : spans(basis)) {
                    PaymentFilter filter =
                        restriction
                            .apply(
                                PaymentFilter.standard(Instant.now())
                                    .edit()
                                    .statuses(statuses)
                                    .span(span))
                            .filter();
                    problem(filter, sort)
                        .forEach(line -> wrong.add(statuses + " " + name + " " + sort + line));
                  }
                }
              });
    }
    assertThat(wrong).isEmpty();
  }

  private static List<Span> spans(Basis basis) {
    Instant middle = filler.time(ROWS / 2);
    return List.of(
        new Span(basis, null, filler.time(0), filler.time(ROWS)),
        new Span(basis, null, middle, middle.plus(Duration.ofDays(1))));
  }

  private static List<String> problem(PaymentFilter filter, Sort sort) {
    Sought sought = Sought.of(filter.search());
    Walk walk = Walk.of(filter, sought, sort == Sort.OLDEST);
    Of of = Of.all(List.of(1L));
    if (walk.terms()) {
      List<Long> terms = List.copyOf(hub.bean(Terms.class).of(1, Objects.requireNonNull(sought)));
      of = new Of(terms.stream().map(term -> 1L).toList(), terms);
    }
    walk =
        walk.passing(
            walk.terms()
                ? PaymentListing.TERM_STRIDE
                : walk.mayPass() ? PaymentListing.STRIDE : 51);
    JsonNode plan =
        new JsonMapper()
            .readTree(
                ListingStore.statement(
                        jdbc(),
                        "explain (analyze, format json) " + walk.sql(Walk.KEYS),
                        walk,
                        of,
                        PaymentListing.start(filter, sort))
                    .query(String.class)
                    .single());
    List<String> problems = new ArrayList<>();
    long[] read = {0};
    look(plan, problems, read);
    // Of terms every one is read as far, and the index has what begins alike.
    long most =
        walk.terms() ? MOST + 100L * of.terms().size() : MOST * Math.max(1, walk.stored().length);
    if (read[0] > most) {
      problems.add(" reads " + read[0]);
    }
    return problems;
  }

  private static void look(JsonNode plan, List<String> problems, long[] read) {
    String node = plan.path("Node Type").asString("");
    if (plan.has("Relation Name")) {
      long rows = plan.path("Actual Rows").asLong();
      long removed = plan.path("Rows Removed by Filter").asLong(0);
      read[0] += (rows + removed) * plan.path("Actual Loops").asLong(1);
      if (node.equals("Seq Scan") || node.startsWith("Bitmap")) {
        problems.add(" " + node + " of " + plan.path("Relation Name").asString());
      }
    }
    plan.forEach(part -> look(part, problems, read));
  }

  @Test
  void aScanIsFound() {
    List<String> problems = new ArrayList<>();
    long[] read = {0};
    JsonNode plan =
        new JsonMapper()
            .readTree(
                jdbc()
                    .sql("explain (analyze, format json) select doc from payment where amount > 0")
                    .query(String.class)
                    .single());
    look(plan, problems, read);
    assertThat(problems).containsExactly(" Seq Scan of payment");
    assertThat(read[0]).isGreaterThan(MOST);
  }
}
