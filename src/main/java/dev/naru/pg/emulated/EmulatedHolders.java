package dev.naru.pg.emulated;

import dev.naru.connector.Decline;
import dev.naru.connector.Emulated;
import dev.naru.connector.Identifies.AccountHolders;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Declined;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Outcome.Unknown;
import dev.naru.connector.Pg;
import dev.naru.connector.http.PgHttp;
import dev.naru.kernel.Secret;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whose a bank account is. V1 asks no channel for it and does not say who answers, so the PG bears
 * a name of ours.
 */
public final class EmulatedHolders implements Emulated, AccountHolders {

  public static final Pg<Config> BANKHOLDER =
      Emulation.of("bankholder", EmulatedHolders.class, Config.class, EmulatedHolders::new)
          .named("bankholder", "예금주 조회", "Account holder inquiry")
          .demo(new Config("naru-bankholder", new Secret("emulated-key-of-bankholder")));

  private static final String NO_ACCOUNT = "unknown_account";

  /** The account at the PG, and its password. */
  public record Config(String account, Secret password) {}

  private final Emulation emulation;

  EmulatedHolders(Config config, PgHttp http) {
    emulation =
        new Emulation(http, config.account(), config.password(), Set.of("number", "holder"));
  }

  @Override
  public Outcome<Optional<String>> holder(String id, String bank, String number) {
    ObjectNode fields = Emulation.fields().put("bank", bank).put("number", number);
    Outcome<JsonNode> told = emulation.call("account.holder", id, fields);
    if (told instanceof Declined<JsonNode>(Decline no) && NO_ACCOUNT.equals(no.code())) {
      return new Ok<>(Optional.empty());
    }
    return told.then(
        answer -> {
          String holder = answer.path("fields").path("holder").asString("");
          return holder.isBlank() ? new Unknown<>("no holder") : new Ok<>(Optional.of(holder));
        });
  }
}
