package dev.naru.merchant;

import static dev.naru.testing.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.connector.Capability.KeyIn;
import dev.naru.connector.Pg;
import dev.naru.kernel.Failed;
import dev.naru.merchant.audit.Act;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.audit.Audit;
import dev.naru.merchant.audit.AuditQuery;
import dev.naru.merchant.audit.Audited;
import dev.naru.merchant.setup.ChannelDraft;
import dev.naru.merchant.setup.SetUp;
import dev.naru.testing.Api;
import dev.naru.testing.Hub;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an operator does to channels. */
class ChannelSetupTest {

  private static final Actor ME = Actor.account("7", "김나루", "192.0.2.7");
  private static final String TOSS = "tosspayments";
  private static final String SECRET = "test_gsk_a_secret_that_nobody_may_read";

  private final Hub hub = Hub.shared();
  private final ChannelSetup setup = hub.bean(ChannelSetup.class);
  private final Channels channels = hub.bean(Channels.class);
  private final Merchant shop = hub.bean(Shops.class).create(ME, "상점", null);

  private Map<String, String> samples(String pg) {
    Map<String, String> fields = new HashMap<>();
    setup
        .form(pg, Pg.Mode.SANDBOX)
        .fields()
        .forEach(field -> fields.put(field.name(), String.valueOf(field.sample())));
    return fields;
  }

  private ChannelDraft draft(String pg, Map<String, String> changes) {
    Map<String, String> fields = samples(pg);
    fields.putAll(changes);
    return new ChannelDraft(pg, Pg.Mode.SANDBOX, "채널", null, fields, false);
  }

  private SetUp add(String pg, Map<String, String> changes) {
    return setup.add(ME, shop.id(), draft(pg, changes));
  }

  private List<Audited> audited(Act act) {
    return hub.bean(Audit.class).list(AuditQuery.of(List.of(shop.id())).acts(Set.of(act)));
  }

  @Test
  void aChannelPays() {
    SetUp made = add(TOSS, Map.of());
    assertThat(made.key()).matches("channel-key-[0-9a-f-]{36}");
    ApiKeys.Issued key = hub.bean(ApiKeys.class).issue(ME, shop.id(), "");
    Api api = new Api(hub.url(), key.impKey(), key.secret().reveal());
    Api.Answer paid =
        api.post("/subscribe/payments/onetime", Api.keyIn(Api.newOrder(), TOSS, Api.GOOD_CARD));
    assertThat(paid.response().path("status").asString()).as(paid.message()).isEqualTo("paid");

    setup.disable(ME, shop.id(), made.key());
    assertThat(setup.list(shop.id())).singleElement().matches(channel -> !channel.enabled());
    refused(() -> channels.choose(shop.id(), null, TOSS, KeyIn.class), Refusal.UNKNOWN_PG);
    refused(
        () -> channels.choose(shop.id(), made.key(), null, KeyIn.class), Refusal.UNKNOWN_CHANNEL);
    Api.Answer canceled =
        api.post("/payments/cancel", Map.of("imp_uid", paid.response().path("imp_uid").asString()));
    assertThat(canceled.response().path("status").asString())
        .as(canceled.message())
        .isEqualTo("cancelled");

    setup.enable(ME, shop.id(), made.key());
    setup.enable(ME, shop.id(), made.key());
    assertThat(channels.choose(shop.id(), null, TOSS, KeyIn.class).key()).isEqualTo(made.key());
    assertThat(audited(Act.CHANNEL_ENABLED)).as("once").hasSize(1);
  }

  @Test
  void allThatIsWrongIsToldAtOnceAndNothingIsMade() {
    Map<String, String> fields = samples(TOSS);
    fields.put("mid", "");
    fields.put("clientKey", "가".repeat(3));
    fields.put("other", "x");
    ChannelDraft wrong = new ChannelDraft(TOSS, Pg.Mode.SANDBOX, "채널", null, fields, false);
    assertThatThrownBy(() -> setup.add(ME, shop.id(), wrong))
        .isInstanceOf(Failed.class)
        .hasMessageContainingAll("Merchant id", "Client key", "other");
    assertThat(setup.list(shop.id())).isEmpty();
    assertThat(audited(Act.CHANNEL_ADDED)).isEmpty();
  }

  @Test
  void whatThisHubDoesNotHaveIsRefused() {
    Map<String, String> fields = samples(TOSS);
    refused(
        () ->
            setup.add(
                ME,
                shop.id(),
                new ChannelDraft("nobody", Pg.Mode.SANDBOX, "x", null, fields, false)),
        Refusal.NO_SUCH_PG);
    refused(
        () ->
            setup.add(
                ME, shop.id(), new ChannelDraft(TOSS, Pg.Mode.LIVE, "x", null, fields, false)),
        Refusal.SANDBOX_ONLY);
    refused(
        () ->
            setup.add(
                ME, shop.id(), new ChannelDraft(TOSS, Pg.Mode.SANDBOX, "x", "key", fields, false)),
        Refusal.WRONG_CHANNEL_KEY);
    refused(
        () ->
            setup.add(
                ME, shop.id(), new ChannelDraft(TOSS, Pg.Mode.SANDBOX, " ", null, fields, false)),
        Refusal.WRONG_CHANNEL_NAME);
  }

