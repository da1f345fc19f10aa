package dev.naru.pg.emulated;

import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability;
import dev.naru.connector.Emulated;
import dev.naru.connector.Ends;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.Pg;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import dev.naru.kernel.Ids;
import dev.naru.kernel.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The easy pay of a shop's own by NHN KCP (QuickPay), whose server protocol is not public.
 *
 * <p>[inferred] That a PIN check is good for one order, and that money and keys can be cancelled in
 * part: to be checked with KCP.
 */
public final class EmulatedQuickPay
    implements Emulated,
        Capability.QuickPay,
        Capability.QuickWindow,
        Capability.ChargeKey,
        Capability.DeleteKey,
        Capability.Cancels,
        Capability.PartialCancels,
        Capability.Lookup {

  public static final Pg<Config> KCP_QUICK =
      Emulation.of("kcp_quick", EmulatedQuickPay.class, Config.class, EmulatedQuickPay::new)
          .named("kcp_quick", "NHN KCP 퀵페이", "NHN KCP QuickPay")
          .demo(
              new Config(
                  "IX0XX", new Secret("emulated-site-key-of-quickpay"), "IX99", "99IX", "나루상점"));

  /** The fields of a contract with KCP. The site code stands in V1's {@code pg}. */
  public record Config(
      String siteCode,
      Secret siteKey,
      String partnerType,
      String partnerSubtype,
      String partnerName) {}

  private final Config config;
  private final Emulation emulation;
  private final EmulatedSales sales;

  EmulatedQuickPay(Config config, PgHttp http) {
    this.config = config;
    emulation = new Emulation(http, config.siteCode(), config.siteKey(), Set.of("key", "name"));
    sales = new EmulatedSales(emulation);
  }

  @Override
  public Partner partner() {
    return new Partner(config.siteCode(), config.partnerType(), config.partnerSubtype());
  }

  @Override
  public Outcome<Approval> payMoney(Order order, String memberId, PgRef pinCheck) {
    return sales.charge(
        "quick.money.pay", order, member(memberId).put("pin_check", pinCheck.tid()));
  }

  @Override
  public Ends moneyEnds() {
    return Ends.LOOKUP;
  }

  @Override
  public Outcome<Approval> charge(Order order, PgKey key) {
    ObjectNode fields = Emulation.fields().put("key", key.key().reveal());
    return sales.charge("quick.autopay.pay", order, fields);
  }

  @Override
  public boolean chargesOrderOnce() {
    return true;
  }

  @Override
  public Ends chargeKeyEnds() {
    return Ends.LOOKUP;
  }

  @Override
  public Outcome<Instant> delete(PgKey key) {
    // No payment is meant, and the call may be repeated: any id will do.
    String id = new Ids(emulation.http()::now).orderId(0);
    ObjectNode fields = Emulation.fields().put("key", key.key().reveal());
    return done(emulation.call("quick.autopay.delete", id, fields));
  }

  @Override
  public Outcome<Instant> deleteMember(String id, String memberId) {
    return done(emulation.call("quick.member.delete", id, member(memberId)));
  }

  @Override
  public Outcome<Instant> releaseFido(String id, String memberId) {
    return done(emulation.call("quick.fido.release", id, member(memberId)));
  }

  @Override
  public Outcome<Instant> join(String id, String memberId) {
    return done(emulation.call("quick.member.join", id, member(memberId)));
  }

  @Override
  public Outcome<PgRef> checkPin(String id, String memberId) {
    return emulation
        .call("quick.pin.check", id, member(memberId))
        .then(
            answer -> {
              String pin = answer.path("fields").path("pin_check").asString("");
              return pin.isEmpty() ? new Unknown<>("no PIN check") : new Ok<>(new PgRef(pin));
            });
  }

  @Override
  public Outcome<PgKey> registerAutopay(String id, String memberId) {
    return emulation
        .call("quick.autopay.register", id, member(memberId))
        .then(
            answer -> {
              JsonNode fields = answer.path("fields");
              String key = fields.path("key").asString("");
              return key.isEmpty()
                  ? new Unknown<>("no key")
                  : new Ok<>(
                      new PgKey(
                          new Secret(key), memberId, EmulatedSales.card(fields.path("card"))));
            });
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

  private Outcome<Instant> done(Outcome<JsonNode> answer) {
    return answer.map(ok -> emulation.http().now());
  }

  private static ObjectNode member(String memberId) {
    return Emulation.fields().put("member", memberId);
  }
}
