package dev.naru.pg.emulated;

import dev.naru.connector.Emulated;
import dev.naru.connector.Identifies.IdentityWindow;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.PgRef;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.identity.Identity;
import dev.naru.connector.identity.IdentityOrder;
import dev.naru.connector.identity.Person.Gender;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Visit;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Tree;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Identity verification in a window, of PGs whose server protocol is not public. */
public final class EmulatedIdentityWindow implements Emulated, IdentityWindow {

  /** Inicis' verification by a card (V1: {@code inicis}), which takes no new merchants. */
  public static final Pg<Config> INICIS_CARD =
      Emulation.of(
              "inicis-card",
              EmulatedIdentityWindow.class,
              Config.class,
              EmulatedIdentityWindow::new)
          .named("inicis-card", "KG이니시스 카드 본인인증", "KG Inicis identity by card")
          .demo(new Config("naru-inicis-card", new Secret("inicis-card-test-password")));

  /** The account at the PG, which stands in V1's {@code pg}, and its password. */
  public record Config(String account, Secret password) {}

  private final PgHttp http;
  private final Emulation emulation;

  EmulatedIdentityWindow(Config config, PgHttp http) {
    this.http = http;
    emulation =
        new Emulation(
            http,
            config.account(),
            config.password(),
            Set.of("name", "birth", "gender", "ci", "di", "token", "return_url", "window"));
  }

  @Override
  public Outcome<Opened> open(IdentityOrder order, Visit visit) {
    ObjectNode fields =
        Emulation.fields()
            .put("company", order.company())
            .put("min_age", order.minAge())
            .put("language", visit.language())
            .put("return_url", visit.back().toString());
    if (order.person().name() != null) {
      fields.put("name", order.person().name());
    }
    return emulation
        .call("identity.open", order.id(), fields)
        .read(
            answer -> {
              URI window = URI.create(Tree.text(answer.path("fields"), "window"));
              if (window.isAbsolute()) {
                throw new IllegalArgumentException("a window that is elsewhere");
              }
              URI there = http.at(Emulation.HOST, "").resolve(window);
              return new Opened(new Window.Redirect(there), Map.of());
            });
  }

  @Override
  public Returned authenticate(IdentityOrder order, Map<String, String> memo, PgReturn back) {
    Map<String, String> fields = back.fields(StandardCharsets.UTF_8);
    if (!order.id().equals(fields.get("id")) || !emulation.isSigned(fields)) {
      return new Returned.Forged("not this verification's return, or not signed by the PG");
    }
    return "ok".equals(fields.get("result"))
        ? new Returned.Authenticated(null, Map.of("token", fields.getOrDefault("token", "")))
        : new Returned.Abandoned(
            Emulation.decline(fields.getOrDefault("code", ""), fields.getOrDefault("message", "")));
  }

  @Override
  public Outcome<Identity> confirm(IdentityOrder order, Map<String, String> intent) {
    ObjectNode fields = Emulation.fields().put("token", intent.getOrDefault("token", ""));
    return emulation.call("identity.confirm", order.id(), fields).read(answer -> identity(answer));
  }

  private static Identity identity(JsonNode answer) {
    JsonNode who = answer.path("fields");
    return new Identity(
        new PgRef(Tree.text(answer, "tid")),
        Tree.text(who, "name"),
        LocalDate.parse(Tree.text(who, "birth")),
        Gender.valueOf(Tree.text(who, "gender").toUpperCase(Locale.ROOT)),
        new Secret(Tree.text(who, "ci")),
        new Secret(Tree.text(who, "di")),
        null,
        null);
  }
}
