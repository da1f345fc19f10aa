package dev.naru.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.naru.attention.Matter;
import dev.naru.attention.Place;
import dev.naru.attention.What;
import dev.naru.kernel.ImpUid;
import dev.naru.testing.Receiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Endpoints that hang or are gone keep nobody else waiting, and lose nothing themselves. */
class EndpointTest {

  private static final long SHOP = Fixture.SHOP;
  private static final long OTHER = 2;

  private final Receiver shop = Receiver.start();
  private Fixture hub;
  private int ended;

  @BeforeEach
  void begin() throws Exception {
    hub = new Fixture();
    hub.merchant(OTHER, null);
  }

  @AfterEach
  void end() {
    shop.close();
    hub.close();
  }

  @Test
  void blackHolesWithAPathPerOrderDelayNobodyElse() throws Exception {
    try (ServerSocket one = blackHole();
        ServerSocket two = blackHole()) {
      for (int n = 0; n < 300; n++) {
        ImpUid impUid = hub.payment("order" + n);
        hub.event(impUid, "approved", "paid", url(one, "/order/" + n), url(two, "/order/" + n));
      }
      hub.courier();
      await().untilAsserted(() -> assertThat(begun()).as(tried()).isEqualTo(2 * Lanes.WARY));

      ImpUid same = hub.payment("same");
      hub.event(same, "approved", "paid", shop.url("/same"));
      ImpUid another = hub.payment(OTHER, "another");
      hub.paid(OTHER, another, shop.url("/another"));
      await()
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(
              () -> {
                assertThat(shop.got("/same")).hasSize(1);
                assertThat(shop.got("/another")).hasSize(1);
              });
      assertThat(begun()).as(tried()).isEqualTo(2 * Lanes.WARY + 2);
    }
  }

  @Test
  void aShopWithManyEndpointsTakesAShareOfThePlaces() throws Exception {
    List<ServerSocket> holes = new ArrayList<>();
    try {
      for (int n = 0; n < 50; n++) {
        holes.add(blackHole());
        for (int i = 0; i < 3; i++) {
          ImpUid impUid = hub.payment("order" + n + "-" + i);
          hub.event(impUid, "approved", "paid", url(holes.get(n), "/hook"));
        }
      }
      hub.courier();
      await().untilAsserted(() -> assertThat(begun()).isEqualTo(Lanes.PER_MERCHANT));
      ImpUid another = hub.payment(OTHER, "another");
      hub.paid(OTHER, another, shop.url("/another"));
      await().untilAsserted(() -> assertThat(shop.got("/another")).hasSize(1));
      assertThat(begun()).isEqualTo(Lanes.PER_MERCHANT + 1);
    } finally {
      for (ServerSocket hole : holes) {
        hole.close();
      }
    }
  }

  @Test
  void parksAnEndpointThatIsGoneAndLosesNothing() {
    int port = shop.port();
    shop.close();
    hub.courier();
    List<ImpUid> all = orders(0, Endpoint.MOST_FAILS);
    await().untilAsserted(() -> assertThat(parked()).isEqualTo(1));
    // Told of in the moment after.
    await()
        .untilAsserted(
            () ->
                assertThat(matters())
                    .extracting(Matter::about)
                    .containsExactly("http://127.0.0.1:" + port));

    // What comes now waits; one of all is tried when its time has come.
    List<ImpUid> waiting = orders(all.size(), 40);
    int before = tries();
    hub.advance(Duration.ofSeconds(10));
    await().untilAsserted(() -> assertThat(tries()).isEqualTo(before + 1));
    hub.advance(Duration.ofSeconds(20));
    assertThat(begun(waiting)).isLessThanOrEqualTo(1);

    try (Receiver back = Receiver.start(port)) {
      hub.advance(Duration.ofSeconds(10));
      await().untilAsserted(() -> assertThat(back.got()).hasSizeGreaterThanOrEqualTo(39));
      assertThat(parked()).isZero();
      await().untilAsserted(() -> assertThat(matters()).isEmpty());
      hub.advance(Duration.ofMinutes(1));
      await().untilAsserted(() -> assertThat(waiting()).isZero());
      assertThat(back.got()).as("each once").hasSize(all.size() + waiting.size());
      // In the order in which they came, but for those that are on their way side by side.
      List<String> paths = back.got().stream().map(Receiver.Got::path).toList();
      for (int n = 1; n < 40; n++) {
        int place = paths.indexOf("/order/" + (all.size() + n));
        assertThat(place).isBetween(n - 1 - Lanes.QUICK, n + Lanes.QUICK);
      }
    }
  }

