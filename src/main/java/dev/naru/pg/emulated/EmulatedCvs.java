package dev.naru.pg.emulated;

import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability;
import dev.naru.connector.Emulated;
import dev.naru.connector.Ends;
import dev.naru.connector.Notice;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.window.PgReturn;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Digests;
import dev.naru.pg.kit.Tree;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Barcodes for the tills of convenience stores, of PGs whose server protocol is not public. The PG
 * asks before it takes the money, and tells when it has: both signed with the channel's key.
 *
 * <p>[inferred] That a barcode is cancelled as a whole only, and that an unpaid one is good for
 * three days: to be checked with Galaxia.
 */
public final class EmulatedCvs
    implements Emulated,
        Capability.Cvs,
        Capability.Cancels,
        Capability.Lookup,
        Capability.Notifies {

  public static final Pg<Config> GALAXIA =
      Emulation.of("galaxia", EmulatedCvs.class, Config.class, EmulatedCvs::new)
          .named("galaxia", "갤럭시아머니트리", "Galaxia MoneyTree")
          .demo(
              new Config(
                  "naru_cvs",
                  new Secret("emulated-key-of-galaxia"),
                  new Secret("emulated-iv-of-galaxia")));

  /** Has the signature of a notice, by a key of its order: see {@code docs/emulation.md}. */
  private static final String SIGNATURE = "Naru-Emulation-Signature";

  private static final String YES = "{\"result\":\"ok\"}";
  private static final String NO =
      "{\"result\":\"declined\",\"code\":\"refused\",\"message\":\"가맹점에서 결제를 거절하였습니다.\"}";

  /**
   * The fields of a contract with Galaxia.
   *
   * @param key signs notices, and is the password of the account
   * @param iv not used by the emulation
   */
  public record Config(String mid, Secret key, Secret iv) {}

  private final Emulation emulation;
  private final EmulatedSales sales;

  EmulatedCvs(Config config, PgHttp http) {
    emulation = new Emulation(http, config.mid(), config.key(), Set.of("name"));
    sales = new EmulatedSales(emulation);
  }

  @Override
  public Outcome<Approval> issue(Order order, @Nullable String barcode, @Nullable Instant until) {
    ObjectNode fields = Emulation.fields();
    if (barcode != null) {
      fields.put("barcode", barcode);
    }
    if (until != null) {
      fields.put("expires_at", until.toString());
    }
    return sales.charge("cvs.issue", order, fields);
  }

  @Override
  public Outcome<Instant> revoke(Order order, PgRef ref, String reason) {
    ObjectNode fields = Emulation.fields().put("reason", reason);
    return emulation.call("cvs.revoke", order.id(), fields).map(answer -> emulation.http().now());
  }

  @Override
  public Ends cvsEnds() {
    return Ends.LOOKUP;
  }

  @Override
  public Outcome<Canceled> cancel(CancelOrder cancel) {
    return sales.cancel(cancel);
  }

  @Override
  public Ends.OfCancels cancelEnds() {
    return Ends.IDEMPOTENT_RETRY.always();
  }

  @Override
  public Outcome<Optional<PgRecord>> find(
      Order order, @Nullable PgRef ref, Map<String, String> intent) {
    return sales.find(order);
  }

  @Override
  public Notice read(PgReturn raw) {
    JsonNode notice;
    try {
      notice = JsonMapper.shared().readTree(new String(raw.body(), StandardCharsets.UTF_8));
    } catch (JacksonException unreadable) {
      return new Notice.Unreadable("not JSON");
    }
    String expected = emulation.signature(Tree.said(notice, "id"), raw.body());
    return Digests.isSame(expected, raw.header(SIGNATURE).orElse(""))
        ? read(notice)
        : new Notice.Forged("wrong signature");
  }

  private static Notice read(JsonNode notice) {
    String orderId = Tree.said(notice, "id");
    JsonNode fields = notice.path("fields");
    String barcode = Tree.said(fields, "barcode");
    return switch (Tree.said(notice, "event")) {
      case "cvs.confirm" ->
          new Notice.AtTill(orderId, barcode, Tree.said(fields, "pay_type"), YES, NO);
      case "cvs.paid" -> {
        Instant at = EmulatedSales.time(fields, "at");
        long amount = fields.path("amount").asLong(-1);
        yield at == null || amount < 0
            ? new Notice.Forged("no time or no amount")
            : new Notice.Deposited(
                orderId,
                new PgRef(Tree.said(notice, "tid")),
                barcode,
                Money.krw(amount),
                at,
                null,
                null,
                YES);
      }
      default -> new Notice.Ignored(YES);
    };
  }
}
