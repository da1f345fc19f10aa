package dev.naru.certification;

import dev.naru.certification.Certification.State;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.PgRef;
import dev.naru.connector.identity.Identity;
import dev.naru.connector.identity.IdentityOrder;
import dev.naru.connector.identity.OtpOrder;
import dev.naru.connector.identity.OtpSent;
import dev.naru.connector.order.V1Parameters;
import dev.naru.kernel.ImpUid;
import dev.naru.kernel.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Certifications as rows. All that is said of the person is sealed, as one JSON document. */
record CertificationRows(Vault vault, JsonMapper json) {

  private static final TypeReference<Map<String, String>> FLAT = new TypeReference<>() {};

  /** What is sealed: the order while the certification is open, the identity afterwards. */
  record Person(
      @Nullable OtpOrder order,
      @Nullable OtpSent sent,
      @Nullable Window window,
      @Nullable Identity identity,
      @Nullable String origin) {}

  /** What is kept of a window. */
  record Window(
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

  /** The statement with all that may change, and the key. */
  JdbcClient.StatementSpec bound(JdbcClient.StatementSpec statement, Certification of) {
    Columns columns = Columns.of(of.state());
    return statement
        .param("merchant", of.merchantId())
        .param("uid", of.impUid().value())
        .param("state", columns.state())
        .param("tid", of.ref().map(PgRef::tid).orElse(null))
        .param("person", person(of), java.sql.Types.BINARY)
        .param("tries", columns.tries())
        .param("unanswered", columns.unanswered())
        .param("expires", timestamp(columns.expiresAt()), java.sql.Types.TIMESTAMP)
        .param("decided", timestamp(columns.decidedAt()), java.sql.Types.TIMESTAMP)
        .param("why", columns.decline() == null ? null : columns.decline().reason().name())
        .param("code", columns.decline() == null ? null : columns.decline().code())
        .param("text", columns.decline() == null ? null : columns.decline().text());
  }

  /** The sealed document; null once it is forgotten. */
  byte @Nullable [] person(Certification of) {
    Person person = Columns.of(of.state()).person();
    return person == null
        ? null
        : vault.seal(json.writeValueAsString(person), place(of.merchantId(), of.impUid().value()));
  }

  Certification certification(ResultSet row, int n) throws SQLException {
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
    return person(json, vault.open(row.getBytes("person"), place));
  }

  /** Of an order that an earlier version kept, what only some PGs read is V1's parameters. */
  static Person person(JsonMapper json, String clear) {
    JsonNode person = json.readTree(clear);
    if (person.path("order") instanceof ObjectNode order
        && order.remove("options") instanceof ObjectNode options) {
      order.set("ip", options.remove("ip"));
      order.set("bypass", options);
    }
    if (person.path("window").path("order") instanceof ObjectNode order
        && order.remove("options") instanceof ObjectNode options) {
      Map<String, String> flat = json.convertValue(options, FLAT);
      order.set("bypass", json.valueToTree(V1Parameters.bypass(flat)));
    }
    return json.treeToValue(person, Person.class);
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
