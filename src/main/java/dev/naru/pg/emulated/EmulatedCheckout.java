package dev.naru.pg.emulated;

import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Emulated;
import dev.naru.connector.Ends;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Requester;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Visit;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Tree;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Payments through a window, of PGs whose server protocol is not public. A PG that can do more than
 * this is a class of its own that adds its capabilities.
 */
public class EmulatedCheckout
    implements Emulated,
        Capability.Checkout,
        Capability.Cancels,
        Capability.PartialCancels,
        Capability.Lookup {

  /** Of all operations, what is personal or opens a window: the wire log does not show it. */
  private static final Set<String> HIDDEN =
      Form.names(
          """
          token return_url window name memo writer details email tel base detail postcode country
          city zip state street phone firstname lastname
          """);

  /** The account at the PG, which stands in V1's {@code pg}, and its password. */
  public record Config(String account, Secret password) {}

  final Emulation emulation;

  EmulatedCheckout(Config config, PgHttp http) {
    emulation = new Emulation(http, config.account(), config.password(), HIDDEN);
  }

  @Override
  public Outcome<Window> open(Order order, Visit visit) {
    Optional<String> wrong = wrong(order);
    if (wrong.isPresent()) {
      return Outcome.declined(Reason.BAD_REQUEST, wrong.get());
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
        .then(answer -> emulation.window(answer).map(Window.Redirect::new));
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
    return tell("payment.approve", order, fields).read(answer -> EmulatedAnswers.approval(answer));
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
        .read(answer -> EmulatedAnswers.canceled(cancel.id(), answer));
  }

  @Override
  public Ends.OfCancels cancelEnds() {
    return Ends.IDEMPOTENT_RETRY.always();
  }

  @Override
  public Outcome<Optional<PgRecord>> find(
      Order order, @Nullable PgRef ref, Map<String, String> intent) {
    return tell("payment.find", order, Emulation.fields())
        .read(answer -> EmulatedAnswers.record(order, answer))
        .absentIf(no -> no.is(Emulation.UNKNOWN_TRANSACTION));
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
        .read(answer -> Instant.parse(Tree.text(answer.path("fields"), "at")));
  }

  static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  static Money money(JsonNode node, String field) {
    return Money.krw(node.required(field).longValue());
  }
}
