package dev.naru.pg;

import dev.naru.connector.Approval;
import dev.naru.connector.CancelOrder;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Capability.PartialCancels;
import dev.naru.connector.CardInfo;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Emulated;
import dev.naru.connector.Ends;
import dev.naru.connector.Order;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Declined;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Pending;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.Pg;
import dev.naru.connector.Pg.Mode;
import dev.naru.connector.PgHttp;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRecord.State;
import dev.naru.connector.PgRef;
import dev.naru.connector.PgReturn;
import dev.naru.connector.Requester;
import dev.naru.connector.Returned;
import dev.naru.connector.Visit;
import dev.naru.connector.Window;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Payments through a window, of PGs whose server protocol is not public. A PG that can do more than
 * this is a class of its own that adds its capabilities.
 */
class EmulatedCheckout implements Emulated, Checkout, Cancels, PartialCancels, Lookup {

  static final String UNKNOWN_TRANSACTION = "unknown_transaction";

  /** Of all operations, what is personal or opens a window: the wire log does not show it. */
  private static final Set<String> HIDDEN =
      Set.of(
          "token",
          "return_url",
          "window",
          "name",
          "memo",
          "writer",
          "details",
          "email",
          "tel",
          "base",
          "detail",
          "postcode",
          "country",
          "city",
          "zip",
          "state",
          "street",
          "phone",
          "firstname",
          "lastname");

  /** The account at the PG, which stands in V1's {@code pg}, and its password. */
  public record Config(String account, Secret password) {}

  /** What an emulated PG is called: V1's pg_provider, and its names. */
  record Called(String code, String korean, String english) {}

  private final PgHttp http;
  private final Emulation emulation;

  EmulatedCheckout(Config config, PgHttp http) {
    this.http = http;
    emulation = new Emulation(http, config.account(), config.password(), HIDDEN);
  }

  /** An emulated PG: to be listed in {@link Gateways} and in {@code simulator/emulated.csv}. */
  static Pg<Config> pg(
      Called called,
      Class<? extends EmulatedCheckout> type,
      Config demo,
      Pg.Connects<Config> connects) {
    return new Pg<>(
        called.code(),
        Set.of(),
        called.korean(),
        called.english(),
        type,
        Config.class,
        demo,
        Map.of(Mode.SANDBOX, Emulation.at(called.code())),
        Set.of(),
        Set.of(),
        Duration.ofMinutes(2),
        connects);
  }

  @Override
  public Outcome<Window> open(Order order, Visit visit) {
    Optional<String> wrong = wrong(order);
    if (wrong.isPresent()) {
      return new Declined<>(Decline.of(Reason.BAD_REQUEST, wrong.get()));
    }
    ObjectNode fields =
        Emulation.fields()
            .put("name", order.name())
            .put("amount", order.amount().minor())
            .put("tax_free", order.tax().free())
            .put("method", method(order))
            .put("language", visit.language())
            .put("return_url", visit.back().toString());
    describe(order, fields);
    return tell("payment.open", order, fields)
        .then(answer -> window(answer).map(Window.Redirect::new));
  }

  /** Where a window is that the PG has made: a path of its own, so that nobody is led elsewhere. */
  Outcome<URI> window(JsonNode answer) {
    return TossDesk.readable(
        () -> {
          URI window = URI.create(text(answer.path("fields"), "window"));
          if (window.isAbsolute() || window.getRawAuthority() != null) {
            throw new IllegalArgumentException("a window that is elsewhere");
          }
          return http.at(Emulation.HOST, "").resolve(window);
        });
  }

  /** What keeps a window from being opened for this order; the buyer's page shows it. */
  Optional<String> wrong(Order order) {
    if (!order.amount().currency().equals(Money.KRW)) {
      return Optional.of("원화(KRW) 결제만 지원합니다. (currency)");
    }
    return order.method().equals("vbank")
        ? Optional.of("지원하지 않는 결제수단입니다. (pay_method: vbank)")
        : Optional.empty();
  }

  /** Adds what else this PG wants to know of an order. */
  void describe(Order order, ObjectNode fields) {}

  /** Wallets ignore most of V1's pay_method: the buyer picks in the window. */
  private static String method(Order order) {
    return switch (order.method()) {
      case "trans" -> "transfer";
      case "phone" -> "phone";
      default -> "any";
    };
  }

  @Override
  public Returned authenticate(Order order, PgReturn back) {
    Map<String, String> fields = back.fields(StandardCharsets.UTF_8);
    if (!order.id().equals(fields.get("id"))) {
      return new Returned.Forged("not this order's return");
    }
    if (!emulation.isSigned(fields)) {
      return new Returned.Forged("not signed by the PG");
    }
    if (!"ok".equals(fields.get("result"))) {
      return new Returned.Abandoned(
          Emulation.decline(fields.getOrDefault("code", ""), fields.getOrDefault("message", "")));
    }
    try {
      long amount = Long.parseLong(fields.getOrDefault("amount", ""));
      return new Returned.Authenticated(
          Money.krw(amount), Map.of("token", fields.getOrDefault("token", "")));
    } catch (IllegalArgumentException e) {
      return new Returned.Forged("no amount: " + e.getMessage());
    }
  }