  @Test
  void oneContractIsOneChannel() {
    SetUp first = add(TOSS, Map.of());
    refused(() -> add(TOSS, Map.of()), Refusal.CHANNEL_EXISTS);
    Map<String, String> other = samples(TOSS);
    other.put("mid", "other");
    ChannelDraft same = new ChannelDraft(TOSS, Pg.Mode.SANDBOX, "채널", first.key(), other, false);
    refused(() -> setup.add(ME, shop.id(), same), Refusal.CHANNEL_KEY_USED);
  }

  @Test
  void aSecretThatIsLeftEmptyStaysAndIsReadNowhere() {
    SetUp made = add(TOSS, Map.of("secretKey", SECRET));
    assertThat(setup.entered(shop.id(), made.key())).containsEntry("secretKey", "");
    ChannelDraft renamed =
        new ChannelDraft(
            TOSS, Pg.Mode.SANDBOX, "새 이름", null, setup.entered(shop.id(), made.key()), true);
    SetUp edited = setup.edit(ME, shop.id(), made.key(), renamed);
    assertThat(edited.name()).isEqualTo("새 이름");
    assertThat(edited.acceptsUnknown()).isTrue();
    assertThat(channels.get(shop.id(), made.key()).name()).isEqualTo("새 이름");
    assertThat(audited(Act.CHANNEL_EDITED).getFirst().after()).contains("\"newSecrets\": []");

    Map<String, String> fields = setup.entered(shop.id(), made.key());
    fields.put("secretKey", "test_gsk_another");
    setup.edit(
        ME,
        shop.id(),
        made.key(),
        new ChannelDraft(TOSS, Pg.Mode.SANDBOX, "새 이름", null, fields, true));
    assertThat(audited(Act.CHANNEL_EDITED)).hasSize(2);
    assertThat(audited(Act.CHANNEL_EDITED).getFirst().after()).contains("\"secretKey\"");
    assertThat(hub.bean(Audit.class).list(AuditQuery.of(List.of(shop.id()))).toString())
        .contains("***")
        .doesNotContain(SECRET)
        .doesNotContain("test_gsk_another");
  }

  @Test
  void whatPaymentsReferToIsFixed() {
    SetUp made = add(TOSS, Map.of());
    Map<String, String> fields = setup.entered(shop.id(), made.key());
    fields.put("mid", "other");
    refused(
        () ->
            setup.edit(
                ME,
                shop.id(),
                made.key(),
                new ChannelDraft(TOSS, Pg.Mode.SANDBOX, "x", null, fields, false)),
        Refusal.CHANNEL_FIXED);
    refused(
        () -> setup.edit(ME, shop.id(), made.key(), draft("settle", Map.of())),
        Refusal.CHANNEL_FIXED);
    refused(() -> setup.edit(ME, 1, made.key(), draft(TOSS, Map.of())), Refusal.UNKNOWN_CHANNEL);
  }

  @Test
  void keysOfWhichNoConnectorCanBeMadeAreRefused() {
    Map<String, String> fields = samples("kcp_v2");
    fields.put("privateKey", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----");
    add(TOSS, Map.of());
    try {
      add("kcp_v2", fields);
    } catch (Failed refused) {
      assertThat(refused).hasMessageContaining("KCP");
    }
    assertThat(channels.of(shop.id())).as("the others go on").isNotEmpty();
  }

  @Test
  void theFirstIsTheDefault() {
    SetUp toss = add(TOSS, Map.of());
    SetUp settle = add("html5_inicis", Map.of());
    assertThat(channels.choose(shop.id(), null, null, KeyIn.class).key()).isEqualTo(toss.key());
    setup.moveFirst(ME, shop.id(), settle.key());
    assertThat(channels.choose(shop.id(), null, null, KeyIn.class).key()).isEqualTo(settle.key());
    List<String> order = new ArrayList<>(List.of(toss.key(), settle.key()));
    setup.order(ME, shop.id(), order);
    assertThat(setup.list(shop.id())).extracting(SetUp::key).isEqualTo(order);
    order.add("channel-key-unknown");
    refused(() -> setup.order(ME, shop.id(), order), Refusal.UNKNOWN_CHANNEL);
  }

  @Test
  void aSubShopSeesWhatItsGiverSwitches() {
    SetUp made = add(TOSS, Map.of());
    Tiers tiers = hub.bean(Tiers.class);
    Merchant tier = tiers.create(ME, shop, "A01", "강남점");
    tiers.give(ME, shop, "A01", made.key());
    assertThat(channels.of(tier.id())).hasSize(1);
    setup.disable(ME, shop.id(), made.key());
    assertThat(channels.of(tier.id())).isEmpty();
    assertThat(channels.byKey(tier.id(), made.key())).isPresent();
    refused(() -> setup.enable(ME, tier.id(), made.key()), Refusal.UNKNOWN_CHANNEL);
    setup.enable(ME, shop.id(), made.key());
    assertThat(channels.of(tier.id())).hasSize(1);
  }
}
