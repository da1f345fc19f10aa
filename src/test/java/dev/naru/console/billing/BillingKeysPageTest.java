package dev.naru.console.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.account.Role;
import dev.naru.api.Shop;
import dev.naru.kernel.HubClock;
import dev.naru.merchant.ChannelSetup;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.setup.ChannelDraft;
import dev.naru.merchant.setup.SetUp;
import dev.naru.testing.ConsolePeople;
import dev.naru.testing.ConsoleVisitor;
import dev.naru.testing.Hub;
import dev.naru.testing.OwnOrders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Billing keys at the console, and the hour of the daily retry. */
@OwnOrders
class BillingKeysPageTest {

  /** Toss Payments' public test value. */
  private static final String SECRET = "test_gsk_docs_OaPz8L5KdmQXkzRz3y47BMw6";

  private static final String KEYS = "/console/subscriptions/keys";
  private static final String RECOVERY = "/console/subscriptions/recovery";

  private final Hub hub = Hub.shared();
  private final ConsolePeople people = new ConsolePeople(hub);
  private final Shop shop = Shop.fresh();
  private final Plans plans = new Plans(shop);
  private final ConsoleVisitor owner = visitor(shop, Role.OWNER);

  private ConsoleVisitor visitor(Shop of, Role role) {
    return people.visitor(people.of(of.merchant(), role));
  }

  private Instant tomorrow() {
    return hub.bean(HubClock.class).instant().plus(Duration.ofDays(1));
  }

  private String confirm(String customer) {
    return KEYS + "/delete?of=" + shop.merchant().id() + "&uid=" + customer;
  }

  private HttpResponse<String> delete(ConsoleVisitor by, String customer, boolean revokes) {
    return by.post(
        "/console/account",
        KEYS + "/delete",
        Map.of(
            "of",
            Long.toString(shop.merchant().id()),
            "uid",
            customer,
            "revokes",
            Boolean.toString(revokes)));
  }

  @Test
  void aKeyIsShownWithoutWhatChargesIt() {
    String customer = plans.customer();
    String stored =
        shop.api().get("/subscribe/customers/" + customer).response().path("pg_id").asString();
    String body = owner.get(KEYS).body();
    assertThat(body).contains(customer, "****").doesNotContain("1234-1234-1234-1234", stored + "<");
    assertThat(owner.get(KEYS + "?q=" + customer).body()).contains(customer);
    assertThat(owner.get(KEYS + "?q=nobody").body()).doesNotContain(customer);
    assertThat(owner.get(KEYS + "?q=%00&after=x").statusCode()).isEqualTo(200);
  }

  @Test
  void deletingSaysWhatItStopsAndRevokesIt() {
    String customer = plans.customer();
    String first = plans.waiting(customer, tomorrow(), "하나", 1_000);
    String second = plans.waiting(customer, tomorrow(), "둘", 2_000);
    assertThat(owner.get(confirm(customer)).body()).contains("2건");
    assertThat(delete(owner, customer, true).statusCode()).isEqualTo(302);
    assertThat(plans.state(first)).isEqualTo("revoked");
    assertThat(plans.state(second)).isEqualTo("revoked");
    assertThat(owner.get(KEYS).body()).doesNotContain(customer);
    assertThat(delete(owner, customer, true).statusCode()).isEqualTo(404);
  }

  /** A key that the PG keeps goes on being charged: what waits for it must wait on. */
  @Test
  void whatThePgRefusesChangesNothing() {
    String customer = plans.customer();
    String order = plans.waiting(customer, tomorrow(), "하나", 1_000);
    SetUp toss = channel();
    secretKey(toss, "a_key_of_nobody");
    HttpResponse<String> refused = delete(owner, customer, true);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(plans.state(order)).isEqualTo("scheduled");
    assertThat(owner.get(KEYS).body()).contains(customer);
    secretKey(toss, SECRET);
    assertThat(delete(owner, customer, true).statusCode()).isEqualTo(302);
    assertThat(plans.state(order)).isEqualTo("revoked");
  }

  private SetUp channel() {
    return hub.bean(ChannelSetup.class).list(shop.merchant().id()).stream()
        .filter(one -> one.pg().code().equals(Shop.TOSS))
        .findFirst()
        .orElseThrow();
  }

  /** Gives the shop's channel to Toss Payments another secret key, as its form does. */
  private void secretKey(SetUp toss, String secret) {
    Map<String, String> fields = new HashMap<>();
    hub.bean(ChannelSetup.class)
        .form(Shop.TOSS, toss.mode())
        .fields()
        .forEach(field -> fields.put(field.name(), String.valueOf(field.sample())));
    fields.put("secretKey", secret);
    fields.put("mid", toss.mid());
    ChannelDraft draft =
        new ChannelDraft(Shop.TOSS, toss.mode(), toss.name(), toss.key(), fields, false);
    hub.bean(ChannelSetup.class).edit(Actor.HUB, shop.merchant().id(), toss.key(), draft);
  }

  @Test
  void schedulesStayIfThatIsWanted() {
    String customer = plans.customer();
    String order = plans.waiting(customer, tomorrow(), "하나", 1_000);
    assertThat(delete(owner, customer, false).statusCode()).isEqualTo(302);
    assertThat(plans.state(order)).isEqualTo("scheduled");
  }

  @Test
  void nobodyElseDeletesIt() {
    String customer = plans.customer();
    ConsoleVisitor reader = visitor(shop, Role.READ_ONLY);
    assertThat(reader.get(KEYS).body()).contains(customer).doesNotContain("/keys/delete");
    assertThat(delete(reader, customer, true).statusCode()).isEqualTo(403);
    ConsoleVisitor stranger = visitor(Shop.fresh(), Role.OWNER);
    assertThat(stranger.get(KEYS).body()).doesNotContain(customer);
    assertThat(stranger.get(confirm(customer)).statusCode()).isEqualTo(404);
    assertThat(delete(stranger, customer, true).statusCode()).isEqualTo(404);
    ConsoleVisitor sub = visitor(shop.tier("AAA"), Role.SUB_MANAGER);
    assertThat(sub.get(KEYS).body()).doesNotContain(customer);
    assertThat(delete(sub, customer, true).statusCode()).isEqualTo(404);
    assertThat(owner.get(KEYS).body()).contains(customer);
  }

  @Test
  void theHourIsSetAndSwitchedOff() {
    String id = Long.toString(shop.merchant().id());
    assertThat(set("5", id, owner).statusCode()).isEqualTo(302);
    assertThat(owner.get(RECOVERY).body()).contains("value=\"5\" selected");
    for (String wrong : new String[] {"0", "24", "x", "99999"}) {
      assertThat(set(wrong, id, owner).statusCode()).as(wrong).isEqualTo(422);
    }
    assertThat(set("", id, owner).statusCode()).isEqualTo(302);
    assertThat(owner.get(RECOVERY).body()).doesNotContain("value=\"5\" selected");
    ConsoleVisitor stranger = visitor(Shop.fresh(), Role.OWNER);
    assertThat(set("7", id, stranger).statusCode()).isEqualTo(404);
    assertThat(set("7", id, visitor(shop, Role.READ_ONLY)).statusCode()).isEqualTo(403);
  }

  private static HttpResponse<String> set(String hour, String of, ConsoleVisitor by) {
    return by.post("/console/account", RECOVERY, Map.of("of", of, "hour", hour));
  }
}
