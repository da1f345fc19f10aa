package dev.naru.pg;

import dev.naru.connector.Approval;
import dev.naru.connector.Capability;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Connector;
import dev.naru.connector.Pg;
import dev.naru.connector.PgRecord;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Order;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A PG as the contract tests know it. What it can do its type tells; here stands what else they
 * must know of it, a line per PG.
 *
 * @param methods V1's words for how its window may be paid, the usual one first
 * @param lacks what it does not do although its type would let one think so
 * @param no how it says no
 * @param settings of its channel, with which it tells all it can of a person
 * @param unread addresses that its window brings back and nobody calls
 * @param own what it is reached by; null: a connector of its public test values
 */
record Rig(
    Pg<?> pg,
    List<String> methods,
    Set<Lack> lacks,
    No no,
    Map<String, Object> settings,
    Set<String> unread,
    @Nullable Connector own) {

  private static final World WORLD = World.get();

  private static final Set<String> ASKED =
      Arrays.stream(System.getProperty("pg", "").split(","))
          .filter(code -> !code.isBlank())
          .collect(Collectors.toSet());

  /** What one may not expect of a PG. */
  enum Lack {
    /**
     * The same attempt again is no repetition to it: only its books tell what came of the first.
     */
    REPETITION,
    /** It says of a card that it is refused, and not why. */
    REASON,
    /** It does not tell which card paid. */
    CARD,
    /** A window that is closed leads to our own page, and says nothing. */
    WORD_OF_CLOSING,
    /** Whose a return is shows only when the PG is asked. */
    NAMED_RETURN,
    /**
     * Its books tell whether a payment stands, and no more: not by which card it was paid, nor what
     * is left of it, nor whether an account was paid into.
     */
    DETAILS_IN_BOOKS,
    /** The delivery of a payment is registered once. */
    DELIVERY_CHANGE,
    /** Its books do not have what was not charged. */
    UNCHARGED,
    /** Its notices tell of deposits alone. */
    NOTICE_OF_PAYMENT,
    /** What it is told after a sale it answers without saying when. */
    TIME_OF_WORD,
    /** Its window for a key shows no amount that it does not charge. */
    SHOWN_AMOUNT,
    /** It has no word for a deposit that a bank took back. */
    DEPOSIT_REVERSAL,
    /** Its window opens without its being asked. */
    OPENING,
    /** Who somebody is it tells once. */
    SECOND_TELLING,
    /** It tells neither gender nor DI. */
    GENDER_AND_DI,
    /** It tells no carrier. */
    CARRIER,
    /** No phone proves who somebody is. */
    PHONE,
    /** Another account is another certificate as well. */
    PLAIN_ACCOUNT
  }

  /** How a PG says no: a status, and a body in which {no} stands for a code and {so} for words. */
  record No(int status, String body) {

    String saying(String code, String text) {
      return body.replace('\'', '"').replace("{no}", code).replace("{so}", text);
    }

    /** It tells by its words alone, not by a code. */
    boolean isInWords() {
      return !body.contains("{no}");
    }
  }

  private static final No EMULATED =
      new No(200, "{'result':'declined','code':'{no}','message':'{so}'}");

  /** In the order of {@link Gateways}. */
  static final List<Rig> ALL =
      List.of(
          of("tosspayments").says(400, "{'code':'{no}','message':'{so}'}"),
          of("html5_inicis")
              .says(200, "{'resultCode':'01','detailResultCode':'X1','resultMsg':'{so}'}")
              .without(Lack.REPETITION)
              .doesNotRead("checkAckUrl"),
          of("settle")
              .says(
                  200,
                  "{'params':{'outStatCd':'0031','outRsltCd':'{no}','outRsltMsg':'{so}'},'data':{}}")
              .without(Lack.REPETITION, Lack.DEPOSIT_REVERSAL),
          of("nice_v2")
              .says(200, "{'ResultCode':'{no}','ResultMsg':'{so}'}")
              .without(
                  Lack.REPETITION,
                  Lack.DETAILS_IN_BOOKS,
                  Lack.DEPOSIT_REVERSAL,
                  Lack.DELIVERY_CHANGE),
          of("kakaopay")
              .says(400, "{'error_code':'{no}','error_message':'{so}'}")
              .by("card")
              .without(Lack.SHOWN_AMOUNT),
          of("tosspay_v2").says(200, "{'code':-1,'errorCode':'{no}','msg':'{so}'}").by("tosspay"),
          of("payco")
              .says(200, "{'code':'{no}','message':'{so}'}")
              .without(Lack.UNCHARGED, Lack.TIME_OF_WORD, Lack.NOTICE_OF_PAYMENT),
          of("naverpay")
              .says(200, "{'code':'{no}','message':'{so}'}")
              .by("card", "trans")
              .without(Lack.UNCHARGED, Lack.TIME_OF_WORD),
          of("paypal_v2")
              .says(422, "{'name':'{no}','details':[{'issue':'{no}','description':'{so}'}]}")
              .by("paypal")
              .without(
                  Lack.REASON,
                  Lack.CARD,
                  Lack.WORD_OF_CLOSING,
                  Lack.NAMED_RETURN,
                  Lack.UNCHARGED,
                  Lack.SHOWN_AMOUNT),
          of("kcp_v2")
              .says(200, "{'res_cd':'{no}','res_msg':'{so}'}")
              .setting("carrierApproved", true)
              .without(Lack.PLAIN_ACCOUNT),
          of("danal")
              .says(200, "RETURNCODE={no}&RETURNMSG={so}")
              .setting("carrierApproved", true)
              .without(Lack.WORD_OF_CLOSING, Lack.SECOND_TELLING),
          of("danal-otp").setting("carrierApproved", true),
          of("inicis_unified")
              .says(200, "{'resultCode':'{no}','resultMsg':'{so}'}")
              .setting("carrierApproved", true)
              .setting("reqSvcCd", "03")
              .without(
                  Lack.NAMED_RETURN,
                  Lack.OPENING,
                  Lack.SECOND_TELLING,
                  Lack.GENDER_AND_DI,
                  Lack.CARRIER),
          of("inicis-card").without(Lack.PHONE),
          of("naverco"),
          of("paymentwall"),
          of("galaxia"),
          of("kcp-benepia"),
          of("kcp_quick"),
          of("bankholder"),
          of("html5_inicis-partner"),
          of("kakaopay-orders"));

  private static Rig of(String code) {
    Pg<?> pg = Gateways.find(code).orElseThrow(() -> new AssertionError("no PG " + code));
    return new Rig(
        pg, List.of("card", "trans", "phone"), Set.of(), EMULATED, Map.of(), Set.of(), null);
  }

  private Rig says(int status, String json) {
    return new Rig(pg, methods, lacks, new No(status, json), settings, unread, own);
  }

  private Rig by(String... others) {
    return new Rig(pg, List.of(others), lacks, no, settings, unread, own);
  }

  private Rig without(Lack... some) {
    return new Rig(pg, methods, Set.of(some), no, settings, unread, own);
  }

  private Rig setting(String name, Object value) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(name, value);
    return new Rig(pg, methods, lacks, no, Map.copyOf(all), unread, own);
  }

  private Rig doesNotRead(String... fields) {
    return new Rig(pg, methods, lacks, no, settings, Set.of(fields), own);
  }

  /**
   * Those that can do all of this; of them the ones that {@code -Dpg} names by code or provider, if
   * it names any.
   */
  @SafeVarargs
  @SuppressWarnings("varargs")
  static Stream<Rig> having(Class<? extends Capability>... capabilities) {
    return some(
        ALL.stream()
            .filter(
                rig ->
                    Arrays.stream(capabilities)
                        .allMatch(one -> one.isAssignableFrom(rig.pg.type())))
            .filter(Rig::isAsked));
  }

  /** There may be none if {@code -Dpg} is given, and a test of none is no failure then. */
  static <T> Stream<T> some(Stream<T> all) {
    List<T> left = all.toList();
    if (left.isEmpty() && !ASKED.isEmpty()) {
      throw new TestAbortedException("not for " + ASKED);
    }
    return left.stream();
  }

  /** Whether {@code -Dpg} is about it, or about none. */
  boolean isAsked() {
    return ASKED.isEmpty() || ASKED.contains(code()) || ASKED.contains(pg.provider());
  }

  static Rig named(String code) {
    return ALL.stream().filter(rig -> rig.code().equals(code)).findFirst().orElseThrow();
  }

  String code() {
    return pg.code();
  }

  boolean lacks(Lack lack) {
    return lacks.contains(lack);
  }

  boolean can(Class<? extends Capability> capability) {
    return capability.isAssignableFrom(pg.type());
  }

  Connector connector() {
    return own == null ? WORLD.connector(pg) : own;
  }

  <C extends Capability> C connector(Class<C> as) {
    return connector().as(as).orElseThrow();
  }

  /** The same, reached by another connector. */
  Rig over(Connector other) {
    return new Rig(pg, methods, lacks, no, settings, unread, other);
  }

  /** The same where somebody else listens. */
  Connector at(URI simulators) {
    return with(Map.of(), simulators);
  }

  /** The same of a channel with other settings. */
  Connector with(Map<String, Object> changes) {
    return with(changes, WORLD.simulators());
  }

  private Connector with(Map<String, Object> changes, URI simulators) {
    JsonMapper json = JsonMapper.shared();
    ObjectNode config = (ObjectNode) json.valueToTree(pg.demo());
    changes.forEach((name, value) -> config.set(name, json.valueToTree(value)));
    return pg.connect(json.treeToValue(config, pg.config()), WORLD.http(pg, simulators));
  }

  /** Speaks to a port on which nobody listens. */
  Connector unplugged() {
    return WORLD.unplugged(pg);
  }

  /** Those of its channel. */
  List<String> secrets() {
    List<String> secrets = new ArrayList<>();
    try {
      for (RecordComponent component : pg.config().getRecordComponents()) {
        // The record is its PG's own affair, hence package-private.
        component.getAccessor().setAccessible(true);
        if (component.getAccessor().invoke(pg.demo()) instanceof Secret(String value)) {
          secrets.add(value);
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("config record of " + code(), e);
    }
    return secrets;
  }

  /** So many of the smallest unit of the PG's money. */
  Money money(long minor) {
    return new Money(minor, connector().currency());
  }

  /** An order to be paid in the usual way. */
  Order order(long minor) {
    return order(minor, methods.getFirst());
  }

  Order order(long minor, String method) {
    return WORLD.order(money(minor), method);
  }

  /** Pays by card, by key-in where the PG has it, else in its window. */
  Approval paid(Order order, String number) {
    return WORLD.paid(pg, order, number);
  }

  /** Of what was paid for an order, the next cancel. */
  CancelOrder cancel(Order order, Approval paid, long minor, long before) {
    int done = charges(order).stream().mapToInt(line -> line.path("cancels").size()).sum();
    return WORLD.cancel(1 + done, order, paid, minor, before);
  }

  /** What the PG's books tell the connector. */
  Optional<PgRecord> found(Order order) {
    return World.ok(connector(Lookup.class).find(order, null, WORLD.intent(order)));
  }

  /** What the PG's books tell of a window that was paid in and charged nothing. */
  Optional<PgRecord.State> uncharged() {
    return lacks(Lack.UNCHARGED) ? Optional.empty() : Optional.of(PgRecord.State.RUNNING);
  }

  /** What the simulator's book says was charged: declined attempts left out. */
  List<JsonNode> charges(Order order) {
    return WORLD.charges(pg, order);
  }

  /** What is still paid for an order by the simulator's book. */
  long left(Order order) {
    return WORLD.paid(pg, order);
  }

  @Override
  public String toString() {
    return code();
  }
}
