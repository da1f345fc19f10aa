package dev.naru.simulator.naverpay;

import dev.naru.simulator.kit.Fake;
import dev.naru.simulator.kit.House;
import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Cancel;
import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Charge.Stage;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Facts;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.facts.Form;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.till.KeyDesk;
import dev.naru.simulator.kit.till.Refusals;
import dev.naru.simulator.kit.till.Replays;
import dev.naru.simulator.kit.till.SaleDesk;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.till.Voice;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.web.Door;
import dev.naru.simulator.kit.web.Fields;
import dev.naru.simulator.kit.web.Letters;
import dev.naru.simulator.kit.window.Texts;
import dev.naru.simulator.kit.window.Windows;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Naver Pay: payments that are reserved, paid in its window and applied for, cancels, the history;
 * keys that its script registers and what they pay; points, confirmed purchases, amounts in cash.
 * Each partner is a merchant.
 */
public final class Naverpay implements Fake, Windows.Flow {

  private static final Letters LETTERS = new Letters("naverpay");
  private static final Map<String, String> CORPS = Cards.codes("naverpay/corps.csv");
  private static final Duration APPLY_WITHIN = Duration.ofMinutes(10);
  private static final Duration REPLAYS_KEPT = Duration.ofDays(1);
  private static final Refusals CODES = Refusals.of("naverpay/codes.csv");
  private static final List<Method> WAYS = List.of(Method.CARD, Method.TRANSFER);
  private static final Pattern API = Pattern.compile("/([\\w-]{2,60})/naverpay/payments/(.+)");

  private final Voice<Charge> paying = voice("approval");
  private final Voice<Charge> canceling = voice("cancel");
  private final Till till;
  private final Ledger ledger;
  private final Replays replays;
  private final SaleDesk desk;
  private final KeyDesk keys;

  /** A request of a partner; the scope is that of its idempotency key, empty without one. */
  private record Asked(String partner, String path, String scope, Fields fields) {

    String text(String name) {
      return fields.text(name);
    }

    /** One is told of alone, even where more might be. */
    String payment() {
      return text("paymentId") + text("paymentIds").replaceAll("\\W", "");
    }

    Order order(String idField) {
      Map<String, String> more = Map.of("free", text("taxExScopeAmount"), "points", "0");
      return new Order(
          partner, text(idField), fields.number("totalPayAmount"), text("productName"), more);
    }
  }

  /** Opens its book. */
  public Naverpay(House house) {
    Texts.add("naverpay/texts.csv");
    till = house.till("naverpay");
    ledger = till.ledger();
    replays = new Replays(till);
    desk = new SaleDesk(till);
    keys = new KeyDesk(till);
    house.windows().add(ledger, this);
  }

  @Override
  public List<Door> doors() {
    return List.of(Door.open("/naverpay", this::handle));
  }

  @Override
  public List<Till> tills() {
    return List.of(till);
  }

  private static Voice<Charge> voice(String yes) {
    return new Voice<>(
        CODES::of,
        no -> error(200, no.code(), no.text()),
        charge -> LETTERS.say(yes, facts(charge)));
  }

  /** What was late is answered to whoever asks again. */
  @Override
  public void landed(Charge charge, String replay) {
    if (!replay.isEmpty()) {
      replays.keep(replay, (charge.cancels().isEmpty() ? paying : canceling).done(charge));
    }
  }

  private Answer handle(Call call) {
    Matcher api = API.matcher(call.path());
    if (call.method().equals("POST") && api.matches()) {
      String key = call.header("X-NaverPay-Idempotency-Key");
      String scope = key == null ? "" : api.group(2) + " " + api.group(1) + " " + key;
      return api(call, new Asked(api.group(1), api.group(2), scope, Fields.of(call)));
    }
    if (call.path().startsWith("/sdk/")) {
      return Answer.Reply.text(200, "text/javascript;charset=UTF-8", Cards.text("naverpay/sdk.js"));
    }
    String id = call.path().equals("/register") ? register(call.params()) : call.path();
    String window = id.replaceFirst("^/payments/", "");
    return ledger.window(window) == null
        ? Answer.Reply.notFound()
        : Windows.enter(ledger, window, call.params().getOrDefault("lang", ""));
  }