  /** Otherwise a hiccup under load leaves it alone for a quarter of an hour. */
  @Test
  void manyThatWereUnderWayTogetherAreOneSilence() {
    Instant begun = hub.clock.instant();
    assertThat(silent(40, begun)).extracting(Endpoint::turn).containsExactly(Endpoint.Turn.PARKED);
    assertThat(pause()).isEqualTo(Endpoint.PAUSES.getFirst());
    // Those that come to an end after it was parked, and had begun before.
    hub.advance(Duration.ofSeconds(1));
    silent(20, begun);
    assertThat(pause()).isEqualTo(Endpoint.PAUSES.getFirst().minusSeconds(1));
    for (int step = 1; step <= Endpoint.PAUSES.size(); step++) {
      hub.advance(Duration.ofMinutes(15));
      silent(1, hub.clock.instant());
      int last = Math.min(step, Endpoint.PAUSES.size() - 1);
      assertThat(pause()).isEqualTo(Endpoint.PAUSES.get(last));
    }
  }

  @Test
  void aHubThatStartsTriesAParkedEndpointAtOnce() {
    int port = shop.port();
    shop.close();
    silent(5, hub.clock.instant());
    ImpUid waits = orders(ended, 1).getFirst();
    assertThat(pause()).isPositive();
    try (Receiver back = Receiver.start(port)) {
      hub.courier(true);
      await().untilAsserted(() -> assertThat(back.got("/order/" + ended)).hasSize(1));
    }
    await()
        .untilAsserted(() -> assertThat(hub.delivery(waits).state().name()).isEqualTo("DELIVERED"));
  }

  /** So many deliveries to one endpoint come to an end without an answer, all at once. */
  private List<Endpoint> silent(int many, Instant begun) {
    hub.advance(Duration.ofMillis(1));
    orders(ended, many);
    List<Finished> ends =
        hub.jdbc
            .sql("select event_id, lane from delivery order by event_id offset :ended limit :many")
            .param("ended", ended)
            .param("many", many)
            .query((row, n) -> silent(row.getLong("event_id"), row.getLong("lane"), begun))
            .list();
    assertThat(ends).hasSize(many);
    ended += many;
    return hub.tries().settle(hub.claims().shards().getFirst(), ends, hub.clock.instant());
  }

  private Finished silent(long event, long lane, Instant begun) {
    return new Finished(
        new Claimed(
            SHOP, event, 1, shop.url("/x"), null, lane, 1, begun, "imp", "order", "paid", null),
        begun,
        1,
        0,
        "",
        true,
        Retries.DAYS,
        new Retry.Verdict(Delivery.State.WAITING, begun));
  }

  private Duration pause() {
    Instant probe =
        hub.jdbc
            .sql("select probe_at from endpoint")
            .query(java.sql.Timestamp.class)
            .single()
            .toInstant();
    return Duration.ofSeconds(
        Math.round(Duration.between(hub.clock.instant(), probe).toMillis() / 1000.0));
  }

  @Test
  void givesUpAfterThreeDaysWhatWaitsForAParkedEndpoint() {
    shop.close();
    hub.courier();
    var _ = orders(0, Endpoint.MOST_FAILS);
    await().untilAsserted(() -> assertThat(parked()).isEqualTo(1));
    var _ = orders(Endpoint.MOST_FAILS, 20);
    hub.advance(Retry.PATIENCE.plusSeconds(1));
    await().untilAsserted(() -> assertThat(waiting()).isZero());
    assertThat(
            hub.jdbc
                .sql("select count(*) from delivery where state = 'given_up'")
                .query(Integer.class)
                .single())
        .isEqualTo(Endpoint.MOST_FAILS + 20);
  }

  @Test
  void anAnswerOfAnyKindParksNobody() {
    shop.answers("/order/0", n -> 500);
    hub.courier();
    hub.event(hub.payment("first"), "approved", "paid", shop.url("/order/0"));
    for (int n = 0; n < 2 * Endpoint.MOST_FAILS; n++) {
      shop.answers("/order/" + (n + 1), times -> 404);
    }
    var _ = orders(1, 2 * Endpoint.MOST_FAILS);
    await().untilAsserted(() -> assertThat(tries()).isEqualTo(2 * Endpoint.MOST_FAILS + 1));
    assertThat(parked()).isZero();
  }

