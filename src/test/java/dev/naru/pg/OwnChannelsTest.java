package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.AfterSale.OrderLists;
import dev.naru.connector.AfterSale.PartnerReceipts;
import dev.naru.connector.Approval;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.KeyIn;
import dev.naru.connector.Connector;
import dev.naru.connector.Identifies.AccountHolders;
import dev.naru.connector.Identifies.IdentityOtp;
import dev.naru.connector.Identifies.IdentityWindow;
import dev.naru.connector.Outcome;
import dev.naru.connector.Pg;
import dev.naru.connector.PgKey;
import dev.naru.connector.aftercare.PartnerOrder;
import dev.naru.connector.identity.OtpOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Tax;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Money;
import dev.naru.merchant.Channel;
import dev.naru.merchant.Channels;
import dev.naru.merchant.Shops;
import dev.naru.shops.table.ConfigFields;
import dev.naru.testing.Apart;
import dev.naru.testing.Hub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A shop file that describes a channel of every PG with a MID and keys of its own, which no PG ever
 * published: the simulators take them, and no others for that MID.
 */
@Apart
final class OwnChannelsTest {

  private static final World WORLD = World.get();
  private static final JsonMapper JSON = JsonMapper.shared();

  /** What is longer is a certificate. */
  private static final int LONG = 200;

  /** Whose simulator knows the test merchants that it published, and no others yet. */
  private static final Set<String> CLOSED = Set.of("nice_v2");

  @TempDir private static Path folder;

  private static Hub hub;
  private static Map<String, Connector> channels;

  @BeforeAll
  static void start() throws IOException {
    String lines =
        Gateways.ALL.stream().map(OwnChannelsTest::channel).collect(Collectors.joining("\n"));
    Path file =
        Files.writeString(
            folder.resolve("shops.yaml"),
            "shops:\n  - user_code: imp_own\n    channels:\n" + lines + "\n");
    hub = Hub.start(Map.of("naru.shops", file.toString()));
    long shop = hub.bean(Shops.class).find("imp_own").orElseThrow().id();
    channels =
        hub.bean(Channels.class).of(shop).stream()
            .collect(Collectors.toMap(one -> one.pg().code(), Channel::connector));
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  /** Its line in the file: what identifies the shop, and what is secret, is its own. */
  private static String channel(Pg<?> pg) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("pg", pg.code());
    ObjectNode own = own(pg, 1);
    ConfigFields.of(pg).stream()
        .filter(line -> !own.path(line.component()).equals(demo(pg).path(line.component())))
        .forEach(line -> fields.put(line.name(), text(own.path(line.component()))));
    return fields.entrySet().stream()
        .map(field -> field.getKey() + ": \"" + field.getValue() + "\"")
        .collect(Collectors.joining(", ", "      - {", "}"));
  }

  private static ObjectNode demo(Pg<?> pg) {
    return (ObjectNode) JSON.valueToTree(pg.demo());
  }

  private static String text(JsonNode value) {
    return value.isObject() ? value.path("reveal").asString() : value.asString("");
  }

  /** The PG's public test values, with others in the places of MIDs and keys. */
  private static ObjectNode own(Pg<?> pg, int turns) {
    ObjectNode config = demo(pg);
    String first = ConfigFields.of(pg).getFirst().component();
    for (ConfigFields.Line line :
        CLOSED.contains(pg.code()) ? List.<ConfigFields.Line>of() : ConfigFields.of(pg)) {
      String name = line.component();
      String known = text(config.path(name));
      boolean mid = name.equals(first) || name.matches(".*(Mid|Cid|[cC]lientId)");
      // The key pair of a certificate is not made by turning its letters, nor what opens it.
      boolean secret = line.secret() && !name.equals("password");
      if ((mid || secret) && !known.isBlank() && known.length() < LONG) {
        put(config, name, turned(known, turns));
      }
    }
    return config;
  }

  private static void put(ObjectNode config, String name, String value) {
    if (config.path(name).isObject()) {
      ((ObjectNode) config.path(name)).put("reveal", value);
    } else {
      config.put(name, value);
    }
  }

  /** Of the same form: PGs' keys have a head and a length that tell what they are. */
  private static String turned(String known, int turns) {
    StringBuilder text = new StringBuilder(known);
    for (int i = Math.max(0, known.length() - 4); i < known.length(); i++) {
      char one = known.charAt(i);
      text.setCharAt(
          i,
          Character.isDigit(one)
              ? (char) ('0' + (one - '0' + turns) % 10)
              : Character.isUpperCase(one)
                  ? (char) ('A' + (one - 'A' + turns) % 26)
                  : Character.isLowerCase(one) ? (char) ('a' + (one - 'a' + turns) % 26) : one);
    }
    return text.toString();
  }

  private static Rig own(Rig rig) {
    return rig.over(World.present(channels.get(rig.code())));
  }

  static Stream<Arguments> charging() {
    return Means.of(Means.values());
  }

