package dev.naru.pg.settle;

import dev.naru.connector.Approval;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability;
import dev.naru.connector.Connector;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.Notice;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Pg;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.http.PgHttp;
import dev.naru.connector.order.CancelOrder;
import dev.naru.connector.order.Card;
import dev.naru.connector.order.KeyOrder;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.VbankOrder;
import dev.naru.connector.window.PgReturn;
import dev.naru.connector.window.Returned;
import dev.naru.connector.window.Visit;
import dev.naru.connector.window.Window;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Seoul;
import dev.naru.pg.kit.Tree;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hecto Financial, formerly Settlebank, V1's {@code settle}: windows that charge by themselves, and
 * a JSON API. No net cancel and no idempotency key: what came of a lost answer is looked up by our
 * order id, and a second charge of the same order is refused.
 */
public final class Settle
    implements Connector,
        Capability.KeyIn,
        Capability.IssueKey,
        Capability.ChargeKey,
        Capability.DeleteKey,
        Capability.OneStepCheckout,
        Capability.Cancels,
        Capability.PartialCancels,
        Capability.Vbank,
        Capability.VbankChanges,
        Capability.FixedVbanks,
        Capability.Lookup,
        Capability.Notifies {

  public static final Pg<Config> PG =
      Pg.of(Settle.class, Config.class, Settle::new)
          .named("settle", "헥토파이낸셜", "Hecto Financial")
          .live("ui", "https://npg.settlebank.co.kr")
          .live("api", "https://gw.settlebank.co.kr")
          .test("ui", "https://tbnpg.settlebank.co.kr")
          .test("api", "https://tbgw.settlebank.co.kr")
          .sandbox("ui", "/settle/ui")
          .sandbox("api", "/settle/api")
          .browserHosts("https://npg.settlebank.co.kr", "https://tbnpg.settlebank.co.kr")
          .noticeAddresses("14.34.14.23", "61.252.169.24")
          .demo(
              new Config(
                  "nxca_jt_il",
                  new Secret("ST1009281328226982205"),
                  new Secret("pgSettle30y739r82jtd709yOfZ2yK5K")));

  /**
   * @param licenceKey makes the hashes
   * @param encryptionKey 32 characters, for fields that are encrypted
   */
  public record Config(String mid, Secret licenceKey, Secret encryptionKey) {}

  private static final String ACCOUNTS = "/spay/APIVBank.do";

  private final Config config;
  private final PgHttp http;
  private final SettleCalls calls;
  private final SettleRequest request;

  Settle(Config config, PgHttp http) {
    this.config = config;
    this.http = http;
    this.calls = new SettleCalls(config, http);
    this.request = new SettleRequest(calls::encrypt);
  }

  @Override
  public Outcome<Approval> charge(Order order, Card card) {
    return charged(order, request.card(request.charge(order), card));
  }

  @Override
  public Ends keyInEnds() {
    return Ends.LOOKUP;
  }

  @Override
  public Outcome<PgKey> issue(KeyOrder order, Card card) {
    ObjectNode data =
        request
            .card(Tree.object(), card)
            .put("mchtCustNm", Form.or(order.buyer().name(), "구매자"))
            .put("mchtCustId", order.owner())
            .put("keyRegYn", "Y");
    SettleCalls.Head head =
        SettleCalls.Head.of("/spay/APICardAuth.do", "CA/A4", order.id(), order.at(), "0");
    return calls.post(head, order.id(), data).read(reply -> SettleAnswer.key(order.owner(), reply));
  }

  @Override
  public Outcome<Approval> charge(Order order, PgKey key) {
    ObjectNode data = request.charge(order).put("billKey", key.key().reveal());
    if (key.owner() != null) {
      data.put("mchtCustId", key.owner());
    }
    return charged(order, data);
  }

  @Override
  public boolean chargesOrderOnce() {
    return true;
  }

  @Override
  public Ends chargeKeyEnds() {
    return Ends.LOOKUP;
  }

  @Override
  public Outcome<Instant> delete(PgKey key) {
    Instant now = calls.now();
    // The request needs a number of its own, which must not tell the key.
    String number =
        "del" + SettleCrypto.hash(config.licenceKey(), key.key().reveal(), Seoul.stamp(now));
    ObjectNode data = Tree.object().put("billKey", key.key().reveal());
    SettleCalls.Head head =
        SettleCalls.Head.of("/spay/APICardActionDelkey.do", "CA/A1", number, now, "0");
    return calls.post(head, "", data).map(reply -> calls.now());
  }

  /** A window approves card, transfer, account and phone by itself: there is no call to approve. */
  @Override
  public Outcome<Window> open(Order order, Visit visit) {
    Optional<String> wrong = SettleWindow.wrong(order);
    return wrong.isPresent()
        ? Outcome.declined(Reason.BAD_REQUEST, wrong.get())
        : new Ok<>(
            new Window.FormPost(
                http.at("ui", SettleWindow.path(order)),
                StandardCharsets.UTF_8,
                SettleWindow.form(order, visit, config, calls::encrypt)));
  }

  @Override
  public Returned authenticate(Order order, PgReturn back) {
    return SettleWindow.read(order, config.mid(), back);
  }

  /**
   * What goes back, and to where, depends on how it was paid. An account that nobody paid into is
   * closed instead, when a reversal asks for it.
   */
  @Override
  public Outcome<Canceled> cancel(CancelOrder cancel) {
    String method =
        cancel.memo().getOrDefault("method", SettleRequest.method(cancel.order().method()));
    boolean account = method.equals("VA");
    if (account && cancel.refund() == null) {
      String number = cancel.memo().get("account");
      return cancel.reversal() && number != null
          ? close(cancel.order(), cancel.ref(), number)
              .map(at -> new Canceled(cancel.ref(), at, null))
          : Outcome.declined(Reason.BAD_REFUND_ACCOUNT, "환불 계좌가 필요합니다.");
    }
    Money amount = cancel.reversal() ? charged(cancel) : cancel.amount();
    SettleCalls.Head head =
        SettleCalls.Head.of(
            account ? "/spay/APIRefund.do" : "/spay/APICancel.do",
            method + "/C0",
            cancel.id().replace('-', '_'),
            calls.now(),
            SettleRequest.digits(amount));
    return calls
        .post(head, cancel.order().id(), request.cancel(cancel, amount))
        .read(reply -> new Canceled(new PgRef(reply.tid()), reply.at(), null));
  }

  private static Money charged(CancelOrder cancel) {
    String kept = cancel.memo().get("amount");
    return kept == null ? cancel.amount() : Money.krw(Long.parseLong(kept));
  }

  @Override
  public Ends.OfCancels cancelEnds() {
    return Ends.LOOKUP.always();
  }

  @Override
  public Outcome<Approval> open(Order order, VbankOrder account) {
    SettleCalls.Head head =
        SettleCalls.Head.of(
            ACCOUNTS, "VA/A0", order.id(), order.at(), SettleRequest.digits(order.amount()));
    return calls
        .post(head, order.id(), request.account(order, account))
        .read(reply -> SettleAnswer.ofAccount(order, reply, account.holder()));
  }

  @Override
  public Outcome<Instant> revoke(Order order, PgRef ref, Approval.Account account, String reason) {
    return close(order, ref, account.number());
  }

  private Outcome<Instant> close(Order order, PgRef ref, String number) {
    ObjectNode data =
        Tree.object().put("orgTrdNo", ref.tid()).put("vAcntNo", calls.encrypt(Form.digits(number)));
    Instant now = calls.now();
    String id = "close_" + order.id() + "_" + Seoul.stamp(now);
    SettleCalls.Head head = SettleCalls.Head.of(ACCOUNTS, "VA/A2", id, now, "0");
    return calls
        .post(head, order.id(), data)
        .map(reply -> now)
        .doneIf(no -> no.reason() == Reason.ALREADY_CANCELED, now);
  }

  @Override
  public Ends vbankEnds() {
    return Ends.LOOKUP;
  }

  /** {@code [inferred]} That the request bears the number of the order: check with the PG. */
  @Override
  public Outcome<Approval> change(
      Order order, PgRef ref, Approval.Account account, Money amount, Instant due) {
    String type = SettleRequest.accountType(order);
    String digits = type.equals("3") ? "0" : SettleRequest.digits(amount);
    ObjectNode data =
        Tree.object()
            .put("bankCd", account.bankCode())
            .put("vAcntNo", calls.encrypt(Form.digits(account.number())))
            .put("expireDate", Seoul.stamp(due))
            .put("trdAmt", calls.encrypt(digits))
            .put("acntType", type);
    SettleCalls.Head head = SettleCalls.Head.of(ACCOUNTS, "VA/A1", order.id(), calls.now(), digits);
    return calls
        .post(head, order.id(), data)
        .read(reply -> SettleAnswer.ofAccount(order, reply, account.holder()));
  }

  /**
   * By our order id, and by Hecto's transaction where it is known: deposits into an account that
   * takes any number of them share one order id.
   */
  @Override
  public Outcome<Optional<PgRecord>> find(
      Order order, @Nullable PgRef ref, Map<String, String> intent) {
    String amount = SettleRequest.digits(order.amount());
    ObjectNode data =
        Tree.object()
            .put("method", intent.getOrDefault("method", SettleRequest.method(order.method())))
            .put("trdAmt", amount)
            .put("orgTrdDt", Seoul.stamp(order.at()).substring(0, 8))
            .put("orgMchtTrdNo", order.id())
            .put("orgTrdNo", ref == null ? "" : ref.tid());
    SettleCalls.Head head =
        new SettleCalls.Head(
            "/spay/APITrdcheck.do", "0A1M", "", "", order.id(), calls.now(), amount);
    return calls
        .ask(head, order.id(), data)
        .judge(
            reply ->
                switch (reply.code()) {
                  case "ST06" -> new Ok<>(Optional.empty());
                  case "ST38" -> new Ok<>(Optional.of(PgRecord.running(order)));
                  case "0000", "0001", "0009" ->
                      new Ok<>(Optional.of(SettleAnswer.record(order, reply)));
                  // Any other no says nothing about the transaction.
                  default -> new Outcome.Unknown<>("answered " + reply.code() + " " + reply.text());
                });
  }

  @Override
  public Notice read(PgReturn raw) {
    return SettleNotice.read(raw.fields(Form.KOREAN), config.mid(), config.licenceKey());
  }

  private Outcome<Approval> charged(Order order, ObjectNode data) {
    SettleCalls.Head head =
        SettleCalls.Head.of(
            "/spay/APICardActionPay.do",
            "CA/B0",
            order.id(),
            order.at(),
            SettleRequest.digits(order.amount()));
    return calls.post(head, order.id(), data).read(reply -> SettleAnswer.ofCharge(order, reply));
  }
}