  @Test
  void aClaimReadsWhatItMaySendAlone() {
    ImpUid impUid = hub.payment("order");
    Instant now = hub.clock.instant();
    backlog(impUid, 30_000, "'http://gone.example/order/' || n");
    backlog(impUid, 3_000, "'http://busy.example/order/' || n");
    // Of a host for every order, a claim looks at some.
    backlog(impUid, 3_000, "'http://s' || n || '.example/hook'");
    hub.jdbc
        .sql(
            """
            insert into endpoint select distinct merchant_id, lane, 'http://gone.example', 9,
              created_at, created_at, created_at + interval '1 hour'
            from delivery where url like 'http://gone.example/%'
            """)
        .update();
    hub.paid(OTHER, hub.payment(OTHER, "another"), shop.url("/another"));
    long busy =
        hub.jdbc
            .sql("select lane from delivery where url like 'http://busy.example/%' limit 1")
            .query(Long.class)
            .single();
    ClaimStore claims = hub.claims();
    Lanes.Room room =
        new Lanes.Room(List.of(), List.of(new Lanes.Room.Way(SHOP, busy, 0, false)), List.of());
    JsonNode plan =
        JsonMapper.shared()
            .readTree(
                claims.explain(
                    claims.shards().getFirst(),
                    new ClaimStore.Wish(now.plusSeconds(60), now.plusSeconds(120), 512, 0, room)));
    assertThat(rowsOfDeliveries(plan)).as(plan.toPrettyString()).isLessThan(2_000);
    assertThat(
            hub.jdbc
                .sql("select count(*) from delivery where tries > 0 and merchant_id = 2")
                .query(Integer.class)
                .single())
        .isEqualTo(1);
    assertThat(
            hub.jdbc
                .sql(
                    "select count(*) from delivery where tries > 0 and url ~ '(gone|busy).example'")
                .query(Integer.class)
                .single())
        .isZero();
  }

  /** Rows of the table that a plan has read, those included that it did not want. */
  private static long rowsOfDeliveries(JsonNode node) {
    long own = 0;
    if (node.path("Relation Name").asString("").equals("delivery")
        && !node.path("Node Type").asString("").equals("ModifyTable")) {
      long rows = 0;
      for (String kind :
          List.of("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")) {
        rows += (long) Math.ceil(node.path(kind).asDouble(0));
      }
      own = rows * node.path("Actual Loops").asLong(1);
    }
    return own
        + StreamSupport.stream(node.spliterator(), false)
            .mapToLong(EndpointTest::rowsOfDeliveries)
            .sum();
  }

  private void backlog(ImpUid impUid, int many, String url) {
    hub.jdbc
        .sql(
            """
            with made as (
              insert into event select merchant_id, coalesce((select max(event_id) from event), 0)
                + n, imp_uid, 'approved', 'paid', started_at, '{}'
              from payment, generate_series(1, :many) as n where imp_uid = :impUid
              returning merchant_id, event_id, at)
            insert into delivery
            select merchant_id, event_id, 1, :impUid, %s, 'waiting', 0, at, at
            from (select *, row_number() over () as n from made) as numbered
            """
                .formatted(url))
        .param("many", many)
        .param("impUid", impUid.value())
        .update();
  }

  private List<ImpUid> orders(int first, int many) {
    return IntStream.range(first, first + many)
        .mapToObj(
            n -> {
              ImpUid impUid = hub.payment("order" + n);
              hub.event(impUid, "approved", "paid", shop.url("/order/" + n));
              return impUid;
            })
        .toList();
  }

  private List<Matter> matters() {
    return hub.attention().open(Place.START, 10).stream()
        .filter(one -> one.what() == What.ENDPOINT_PARKED)
        .toList();
  }

  private int parked() {
    return hub.jdbc
        .sql("select count(*) from endpoint where parked_at is not null")
        .query(Integer.class)
        .single();
  }

  private String tried() {
    return "tries: " + hub.jdbc.sql("select * from delivery_try").query().listOfRows();
  }

  /** Tries that have come to an end. */
  private int tries() {
    return hub.jdbc.sql("select count(*) from delivery_try").query(Integer.class).single();
  }

  private int begun() {
    return hub.jdbc
        .sql("select coalesce(sum(tries), 0) from delivery")
        .query(Integer.class)
        .single();
  }

  private int begun(List<ImpUid> payments) {
    return payments.stream().mapToInt(one -> hub.delivery(one).tries()).sum();
  }

  private int waiting() {
    return hub.jdbc
        .sql("select count(*) from delivery where state = 'waiting'")
        .query(Integer.class)
        .single();
  }

  /** Takes connections and never answers. */
  private static ServerSocket blackHole() throws IOException {
    return new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
  }

  private static String url(ServerSocket hole, String path) {
    return "http://127.0.0.1:" + hole.getLocalPort() + path;
  }
}