  static Stream<Rig> others() {
    return Rig.some(
        Rig.having().filter(rig -> Stream.of(Means.values()).noneMatch(means -> means.isOf(rig))));
  }

  @ParameterizedTest
  @MethodSource("charging")
  void paysGivesAKeyAndIsCancelled(Rig rig, Means means) {
    Rig own = own(rig);
    Order order = rig.order(1_300, means.method(rig));
    List<PgKey> keys = new ArrayList<>();
    Approval paid = World.ok(means.charge(own, order, Means.GOOD, keys::add));
    assertThat(paid.amount()).isEqualTo(rig.money(1_300));
    assertThat(keys).hasSize(means.name().matches(".*_KEY.*|AUTOPAY") ? 1 : 0);
    if (paid.account() == null) {
      Cancels cancels = own.connector(Cancels.class);
      World.ok(cancels.cancel(WORLD.cancel(order, paid, 1_300, 1_300)));
    }
  }

  @ParameterizedTest
  @MethodSource("others")
  void tellsWhatItIsAsked(Rig rig) {
    Connector own = World.present(channels.get(rig.code()));
    List<Outcome<?>> told = new ArrayList<>();
    own.as(IdentityOtp.class)
        .ifPresent(otp -> told.add(otp.request(WORLD.otp(World.somebody(), OtpOrder.Means.SMS))));
    own.as(IdentityWindow.class).ifPresent(windows -> told.add(person(windows)));
    own.as(AccountHolders.class)
        .ifPresent(holders -> told.add(holders.holder(id(), "088", "110123456789")));
    own.as(PartnerReceipts.class).ifPresent(receipts -> told.add(receipt(rig, receipts)));
    own.as(OrderLists.class)
        .ifPresent(
            lists ->
                told.add(
                    lists.orders(
                        id(),
                        lists.listed().getFirst(),
                        LocalDate.now(ZoneId.of("Asia/Seoul")),
                        1)));
    assertThat(told).isNotEmpty().allMatch(one -> one instanceof Outcome.Ok);
  }

  private static String id() {
    return WORLD.order(1).id();
  }

  private static Outcome<?> person(IdentityWindow windows) {
    return IdentityWindowContractTest.through(
            windows, IdentityWindowContractTest.order(), IdentityWindowContractTest.somebody())
        .confirm(windows);
  }

  /** Of what was paid by the own channel of the PG that it is beside. */
  private static Outcome<?> receipt(Rig rig, PartnerReceipts receipts) {
    Rig beside = own(Rig.named(rig.pg().provider()));
    Approval paid = World.ok(Means.KEY_IN.charge(beside, rig.order(10_000), Means.GOOD));
    PartnerOrder.Share share =
        new PartnerOrder.Share("1234567890", "나루책방", Money.krw(3_000), Tax.NONE);
    return receipts.issueForPartners(new PartnerOrder(id(), paid.ref(), List.of(share)));
  }

  /** Those whose simulator does not take just anybody's MID and keys. */
  static Stream<Rig> choosy() {
    return Rig.some(
        Stream.of("html5_inicis", "settle", "inicis_unified", "kcp_v2").map(Rig::named));
  }

  /** The MID is told of with other keys; or the PG published it with others. */
  @ParameterizedTest
  @MethodSource("choosy")
  void otherKeysAreRefused(Rig rig) {
    ObjectNode published = own(rig.pg(), 2);
    published.properties().stream()
        .filter(field -> !field.getValue().isObject())
        .toList()
        .forEach(field -> published.set(field.getKey(), demo(rig.pg()).get(field.getKey())));
    ObjectNode told = published.deepCopy();
    ObjectNode own = own(rig.pg(), 1);
    own.properties().stream()
        .filter(field -> !field.getValue().isObject())
        .forEach(field -> told.set(field.getKey(), field.getValue()));
    for (ObjectNode config : List.of(published, told)) {
      Connector stranger =
          rig.pg()
              .connect(
                  JSON.treeToValue(config, rig.pg().config()),
                  WORLD.http(rig.pg(), hub.simulatorUrl()));
      stranger
          .as(KeyIn.class)
          .ifPresent(
              keyIn ->
                  assertThat(keyIn.charge(rig.order(1_000), World.card(World.GOOD)))
                      .isNotInstanceOf(Outcome.Ok.class));
      stranger
          .as(IdentityWindow.class)
          .map(windows -> windows.open(WORLD.window(0, Map.of()), WORLD.visit(false)))
          .ifPresent(OwnChannelsTest::refused);
    }
  }

  /** By the server, or by what the browser is shown. */
  private static void refused(Outcome<IdentityWindow.Opened> opened) {
    if (opened instanceof Outcome.Ok<IdentityWindow.Opened>(IdentityWindow.Opened one)) {
      assertThat(WORLD.browser().problem((Window.FormPost) one.window())).isNotBlank();
    } else {
      World.declined(opened);
    }
  }
}
