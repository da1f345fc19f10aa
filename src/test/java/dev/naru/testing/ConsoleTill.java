package dev.naru.testing;

import dev.naru.connector.Pg;
import dev.naru.kernel.Secret;
import dev.naru.merchant.ApiKeys;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.reach.PgDirectory;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A shop that takes payments by a channel of its own, for tests of what the console shows. */
public final class ConsoleTill {

  private static final String PG = "tosspayments";

  private final Api api;
  private final Merchant shop;
  private final String pg;

  private ConsoleTill(Api api, Merchant shop, String pg) {
    this.api = api;
    this.shop = shop;
    this.pg = pg;
  }

  /** A channel and a key for this shop. */
  public static ConsoleTill of(Hub hub, Merchant shop) {
    Pg<?> pg = hub.bean(PgDirectory.class).find(PG).orElseThrow();
    String key = "channel-key-" + UUID.randomUUID();
    hub.bean(Channels.class).add(shop.id(), key, pg, Pg.Mode.SANDBOX, pg.sample().get());
    ApiKeys.Issued issued = hub.bean(ApiKeys.class).issue(Actor.HUB, shop.id(), "test");
    Secret secret = issued.secret();
    return new ConsoleTill(new Api(hub.url(), issued.impKey(), secret.reveal()), shop, PG);
  }

  public Merchant shop() {
    return shop;
  }

  /** Sells something; gives the payment. */
  public JsonNode sell(long amount) {
    return charge(amount, Api.GOOD_CARD);
  }

  /** A card that is declined. */
  public JsonNode decline(long amount) {
    return charge(amount, "4000-0000-0000-0002");
  }

  private JsonNode charge(long amount, String card) {
    String order = Api.newOrder();
    Map<String, Object> wanted = Api.keyIn(order, pg, card);
    wanted.put("amount", amount);
    api.post("/subscribe/payments/onetime", wanted);
    return api.get("/payments/find/" + order).response();
  }

  public void giveBack(JsonNode payment, long amount) {
    Api.Answer answer =
        api.post(
            "/payments/cancel",
            Map.of("imp_uid", payment.path("imp_uid").asString(), "amount", amount));
    if (answer.code() != 0) {
      throw new IllegalStateException(answer.message());
    }
  }
}
