package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Capability.ChargeKey;
import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Capability.Cvs;
import dev.naru.connector.Capability.Points;
import dev.naru.connector.Connector;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Identifies.IdentityOtp;
import dev.naru.connector.Identifies.IdentityWindow;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgKey;
import dev.naru.connector.identity.IdentityOrder;
import dev.naru.connector.identity.OtpOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.PointAccount;
import dev.naru.connector.window.Returned;
import dev.naru.kernel.Secret;
import dev.naru.pg.Rig.Lack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Every row of every table of reasons: what the connector makes of a PG that answers so. */
@Execution(ExecutionMode.CONCURRENT)
final class ReasonsContractTest {

  private static final World WORLD = World.get();
  private static final String SUFFIX = "-declines.tsv";
  private static final String MAYBE = "UNKNOWN";

  /** A table's file, with each PG that says no by it. */
  static Stream<Arguments> tables() {
    return Rig.some(
        files()
            .flatMap(
                file -> sayingNoBy(file).filter(Rig::isAsked).map(rig -> Arguments.of(rig, file))));
  }

  private static Stream<Path> files() {
    try (Stream<Path> all = Files.walk(Path.of("src/main/resources"))) {
      return all.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The PG that the table is called after; of one of emulated PGs, all that can be asked. */
  private static Stream<Rig> sayingNoBy(Path file) {
    String table = file.getFileName().toString().replace(SUFFIX, "");
    return Rig.ALL.stream()
        .filter(rig -> table.equals("emulated") ? rig.pg().emulated() : table.equals(rig.code()))
        .filter(ReasonsContractTest::isPayingOrIdentity);
  }

  private static boolean isPayingOrIdentity(Rig rig) {
    return Stream.of(
            ChargeKey.class,
            Checkout.class,
            Points.class,
            Cvs.class,
            IdentityOtp.class,
            IdentityWindow.class)
        .anyMatch(rig::can);
  }

  /** Codes or words with their reasons; of two lines for the same the first counts. */
  private static Map<String, String> rows(Path file) {
    Map<String, String> rows = new LinkedHashMap<>();
    try {
      Files.readAllLines(file).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\t", 2))
          .forEach(row -> rows.putIfAbsent(row[0], row[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  @Test
  void everyTableIsSomebodys() {
    assertThat(files()).hasSizeGreaterThan(8);
    assertThat(files()).allSatisfy(file -> assertThat(sayingNoBy(file)).isNotEmpty());
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyRowIsRead(Rig rig, Path table) {
    Map<String, String> read = new LinkedHashMap<>();
    try (Answering pg = new Answering()) {
      Connector connector = rig.at(pg.url());
      for (String said : rows(table).keySet()) {
        read.put(said, reason(rig, pg, connector, said));
      }
    }
    assertThat(read).isEqualTo(rows(table));
  }

  /** A no of a kind that nobody told us of is one as far as anybody can tell, or none at all. */
  @ParameterizedTest
  @MethodSource("tables")
  void whatNoTableKnowsIsLookedAtAgain(Rig rig, Path table) {
    try (Answering pg = new Answering()) {
      assertThat(reason(rig, pg, rig.at(pg.url()), "ZZ99")).isIn(Reason.UNLISTED.name(), MAYBE);
    }
    assertThat(Reason.UNLISTED.isDoubtful()).isTrue();
    assertThat(Reason.LIMIT_EXCEEDED.isDoubtful()).isFalse();
  }

  private static String reason(Rig rig, Answering pg, Connector connector, String said) {
    boolean word = rig.no().isInWords() || said.matches("[가-힣 ]+");
    String code = word ? "X1" : said;
    String body = rig.no().saying(code, word ? said : "no");
    pg.with(rig.no().status(), body);
    return switch (rig.lacks(Lack.OPENING) ? brought(connector, body) : asked(rig, connector)) {
      case Outcome.Declined<?>(Decline no) -> {
        assertThat(no.code()).isEqualTo(code);
        assertThat(no.text()).isNotBlank();
        yield no.reason().name();
      }
      case Outcome.Unknown<?> _ -> MAYBE;
      case Outcome<?> other -> other.toString();
    };
  }

  /** A question that nothing but the answer decides. */
  private static Outcome<?> asked(Rig rig, Connector connector) {
    Order order = rig.order(1_000);
    return switch (connector) {
      case ChargeKey one -> one.charge(order, new PgKey(new Secret("key"), Means.OWNER, null));
      case Checkout one -> one.open(order, WORLD.visit(false));
      case Points one -> one.payPoints(order, new PointAccount(Means.GOOD, Means.PASSWORD, null));
      case Cvs one -> one.issue(order, null, null);
      case IdentityOtp one -> one.request(WORLD.otp(World.somebody(), OtpOrder.Means.SMS));
      case IdentityWindow one -> one.open(WORLD.window(0, Map.of()), WORLD.visit(false));
      default -> throw new AssertionError("nothing to ask " + rig);
    };
  }

  /** A window that nobody is asked for tells by its return. */
  private static Outcome<?> brought(Connector connector, String body) {
    IdentityWindow windows = connector.as(IdentityWindow.class).orElseThrow();
    Map<String, String> fields = new LinkedHashMap<>();
    JsonMapper.shared()
        .readTree(body)
        .properties()
        .forEach(field -> fields.put(field.getKey(), field.getValue().asString()));
    IdentityOrder order = WORLD.window(0, Map.of());
    Returned back =
        windows.authenticate(order, Map.of(), Browser.posted(fields, StandardCharsets.UTF_8));
    return back instanceof Returned.Abandoned(Decline no)
        ? new Outcome.Declined<>(no)
        : new Outcome.Ok<>(List.of(back));
  }
}