  /** The window of its script; empty if it does not open. */
  private String register(Map<String, String> asked) {
    Fields fields = new Fields(asked);
    Order order =
        new Order("", fields.text("merchantUserKey"), 0, fields.text("productName"), Map.of());
    return LETTERS.wrong("register", fields::text).isEmpty() ? opened("key", order, asked) : "";
  }

  private String opened(String flow, Order order, Map<String, String> fields) {
    String id = Numbers.token(20);
    ledger.save(new Entry.Window(id, flow, order, fields, WAYS));
    return id;
  }

  private Answer api(Call call, Asked asked) {
    String wrong = LETTERS.wrong(asked.path(), asked.fields()::text);
    if (!isLetIn(call)) {
      return error(401, "InvalidMerchant", "API 호출 권한이 없습니다");
    }
    if (!wrong.isEmpty() || !asked.scope().matches("(\\S+ \\S+ [\\w-]{1,64})?")) {
      return error(400, "InvalidParameter", "요청 값이 올바르지 않습니다. (" + wrong + ")");
    }
    Charge charge = ledger.charge(asked.payment());
    return ledger.locked(
        charge == null ? asked.scope() : charge.order().id(),
        () -> replays.once(asked.scope(), REPLAYS_KEPT, 409, () -> answer(asked)));
  }

  private Answer answer(Asked asked) {
    Optional<Entry.Key> key = ledger.usable(asked.text("recurrentId"), asked.partner());
    return switch (asked.path()) {
      case "v2/reserve" -> reserve(asked);
      case "v2.2/apply/payment", "recurrent/pay/v3/approval" ->
          about(asked, one -> approve(asked, one));
      case "v1/cancel" -> about(asked, one -> cancel(asked, one));
      case "v1/naverpoint-save", "v1/purchase-confirm" ->
          about(asked, one -> told(asked, one, LETTERS.say("done", Map.of())));
      case "v2/receipt/cash-amount" ->
          about(asked, one -> told(asked, one, cash(one, freeLeft(one))));
      case "v2.2/list/history" -> history(asked.fields(), paid(asked));
      case "recurrent/regist/v1/approval" -> key(fetched(asked), one -> say("registered", one));
      case "recurrent/v1/list" -> key(key, one -> say("keys", one));
      case "recurrent/pay/v3/reserve" -> key(key, one -> reserve(asked, one));
      case "recurrent/expire/v1/request" -> key(key, one -> say("done", keys.end(one)));
      default -> Answer.Reply.notFound();
    };
  }

  private Optional<Entry.Key> fetched(Asked asked) {
    return keys.fetch(asked.text("tempReceiptId"), asked.text("reserveId"), asked.partner());
  }

  private static Answer key(Optional<Entry.Key> known, Function<Entry.Key, Answer> work) {
    return known.map(work).orElseGet(() -> error("Fail"));
  }

  private Answer about(Asked asked, Function<Charge, Answer> work) {
    return ledger
        .charge(asked.payment(), asked.partner())
        .map(work)
        .orElseGet(() -> error("InvalidPaymentId"));
  }

  private Answer told(Asked asked, Charge charge, Answer.Reply yes) {
    Answer.Reply no = paying.refused(Effect.AFTER_REFUSED);
    return desk.take(charge, asked.path(), asked.fields().all(), yes, no);
  }

  private Answer reserve(Asked asked) {
    Map<String, String> fields = new HashMap<>(asked.fields().all());
    fields.put(Windows.POINTS, "0");
    String id = opened("payment", asked.order("merchantPayKey"), fields);
    return LETTERS.say("reserved", Map.of("id", id));
  }

  private Answer reserve(Asked asked, Entry.Key key) {
    String id = begun(asked.order("merchantPayId"), key.means().paidBy(key.id(), 0));
    return LETTERS.say("payment", Map.of("id", id));
  }