  @Override
  public Outcome<Approval> approve(Order order, Map<String, String> intent) {
    ObjectNode fields =
        Emulation.fields()
            .put("token", intent.getOrDefault("token", ""))
            .put("amount", order.amount().minor());
    return tell("payment.approve", order, fields)
        .then(answer -> TossDesk.readable(() -> approval(answer)));
  }

  @Override
  public Ends approveEnds() {
    return Ends.LOOKUP;
  }

  @Override
  public Outcome<Canceled> cancel(CancelOrder cancel) {
    return cancel("payment.cancel", cancel, Emulation.fields());
  }

  /** Has money given back by this operation, whose answer is the payment. */
  Outcome<Canceled> cancel(String operation, CancelOrder cancel, ObjectNode fields) {
    Requester requester = cancel.requester() == null ? Requester.ADMIN : cancel.requester();
    fields
        .put("cancel", cancel.id())
        .put("reason", cancel.reason())
        .put("requester", lower(requester))
        .put("tax_free", cancel.tax().free());
    if (!cancel.reversal()) {
      fields.put("amount", cancel.amount().minor()).put("left", cancel.left().minor());
    }
    return tell(operation, cancel.order(), fields)
        .then(answer -> TossDesk.readable(() -> canceled(cancel.id(), answer)));
  }

  @Override
  public Ends cancelEnds() {
    return Ends.IDEMPOTENT_RETRY;
  }

  @Override
  public Outcome<Optional<PgRecord>> find(
      Order order, @Nullable PgRef ref, Map<String, String> intent) {
    return switch (tell("payment.find", order, Emulation.fields())) {
      case Ok<JsonNode>(JsonNode answer) ->
          TossDesk.readable(() -> Optional.of(record(order, answer)));
      case Declined<JsonNode>(Decline no) when UNKNOWN_TRANSACTION.equals(no.code()) ->
          new Ok<>(Optional.empty());
      // Any other no says nothing about the transaction.
      case Declined<JsonNode>(Decline no) -> new Unknown<>(no.message());
      case Pending<JsonNode> pending -> new Unknown<>(pending.toString());
      case Unknown<JsonNode>(String why) -> new Unknown<>(why);
    };
  }

  /** Has an operation on an order done; what the PG answers stands in its {@code fields}. */
  Outcome<JsonNode> tell(String operation, Order order, ObjectNode fields) {
    return emulation.call(operation, order.id(), fields);
  }

  /** The same about something else than an order, by its id. */
  Outcome<JsonNode> tell(String operation, String id, ObjectNode fields) {
    return emulation.call(operation, id, fields);
  }

  /** The same, where nothing but the time is answered. */
  Outcome<Instant> told(String operation, Order order, ObjectNode fields) {
    return tell(operation, order, fields)
        .then(answer -> TossDesk.readable(() -> Instant.parse(text(answer.path("fields"), "at"))));
  }

  static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private static Approval approval(JsonNode answer) {
    JsonNode payment = answer.path("fields");
    return new Approval(
        new PgRef(text(answer, "tid")),
        money(payment, "amount"),
        Instant.parse(text(payment, "at")),
        text(payment, "method"),
        null,
        optional(payment, "apply_num"),
        card(payment.path("card")),
        payment.path("quota").asInt(0),
        null,
        optional(payment, "bank"),
        null,
        Map.of());
  }

  private static @Nullable CardInfo card(JsonNode card) {
    if (!card.isObject()) {
      return null;
    }
    String code = optional(card, "company");
    return new CardInfo(
        code, CodeTable.CARDS.get(code), null, null, null, null, optional(card, "number"), null);
  }

  private static PgRecord record(Order order, JsonNode answer) {
    JsonNode payment = answer.path("fields");
    Money none = Money.zero(order.amount().currency());
    return switch (text(payment, "status")) {
      case "authenticated" -> new PgRecord(State.RUNNING, Optional.empty(), none);
      case "paid" -> paid(State.PAID, answer);
      case "cancelled" -> paid(State.CANCELED, answer);
      case "dead" -> new PgRecord(State.DEAD, Optional.empty(), none);
      default -> throw new IllegalArgumentException("status " + text(payment, "status"));
    };
  }

  private static PgRecord paid(State state, JsonNode answer) {
    return new PgRecord(
        state, Optional.of(approval(answer)), money(answer.path("fields"), "balance"));
  }

  private static Canceled canceled(String id, JsonNode answer) {
    JsonNode ours =
        StreamSupport.stream(answer.path("fields").path("cancels").spliterator(), false)
            .filter(one -> one.path("cancel").asString("").equals(id))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("an answer without the cancel"));
    return new Canceled(new PgRef(text(ours, "tid")), Instant.parse(text(ours, "at")), null);
  }

  static Money money(JsonNode node, String field) {
    return Money.krw(node.required(field).longValue());
  }

  static String text(JsonNode node, String field) {
    return node.required(field).stringValue();
  }

  static @Nullable String optional(JsonNode node, String field) {
    String text = node.path(field).asString("");
    return text.isEmpty() ? null : text;
  }
}
