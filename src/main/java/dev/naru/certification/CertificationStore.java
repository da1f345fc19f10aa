package dev.naru.certification;

import dev.naru.certification.Certification.State;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Identity;
import dev.naru.connector.IdentityOrder;
import dev.naru.connector.OtpOrder;
import dev.naru.connector.OtpSent;
import dev.naru.connector.PgRef;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Vault;
import dev.naru.merchant.Shards;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of certifications. All that is said of the person is sealed, as one JSON document. */
@Repository
class CertificationStore {

  private static final int BATCH = 500;

  private final Shards shards;
  private final Vault vault;
  private final JsonMapper json;

  CertificationStore(Shards shards, Vault vault, JsonMapper json) {
    this.shards = shards;
    this.vault = vault;
    this.json = json;
  }

  /** What is sealed: the order while the certification is open, the identity afterwards. */
  private record Person(
      @Nullable OtpOrder order,
      @Nullable OtpSent sent,
      @Nullable Window window,
      @Nullable Identity identity,
      @Nullable String origin) {}

  /** What is kept of a window. */
  private record Window(
      IdentityOrder order, Map<String, String> memo, @Nullable Map<String, String> intent) {}

  /** The columns that change. */
  private record Columns(
      String state,
      @Nullable Person person,
      int tries,
      boolean unanswered,
      @Nullable Instant expiresAt,
      @Nullable Instant decidedAt,
      @Nullable Decline decline) {

    static Columns of(State state) {
      return switch (state) {
        case State.Requested(OtpOrder order, var sent, Instant until, int tries, boolean mute) ->
            open(new Person(order, sent, null, null, null), tries, mute, until);
        case State.Showing(var order, var origin, var memo, var intent, var until, boolean mute) ->
            open(
                new Person(null, null, new Window(order, memo, intent), null, origin),
                0,
                mute,
                until);
        case State.Certified(Identity identity, Instant at, var origin) ->
            new Columns(
                "certified",
                new Person(null, null, null, identity, origin),
                0,
                false,
                null,
                at,
                null);
        case State.Failed(Decline decline, Instant at) ->
            new Columns("failed", null, 0, false, null, at, decline);
        case State.Expired(Instant at) -> new Columns("expired", null, 0, false, null, at, null);
      };
    }

    private static Columns open(Person person, int tries, boolean unanswered, Instant until) {
      return new Columns("requested", person, tries, unanswered, until, null, null);
    }
  }

  void insert(Certification fresh) {
    bound(
            shards
                .of(fresh.merchantId())
                .sql(
                    """
                    insert into certification (merchant_id, imp_uid, merchant_uid, channel_key,
                      pg_provider, order_id, requested_at, state, tid, person, tries, unanswered,
                      expires_at, decided_at, why, fail_code, fail_text)
                    values (:merchant, :uid, :order, :channel, :provider, :orderId, :requested,
                      :state, :tid, :person, :tries, :unanswered, :expires, :decided, :why, :code, :text)
                    """)
                .param("order", fresh.merchantUid())
                .param("channel", fresh.via().channelKey())
                .param("provider", fresh.via().pgProvider())
                .param("orderId", fresh.orderId())
                .param("requested", Timestamp.from(fresh.requestedAt())),
            fresh)
        .update();
  }

  /**
   * Writes what became of an open certification, and ends its reservation. What is decided stays.
   *
   * @return false if it was decided otherwise, or deleted, in the meantime
   */
  boolean update(Certification after) {
    return bound(
                shards
                    .of(after.merchantId())
                    .sql(
                        """
                        update certification set state = :state, tid = coalesce(:tid, tid),
                          person = :person, tries = :tries, unanswered = :unanswered,
                          expires_at = :expires, decided_at = :decided, why = :why,
                          fail_code = :code, fail_text = :text, busy_until = null
                        where merchant_id = :merchant and imp_uid = :uid and state = 'requested'
                        """),
                after)
            .update()
        == 1;
  }

