package dev.naru.pg.emulated;

import dev.naru.connector.Emulated;
import dev.naru.connector.Ends;
import dev.naru.connector.Identifies.IdentityOtp;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.Pg;
import dev.naru.connector.PgRef;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.identity.Identity;
import dev.naru.connector.identity.OtpOrder;
import dev.naru.connector.identity.OtpSent;
import dev.naru.connector.identity.Person;
import dev.naru.kernel.Secret;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Identity verification by a code, of PGs whose server protocol is not public. Each is a {@link Pg}
 * below, and says so in the matrix.
 */
public final class EmulatedIdentity implements Emulated, IdentityOtp {

  /**
   * Danal's verification by OTP; the connector of Danal is its window. The account is that of
   * Danal's public samples.
   */
  public static final Pg<Config> DANAL =
      Emulation.of("danal-otp", EmulatedIdentity.class, Config.class, EmulatedIdentity::new)
          .named("danal-otp", "다날 본인인증 OTP", "Danal identity by code")
          .demo(new Config("A010002002", new Secret("bbbbb"), false));

  /**
   * The account at the PG, which stands in V1's {@code pg} (Danal: CPID), and its password.
   *
   * @param carrierApproved the carriers approved that the shop learns phone, carrier, foreigner
   */
  public record Config(String account, Secret password, boolean carrierApproved) {}

  private final Config config;
  private final Emulation emulation;

  EmulatedIdentity(Config config, PgHttp http) {
    this.config = config;
    emulation =
        new Emulation(
            http,
            config.account(),
            config.password(),
            Set.of("name", "phone", "birth", "gender", "foreigner", "otp", "ci", "di"));
  }

  @Override
  public Outcome<OtpSent> request(OtpOrder order) {
    Person person = order.person();
    ObjectNode fields =
        Emulation.fields()
            .put("name", person.name())
            .put("birth", person.birth().toString())
            .put("gender", person.gender().name().toLowerCase(Locale.ROOT))
            .put("foreigner", person.foreigner())
            .put("phone", person.line().phone())
            .put("carrier", person.line().carrier().name())
            .put("mvno", person.line().mvno())
            .put("company", order.company());
    return emulation
        .call("identity.otp.request", order.id(), fields)
        .then(
            answer -> {
              String tid = answer.path("tid").asString("");
              return tid.isEmpty()
                  ? new Unknown<>("no tid")
                  : new Ok<>(new OtpSent(new PgRef(tid), Map.of()));
            });
  }

  @Override
  public Outcome<Identity> confirm(OtpOrder order, OtpSent sent, @Nullable Secret code) {
    ObjectNode fields = Emulation.fields().put("otp", code == null ? "" : code.reveal());
    return emulation
        .call("identity.otp.confirm", order.id(), fields)
        .then(answer -> identity(order, sent, answer.path("fields")));
  }

  @Override
  public Ends confirmEnds() {
    return Ends.IDEMPOTENT_RETRY;
  }

  private Outcome<Identity> identity(OtpOrder order, OtpSent sent, JsonNode fields) {
    String ci = fields.path("ci").asString("");
    String di = fields.path("di").asString("");
    return ci.isEmpty()
        ? new Unknown<>("confirmed without a CI")
        : new Ok<>(
            Identity.of(
                sent.ref(),
                order.person(),
                new Secret(ci),
                di.isEmpty() ? null : new Secret(di),
                config.carrierApproved()));
  }
}