  private String begun(Order order, Means means) {
    String id = Seoul.date(till.now()) + "NP" + Numbers.serial(10);
    Order known = order.with(Map.of("auth", Numbers.digits(8)));
    ledger.save(Charge.begun(id, known, means, till.now()));
    return id;
  }

  @Override
  public boolean isToldAfterwards() {
    return true;
  }

  /** What is wrong with a card that pays is found out when it is applied for. */
  @Override
  public Entry.Next finish(Entry.Window window, Means means, String bank) {
    if (window.flow().equals("payment")) {
      Map<String, String> points = Map.of("points", window.field(Windows.POINTS));
      return back(window, Map.of("paymentId", begun(window.order().with(points), means)));
    }
    return means.effect().invalidCard()
        ? back(window, Map.of("resultMessage", "OwnerAuthFail"))
        : back(
            window, Map.of("reserveId", window.id(), "tempReceiptId", keys.grant(window, means)));
  }

  @Override
  public Entry.Next close(Entry.Window window) {
    return back(window, Map.of("resultMessage", "userCancel"));
  }

  private static Entry.Next back(Entry.Window window, Map<String, String> fields) {
    String result = fields.containsKey("resultMessage") ? "Fail" : "Success";
    String url = Form.onto(window.field("returnUrl"), Map.of("resultCode", result));
    return Entry.Next.get(url, fields);
  }

  private Answer approve(Asked asked, Charge charge) {
    if (!charge.isApprovable()) {
      return error(charge.isOpen() ? "AlreadyOnGoing" : "AlreadyComplete");
    }
    Order order = charge.order().with(Map.of("replay", asked.scope()));
    return charge.course().opened().plus(APPLY_WITHIN).isBefore(till.now())
        ? error("TimeExpired")
        : till.approve(charge.with(order), paying);
  }

  private Answer cancel(Asked asked, Charge charge) {
    String no = refused(asked.fields(), charge, freeLeft(charge));
    if (!no.isEmpty()) {
      return error(no);
    }
    desk.note(charge, asked.path(), asked.scope(), asked.fields().all(), false);
    long amount = asked.fields().number("cancelAmount");
    return till.cancel(charge, amount, asked.text("cancelReason"), asked.scope(), canceling);
  }

  private long freeLeft(Charge charge) {
    return Numbers.amount(charge.order().more("free"))
        - desk.sum(charge, "v1/cancel", "taxExScopeAmount");
  }

  /** A payment, or all of the partner's. */
  private Stream<Charge> paid(Asked asked) {
    Stream<Charge> all =
        asked.payment().isEmpty()
            ? ledger.all().filter(one -> one.order().merchant().equals(asked.partner()))
            : ledger.charge(asked.payment(), asked.partner()).stream();
    return all.filter(Charge::paid);
  }

  private static Answer.Reply error(int status, String code, String text) {
    return Answer.Reply.json(status, Map.of("code", code, "message", text));
  }

  private static Answer.Reply error(String code) {
    return error(200, code, LETTERS.error(code));
  }

  /** One client is known with its secret, any other is let in with any. */
  private static boolean isLetIn(Call call) {
    String client = String.valueOf(call.header("X-Naver-Client-Id"));
    String secret = client.equals("NaruNaverpay") ? "naru-secret" : "\\S{8,100}";
    return client.matches("[\\w-]{8,60}")
        && String.valueOf(call.header("X-NaverPay-Chain-Id")).matches("[\\w-]{3,60}")
        && String.valueOf(call.header("X-Naver-Client-Secret")).matches(secret);
  }

  /** Why a cancel is not taken, empty if it is. */
  private static String refused(Fields asked, Charge charge, long freeLeft) {
    long amount = asked.number("cancelAmount");
    long free = asked.number("taxExScopeAmount");
    long left = charge.balance() - amount;
    if (!charge.charged() || charge.cancelIs(Stage.PENDING)) {
      return charge.charged() ? "AlreadyOnGoing" : "InvalidPaymentId";
    }
    if (left < 0) {
      return charge.balance() == 0 ? "AlreadyCanceled" : "OverRemainAmount";
    }
    if (free > freeLeft || asked.number("taxScopeAmount") + free != amount) {
      return free > freeLeft ? "TaxScopeAmtGreaterThanRemainError" : "TaxScopeAmountError";
    }
    boolean compares = asked.text("doCompareRest").equals("1");
    return compares && asked.number("expectedRestAmount") != left ? "RestAmountDiff" : "";
  }