  /**
   * The same, unless somebody is confirming it.
   *
   * @return false if somebody is, and if it was decided or deleted
   */
  boolean updateIdle(Certification after, Instant now) {
    return bound(
                shards
                    .of(after.merchantId())
                    .sql(
                        """
                        update certification set state = :state, tid = coalesce(:tid, tid),
                          person = :person, tries = :tries, unanswered = :unanswered,
                          expires_at = :expires, decided_at = :decided, why = :why,
                          fail_code = :code, fail_text = :text, busy_until = null
                        where merchant_id = :merchant and imp_uid = :uid and state = 'requested'
                          and (busy_until is null or busy_until <= :now)
                        """),
                after)
            .param("now", Timestamp.from(now))
            .update()
        == 1;
  }

  /**
   * Takes an open window for a confirm, with what the return brought. From now on it has no answer,
   * so that a hub that dies loses nothing.
   *
   * @return false if it is decided, gone, or taken
   */
  boolean take(Certification returned, Instant now, Instant until) {
    Columns columns = Columns.of(returned.state());
    String place = place(returned.merchantId(), returned.impUid().value());
    return shards
            .of(returned.merchantId())
            .sql(
                """
                update certification set person = :person, unanswered = true, busy_until = :until
                where merchant_id = :merchant and imp_uid = :uid and state = 'requested'
                  and (busy_until is null or busy_until <= :now)
                """)
            .param("person", vault.seal(json.writeValueAsString(columns.person()), place))
            .param("until", Timestamp.from(until))
            .param("merchant", returned.merchantId())
            .param("uid", returned.impUid().value())
            .param("now", Timestamp.from(now))
            .update()
        == 1;
  }

  Optional<Certification> find(long merchantId, ImpUid impUid) {
    return shards
        .of(merchantId)
        .sql("select * from certification where merchant_id = :merchant and imp_uid = :uid")
        .param("merchant", merchantId)
        .param("uid", impUid.value())
        .query(this::certification)
        .optional();
  }

  /**
   * Takes an open one for a confirm, which from now on has no answer, so that a hub that dies loses
   * nothing.
   *
   * @return as it was before; empty if it is decided, gone, or taken
   */
  Optional<Certification> reserve(long merchantId, ImpUid impUid, Instant now, Instant until) {
    return shards
        .of(merchantId)
        .sql(
            """
            with was as (
              select unanswered from certification
              where merchant_id = :merchant and imp_uid = :uid and state = 'requested'
                and (busy_until is null or busy_until <= :now)
              for update)
            update certification c set busy_until = :until, unanswered = true from was
            where c.merchant_id = :merchant and c.imp_uid = :uid and c.state = 'requested'
            returning c.*, was.unanswered as was_unanswered
            """)
        .param("merchant", merchantId)
        .param("uid", impUid.value())
        .param("now", Timestamp.from(now))
        .param("until", Timestamp.from(until))
        .query((row, n) -> certification(row, n).unanswered(row.getBoolean("was_unanswered")))
        .optional();
  }

  Optional<Certification> delete(long merchantId, ImpUid impUid) {
    return shards
        .of(merchantId)
        .sql(
            "delete from certification where merchant_id = :merchant and imp_uid = :uid returning"
                + " *")
        .param("merchant", merchantId)
        .param("uid", impUid.value())
        .query(this::certification)
        .optional();
  }

  /**
   * Ends, and empties, those whose time was over at {@code before} and that nobody is confirming.
   *
   * @return how many
   */
  int expire(Instant before, Instant now) {
    return shards.all().stream().mapToInt(shard -> expire(shard.jdbc(), before, now)).sum();
  }

  private static int expire(JdbcClient jdbc, Instant before, Instant now) {
    return jdbc.sql(
            """
            update certification set state = 'expired', person = null, unanswered = false,
              expires_at = null, decided_at = :now, busy_until = null
            where (merchant_id, imp_uid) in (
              select merchant_id, imp_uid from certification
              where state = 'requested' and expires_at <= :before
                and (busy_until is null or busy_until <= :now)
              order by expires_at limit :batch for update skip locked)
              and state = 'requested'
            """)
        .param("now", Timestamp.from(now))
        .param("before", Timestamp.from(before))
        .param("batch", BATCH)
        .update();
  }

