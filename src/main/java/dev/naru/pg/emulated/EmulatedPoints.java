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
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.PointAccount;
import dev.naru.kernel.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Welfare points of PGs whose server protocol for them is not public.
 *
 * <p>[inferred] That points can be given back in part: to be checked with KCP.
 */
public final class EmulatedPoints
    implements Emulated,
        Capability.Points,
        Capability.Cancels,
        Capability.PartialCancels,
        Capability.Lookup {

  /** Benepia by a contract with NHN KCP, which V1 calls {@code kcp}. */
  public static final Pg<Config> BENEPIA =
      Emulation.of("kcp-benepia", EmulatedPoints.class, Config.class, EmulatedPoints::new)
          .named("kcp-benepia", "NHN KCP 베네피아", "NHN KCP Benepia")
          .demo(new Config("T0000", new Secret("emulated-site-key-of-kcp")));

  /** The site code at KCP, which stands in V1's {@code pg}, and its key. */
  public record Config(String siteCode, Secret siteKey) {}

  private final Emulation emulation;
  private final EmulatedSales sales;

  EmulatedPoints(Config config, PgHttp http) {
    emulation =
        new Emulation(
            http, config.siteCode(), config.siteKey(), Set.of("user", "password", "name"));
    sales = new EmulatedSales(emulation);
  }

  @Override
  public Outcome<Long> points(String id, PointAccount account) {
    return emulation
        .call("welfare.balance", id, login(account))
        .then(
            answer -> {
              JsonNode points = answer.path("fields").path("points");
              return points.isIntegralNumber()
                  ? new Ok<>(points.asLong(0))
                  : new Unknown<>("no points");
            });
  }

  @Override
  public Outcome<Approval> payPoints(Order order, PointAccount account) {
    return sales.charge("welfare.pay", order, login(account));
  }

  @Override
  public Ends pointsEnds() {
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

  private static ObjectNode login(PointAccount account) {
    ObjectNode fields =
        Emulation.fields().put("user", account.user()).put("password", account.password().reveal());
    if (account.memberCode() != null) {
      fields.put("member_code", account.memberCode());
    }
    return fields;
  }
}