  /** A page of one payment and its cancels, or of those paid in a time. */
  private static Answer history(Fields asked, Stream<Charge> paid) {
    String end = asked.text("endTime");
    List<String> rows =
        paid.flatMap(one -> end.isEmpty() ? rows(one) : Stream.of(facts(one)).filter(at(asked)))
            .map(one -> LETTERS.write("detail", one))
            .toList();
    int size = asked.text("rowsPerPage").isEmpty() ? 20 : (int) asked.number("rowsPerPage");
    int page = (int) Math.max(1, asked.number("pageNumber"));
    List<String> some = rows.stream().skip((page - 1L) * size).limit(size).toList();
    String pages = Integer.toString((rows.size() + size - 1) / size);
    return LETTERS.say("history", Map.of("rows", String.join(",", some), "pages", pages));
  }

  private static Predicate<Map<String, String>> at(Fields asked) {
    return one ->
        one.getOrDefault("paid", "").compareTo(asked.text("startTime")) >= 0
            && one.getOrDefault("paid", "").compareTo(asked.text("endTime")) <= 0;
  }

  private static Stream<Map<String, String>> rows(Charge charge) {
    Stream<Map<String, String>> cancels = charge.cancels().stream().map(one -> row(charge, one));
    return Stream.concat(Stream.of(facts(charge)), cancels);
  }

  private static Map<String, String> row(Charge charge, Cancel cancel) {
    Map<String, String> facts = Facts.of(charge, cancel);
    facts.put("type", charge.order().amount() == cancel.amount() ? "03" : "04");
    facts.put("hist", cancel.id());
    facts.put("amount", Long.toString(cancel.amount()));
    facts.put("paid", String.valueOf(facts.get("at")));
    return paying(facts);
  }

  /** Of a payment, and of its last cancel. */
  private static Map<String, String> facts(Charge charge) {
    List<Cancel> cancels = charge.cancels();
    Map<String, String> facts =
        cancels.isEmpty() ? Facts.of(charge) : Facts.of(charge, cancels.getLast());
    facts.put("type", "01");
    facts.put("hist", charge.id().replace("NP", "HS"));
    if (points(charge) == charge.order().amount()) {
      facts.putAll(Map.of("method", "", "issuer", "", "card", "", "bank", ""));
    }
    facts.put("detail", LETTERS.write("detail", paying(facts)));
    return facts;
  }

  private static Answer say(String name, Entry.Key key) {
    return LETTERS.say(name, paying(Facts.of(key)));
  }

  private static Map<String, String> paying(Map<String, String> facts) {
    facts.put("corp", CORPS.getOrDefault(facts.get("issuer"), ""));
    facts.put("means", facts.getOrDefault("method", "").replace("TRANSFER", "BANK"));
    facts.computeIfPresent("auth", (name, auth) -> "CARD".equals(facts.get("means")) ? auth : "");
    return facts;
  }

  private static long points(Charge charge) {
    return Math.max(0, Numbers.amount(charge.order().more("points")));
  }

  /** What was given back came first out of what was not paid by points; a card is no cash. */
  private static Answer.Reply cash(Charge charge, long freeLeft) {
    long left = charge.balance();
    long points = Math.min(left, points(charge));
    long account = charge.means().method() == Method.TRANSFER ? left - points : 0;
    long total = account + points;
    long free = left == 0 ? 0 : Math.min(freeLeft, left) * total / left;
    long vat = Math.round((total - free) / 11.0);
    Map<String, String> facts = new HashMap<>(Map.of("id", charge.id()));
    Map.of("points", points, "primary", account, "total", total, "supply", total - vat, "vat", vat)
        .forEach((name, amount) -> facts.put(name, amount.toString()));
    return LETTERS.say("cash", facts);
  }
}