  /** When the next will be ended, if it may wait for its end for {@code grace}. */
  Optional<Instant> nextEnd(Duration grace) {
    return shards.all().stream()
        .flatMap(shard -> nextEnd(shard.jdbc(), grace).stream())
        .min(Instant::compareTo);
  }

  private static Optional<Instant> nextEnd(JdbcClient jdbc, Duration grace) {
    return jdbc.sql(
            """
            select merchant_id,
              greatest(expires_at + make_interval(secs => :grace), busy_until) as due_at
            from certification where state = 'requested' order by due_at limit 1
            """)
        .param("grace", grace.toSeconds())
        .query((row, n) -> row.getTimestamp("due_at").toInstant())
        .optional();
  }

  private JdbcClient.StatementSpec bound(JdbcClient.StatementSpec statement, Certification of) {
    Columns columns = Columns.of(of.state());
    String place = place(of.merchantId(), of.impUid().value());
    return statement
        .param("merchant", of.merchantId())
        .param("uid", of.impUid().value())
        .param("state", columns.state())
        .param("tid", of.ref().map(PgRef::tid).orElse(null))
        .param(
            "person",
            columns.person() == null
                ? null
                : vault.seal(json.writeValueAsString(columns.person()), place),
            java.sql.Types.BINARY)
        .param("tries", columns.tries())
        .param("unanswered", columns.unanswered())
        .param("expires", timestamp(columns.expiresAt()), java.sql.Types.TIMESTAMP)
        .param("decided", timestamp(columns.decidedAt()), java.sql.Types.TIMESTAMP)
        .param("why", columns.decline() == null ? null : columns.decline().reason().name())
        .param("code", columns.decline() == null ? null : columns.decline().code())
        .param("text", columns.decline() == null ? null : columns.decline().text());
  }

  private Certification certification(ResultSet row, int n) throws SQLException {
    long merchantId = row.getLong("merchant_id");
    String impUid = row.getString("imp_uid");
    return new Certification(
        merchantId,
        new ImpUid(impUid),
        row.getString("merchant_uid"),
        new Certification.Via(row.getString("channel_key"), row.getString("pg_provider")),
        row.getString("order_id"),
        row.getTimestamp("requested_at").toInstant(),
        state(row, place(merchantId, impUid)));
  }

  private State state(ResultSet row, String place) throws SQLException {
    return switch (row.getString("state")) {
      case "requested" -> {
        Person person = person(row, place);
        yield person.window() == null
            ? new State.Requested(
                present(person.order()),
                person.sent(),
                row.getTimestamp("expires_at").toInstant(),
                row.getInt("tries"),
                row.getBoolean("unanswered"))
            : new State.Showing(
                person.window().order(),
                person.origin(),
                person.window().memo(),
                person.window().intent(),
                row.getTimestamp("expires_at").toInstant(),
                row.getBoolean("unanswered"));
      }
      case "certified" -> {
        Person person = person(row, place);
        yield new State.Certified(present(person.identity()), decidedAt(row), person.origin());
      }
      case "failed" ->
          new State.Failed(
              new Decline(
                  Reason.valueOf(row.getString("why")),
                  row.getString("fail_code"),
                  row.getString("fail_text")),
              decidedAt(row));
      case "expired" -> new State.Expired(decidedAt(row));
      case String other -> throw new IllegalStateException("state " + other);
    };
  }

  private Person person(ResultSet row, String place) throws SQLException {
    return json.readValue(vault.open(row.getBytes("person"), place), Person.class);
  }

  private static Instant decidedAt(ResultSet row) throws SQLException {
    return row.getTimestamp("decided_at").toInstant();
  }

  private static @Nullable Timestamp timestamp(@Nullable Instant at) {
    return at == null ? null : Timestamp.from(at);
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("the sealed document lacks what its state needs");
    }
    return value;
  }

  private static String place(long merchantId, String impUid) {
    return "certification.person/" + merchantId + "/" + impUid;
  }
}
