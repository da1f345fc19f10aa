package dev.naru.pg;

import dev.naru.connector.Approval;
import dev.naru.connector.CancelOrder;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.Cvs;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Capability.Notifies;
import dev.naru.connector.Emulated;
import dev.naru.connector.Ends;
import dev.naru.connector.Notice;
import dev.naru.connector.Order;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.Pg.Mode;
import dev.naru.connector.PgHttp;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.PgReturn;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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
final class EmulatedCvs implements Emulated, Cvs, Cancels, Lookup, Notifies {

  static final Pg<Config> GALAXIA =
      new Pg<>(
          "galaxia",
          Set.of(),
          "갤럭시아머니트리",
          "Galaxia MoneyTree",
          EmulatedCvs.class,
          Config.class,
          new Config(
              "naru_cvs",
              new Secret("emulated-key-of-galaxia"),
              new Secret("emulated-iv-of-galaxia")),
          Map.of(Mode.SANDBOX, Emulation.at("galaxia")),
          Set.of(),
          Set.of(),
          Duration.ofMinutes(2),
          EmulatedCvs::new);

  /** Has the signature of a notice, by a key of its order: see {@code docs/emulation.md}. */
  private static final String SIGNATURE = "Naru-Emulation-Signature";

  private static final String YES = "{\"result\":\"ok\"}";
  private static final String NO =
      "{\"result\":\"declined\",\"code\":\"refused\",\"message\":\"가맹점에서 결제를 거절하였습니다.\"}";
  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * The fields of a contract with Galaxia.
   *
   * @param key signs notices, and is the password of the account
   * @param iv not used by the emulation
   */
  public record Config(String mid, Secret key, Secret iv) {}

  private final Secret key;
  private final Emulation emulation;
  private final EmulatedSales sales;

  EmulatedCvs(Config config, PgHttp http) {
    key = config.key();
    emulation = new Emulation(http, config.mid(), key, Set.of("name"));
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
  public Ends cancelEnds() {
    return Ends.IDEMPOTENT_RETRY;
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
      notice = JSON.readTree(new String(raw.body(), StandardCharsets.UTF_8));
    } catch (JacksonException unreadable) {
      return new Notice.Unreadable("not JSON");
    }
    byte[] ofOrder =
        hmac(
            key.reveal().getBytes(StandardCharsets.UTF_8),
            notice.path("id").asString("").getBytes(StandardCharsets.UTF_8));
    byte[] expected =
        HexFormat.of().formatHex(hmac(ofOrder, raw.body())).getBytes(StandardCharsets.US_ASCII);
    byte[] signature = raw.header(SIGNATURE).orElse("").getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(expected, signature)
        ? read(notice)
        : new Notice.Forged("wrong signature");
  }

  private static Notice read(JsonNode notice) {
    String orderId = notice.path("id").asString("");
    JsonNode fields = notice.path("fields");
    String barcode = fields.path("barcode").asString("");
    return switch (notice.path("event").asString("")) {
      case "cvs.confirm" ->
          new Notice.AtTill(orderId, barcode, fields.path("pay_type").asString(""), YES, NO);
      case "cvs.paid" -> {
        Instant at = EmulatedSales.time(fields, "at");
        long amount = fields.path("amount").asLong(-1);
        yield at == null || amount < 0
            ? new Notice.Forged("no time or no amount")
            : new Notice.Deposited(
                orderId,
                new PgRef(notice.path("tid").asString("")),
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

  private static byte[] hmac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot check a signature", e);
    }
  }
}
