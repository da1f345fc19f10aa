package dev.naru.pg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability;
import dev.naru.connector.Capability.ChargeKey;
import dev.naru.connector.Capability.Checkout;
import dev.naru.connector.Capability.Cvs;
import dev.naru.connector.Capability.IssueKey;
import dev.naru.connector.Capability.KeyIn;
import dev.naru.connector.Capability.OneStepCheckout;
import dev.naru.connector.Capability.Points;
import dev.naru.connector.Capability.QuickPay;
import dev.naru.connector.Capability.QuickWindow;
import dev.naru.connector.Capability.Vbank;
import dev.naru.connector.Capability.WindowKey;
import dev.naru.connector.Capability.WindowKeyCharge;
import dev.naru.connector.Connector;
import dev.naru.connector.Ends;
import dev.naru.connector.KeyedApproval;
import dev.naru.connector.Outcome;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRef;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.PointAccount;
import dev.naru.connector.order.VbankOrder;
import dev.naru.connector.window.PgReturn;
import dev.naru.kernel.Secret;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;

/**
 * All ways in which something is charged, or opened to be paid, and which of them a PG has by its
 * type. A magic number stands for the card, for whoever pays, or for the barcode.
 */
@SuppressWarnings("ImmutableEnumChecker")
public enum Means {
  KEY_IN("card", Means::keyIn, KeyIn.class),
  ISSUED_KEY("card", Means::issuedKey, IssueKey.class, ChargeKey.class),
  WINDOW(null, Means::window, Checkout.class),
  WINDOW_KEY(null, Means::windowKey, WindowKey.class, ChargeKey.class),
  WINDOW_KEY_CHARGE(null, Means::windowKeyCharge, WindowKey.class, WindowKeyCharge.class),
  ONE_STEP("card", Means::oneStep, OneStepCheckout.class),
  POINTS("point", Means::points, Points.class),
  MONEY("point", Means::money, QuickPay.class, QuickWindow.class),
  AUTOPAY("card", Means::autopay, QuickPay.class, QuickWindow.class, ChargeKey.class),
  BARCODE("cvs", Means::barcode, Cvs.class),
  ACCOUNT("vbank", Means::account, Vbank.class);

  /** Whoever every simulator approves, where there is no card. */
  static final String GOOD = "1234567812345678";

  static final Secret PASSWORD = new Secret("benepia-password-4711");
  static final String OWNER = "owner-1234567890";
  static final String HOLDER = "황보예금주";

  private static final World WORLD = World.get();

  /** What charges. */
  private interface Way {
    Outcome<Approval> charge(Rig rig, Order order, String number, Consumer<PgKey> keys);
  }

  private final @Nullable String method;
  private final Way way;
  private final List<Class<? extends Capability>> needs;

  @SafeVarargs
  @SuppressWarnings("varargs")
  Means(@Nullable String method, Way way, Class<? extends Capability>... needs) {
    this.method = method;
    this.way = way;
    this.needs = List.of(needs);
  }

  boolean isOf(Rig rig) {
    return needs.stream().allMatch(rig::can);
  }

  /** V1's pay_method of what it charges. */
  String method(Rig rig) {
    return method == null ? rig.methods().getFirst() : method;
  }

  Outcome<Approval> charge(Rig rig, Order order, String number) {
    return charge(rig, order, number, key -> {});
  }

  /**
   * @param keys gets the billing key, if one comes of it
   */
  Outcome<Approval> charge(Rig rig, Order order, String number, Consumer<PgKey> keys) {
    return way.charge(rig, order, number, keys);
  }

  /** Each PG with each of these that it has. */
  public static Stream<Arguments> of(Means... some) {
    List<Means> asked = List.of(some);
    return Rig.some(
        Rig.having()
            .flatMap(
                rig ->
                    asked.stream()
                        .filter(means -> means.isOf(rig))
                        .map(means -> Arguments.of(rig, means))));
  }

  /** Names of the capabilities by which anything is charged. */
  static Set<String> capabilities() {
    Set<String> names = new TreeSet<>();
    Arrays.stream(values())
        .forEach(means -> means.needs.forEach(one -> names.add(one.getSimpleName())));
    return names;
  }

  private static Outcome<Approval> keyIn(
      Rig rig, Order order, String number, Consumer<PgKey> keys) {
    KeyIn keyIn = rig.connector(KeyIn.class);
    assertThat(keyIn.keyInEnds()).isEqualTo(Ends.LOOKUP);
    return keyIn.charge(order, World.card(number));
  }

  private static Outcome<Approval> issuedKey(
      Rig rig, Order order, String number, Consumer<PgKey> keys) {
    ChargeKey charges = rig.connector(ChargeKey.class);
    assertThat(charges.chargeKeyEnds()).isEqualTo(Ends.LOOKUP);
    return rig.connector(IssueKey.class)
        .issue(WORLD.keyOrder(), World.card(number))
        .then(key -> charges.charge(order, told(key, keys)));
  }

  private static PgKey told(PgKey key, Consumer<PgKey> keys) {
    keys.accept(key);
    return key;
  }

  private static Outcome<Approval> window(
      Rig rig, Order order, String number, Consumer<PgKey> keys) {
    Checkout checkout = rig.connector(Checkout.class);
    PgReturn back =
        WORLD.browser().pay(WORLD.opened(order, checkout.open(order, WORLD.visit(false))), number);
    return checkout.approve(order, WORLD.intent(order, checkout.authenticate(order, back)));
  }

