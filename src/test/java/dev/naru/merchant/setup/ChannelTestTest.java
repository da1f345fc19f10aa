package dev.naru.merchant.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Pg;
import dev.naru.merchant.ChannelSetup;
import dev.naru.merchant.Merchant;
import dev.naru.merchant.Shops;
import dev.naru.merchant.audit.Actor;
import dev.naru.merchant.setup.ChannelTest.Result;
import dev.naru.merchant.setup.ChannelTest.Tested;
import dev.naru.pg.Gateways;
import dev.naru.testing.Hub;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether a channel works is seen without anything being done at the PG. */
class ChannelTestTest {

  private final Hub hub = Hub.shared();
  private final Merchant shop = hub.bean(Shops.class).create(Actor.HUB, "상점", null);

  static List<String> all() {
    return Gateways.ALL.stream().map(Pg::code).toList();
  }

  static List<String> lookedUp() {
    return Gateways.ALL.stream()
        .filter(pg -> Lookup.class.isAssignableFrom(pg.type()))
        .map(Pg::code)
        .toList();
  }

  private Tested tested(String pg, boolean wrong) {
    ChannelSetup setup = hub.bean(ChannelSetup.class);
    Map<String, String> fields = new HashMap<>();
    setup
        .form(pg, Pg.Mode.SANDBOX)
        .fields()
        .forEach(
            field -> {
              String sample = String.valueOf(field.sample());
              boolean other = wrong && field.secret() && field.kind() == ConfigForm.Kind.TEXT;
              fields.put(field.name(), other ? turned(sample) : sample);
            });
    String key =
        setup
            .add(
                Actor.HUB,
                shop.id(),
                new ChannelDraft(pg, Pg.Mode.SANDBOX, "채널", null, fields, false))
            .key();
    return hub.bean(ChannelTest.class).test(shop.id(), key);
  }

  /** As long as it was, of the same letters. */
  private static String turned(String secret) {
    return new StringBuilder(secret).reverse().toString();
  }

  @ParameterizedTest
  @MethodSource("all")
  void theRightCredentialsAreTaken(String pg) {
    Tested tested = tested(pg, false);
    assertThat(tested.result())
        .as(tested.toString())
        .isEqualTo(lookedUp().contains(pg) ? Result.OK : Result.NOT_POSSIBLE);
    assertThat(tested.text()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("lookedUp")
  void wrongOnesAreRefused(String pg) {
    Tested tested = tested(pg, true);
    assertThat(tested.result()).as(tested.toString()).isEqualTo(Result.REFUSED);
    assertThat(tested.text()).isNotBlank();
  }
}