  private static Map<String, String> agreed(WindowKey windows, Order order, String number) {
    PgReturn back =
        WORLD
            .browser()
            .pay(WORLD.opened(order, windows.openForKey(order, OWNER, WORLD.visit(false))), number);
    return WORLD.intent(order, windows.authenticateKey(order, back));
  }

  private static Outcome<Approval> windowKey(
      Rig rig, Order order, String number, Consumer<PgKey> keys) {
    WindowKey windows = rig.connector(WindowKey.class);
    Order asked = rig.order(0);
    return windows
        .issueFromWindow(asked, OWNER, agreed(windows, asked, number))
        .then(key -> rig.connector(ChargeKey.class).charge(order, told(key, keys)));
  }

  private static Outcome<Approval> windowKeyCharge(
      Rig rig, Order order, String number, Consumer<PgKey> keys) {
    Map<String, String> intent = agreed(rig.connector(WindowKey.class), order, number);
    Outcome<KeyedApproval> both =
        rig.connector(WindowKeyCharge.class).chargeFromWindow(order, OWNER, intent);
    return both.map(
        charged -> {
          keys.accept(charged.key());
          return charged.approval();
        });
  }

  private static Outcome<Approval> oneStep(
      Rig rig, Order order, String number, Consumer<PgKey> keys) {
    OneStepCheckout checkout = rig.connector(OneStepCheckout.class);
    PgReturn back =
        WORLD.browser().pay(WORLD.opened(order, checkout.open(order, WORLD.visit(false))), number);
    var unused = checkout.authenticate(order, back);
    assertThat(unused).isNotNull();
    return new Outcome.Ok<>(rig.found(order).orElseThrow().approval().orElseThrow());
  }

  private static Outcome<Approval> points(
      Rig rig, Order order, String number, Consumer<PgKey> keys) {
    Points points = rig.connector(Points.class);
    assertThat(points.pointsEnds()).isEqualTo(Ends.LOOKUP);
    return points.payPoints(order, new PointAccount(number, PASSWORD, "M1"));
  }

  private static String id() {
    return WORLD.order(1).id();
  }

  private static Outcome<Approval> money(
      Rig rig, Order order, String number, Consumer<PgKey> keys) {
    QuickPay pays = rig.connector(QuickPay.class);
    QuickWindow window = rig.connector(QuickWindow.class);
    assertThat(pays.moneyEnds()).isEqualTo(Ends.LOOKUP);
    World.ok(window.join(id(), number));
    PgRef pin = World.ok(window.checkPin(order.id(), number));
    return pays.payMoney(order, number, pin);
  }

  private static Outcome<Approval> autopay(
      Rig rig, Order order, String number, Consumer<PgKey> keys) {
    ChargeKey charges = rig.connector(ChargeKey.class);
    QuickWindow window = rig.connector(QuickWindow.class);
    assertThat(charges.chargeKeyEnds()).isEqualTo(Ends.LOOKUP);
    World.ok(window.join(id(), number));
    PgKey key = World.ok(window.registerAutopay(order.id(), number));
    assertThat(key.owner()).isEqualTo(number);
    return charges.charge(order, told(key, keys));
  }

  private static Outcome<Approval> barcode(
      Rig rig, Order order, String number, Consumer<PgKey> keys) {
    Cvs cvs = rig.connector(Cvs.class);
    assertThat(cvs.cvsEnds()).isEqualTo(Ends.LOOKUP);
    return cvs.issue(order, number.equals(GOOD) ? null : number, null);
  }

  private static Outcome<Approval> account(
      Rig rig, Order order, String number, Consumer<PgKey> keys) {
    Vbank vbank = rig.connector(Vbank.class);
    assertThat(vbank.vbankEnds()).isIn(Ends.LOOKUP, Ends.CANCEL_BY_REF);
    return vbank.open(
        order, new VbankOrder("088", order.at().plus(Duration.ofDays(3)), HOLDER, null, null));
  }

  /** The same on a line on which nobody listens, by the first call that would move money. */
  Outcome<Approval> unplugged(Rig rig, Order order) {
    Connector nobody = rig.unplugged();
    PgKey key = new PgKey(new Secret("key"), OWNER, null);
    return switch (this) {
      case KEY_IN -> of(nobody, KeyIn.class).charge(order, World.card(World.GOOD));
      case ISSUED_KEY, WINDOW_KEY, AUTOPAY -> of(nobody, ChargeKey.class).charge(order, key);
      case POINTS ->
          of(nobody, Points.class).payPoints(order, new PointAccount(GOOD, PASSWORD, null));
      case MONEY -> of(nobody, QuickPay.class).payMoney(order, GOOD, new PgRef("pin"));
      case BARCODE -> of(nobody, Cvs.class).issue(order, null, null);
      case ACCOUNT ->
          of(nobody, Vbank.class)
              .open(
                  order,
                  new VbankOrder("088", order.at().plus(Duration.ofDays(3)), HOLDER, null, null));
      case WINDOW, WINDOW_KEY_CHARGE, ONE_STEP -> throw new AssertionError("opens a window first");
    };
  }

  private static <C extends Capability> C of(Connector connector, Class<C> capability) {
    return Objects.requireNonNull(connector.as(capability).orElse(null));
  }
}
