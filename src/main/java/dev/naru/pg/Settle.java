package dev.naru.pg;

import dev.naru.connector.Approval;
import dev.naru.connector.CancelOrder;
import dev.naru.connector.Canceled;
import dev.naru.connector.Capability.Cancels;
import dev.naru.connector.Capability.ChargeKey;
import dev.naru.connector.Capability.DeleteKey;
import dev.naru.connector.Capability.FixedVbanks;
import dev.naru.connector.Capability.IssueKey;
import dev.naru.connector.Capability.KeyIn;
import dev.naru.connector.Capability.Lookup;
import dev.naru.connector.Capability.Notifies;
import dev.naru.connector.Capability.OneStepCheckout;
import dev.naru.connector.Capability.PartialCancels;
import dev.naru.connector.Capability.Vbank;
import dev.naru.connector.Capability.VbankChanges;
import dev.naru.connector.Card;
import dev.naru.connector.Connector;
import dev.naru.connector.Decline;
import dev.naru.connector.Decline.Reason;
import dev.naru.connector.Ends;
import dev.naru.connector.KeyOrder;
import dev.naru.connector.Notice;
import dev.naru.connector.Order;
import dev.naru.connector.Outcome;
import dev.naru.connector.Outcome.Declined;
import dev.naru.connector.Outcome.Ok;
import dev.naru.connector.Pg;
import dev.naru.connector.Pg.Mode;
import dev.naru.connector.PgHttp;
import dev.naru.connector.PgKey;
import dev.naru.connector.PgRecord;
import dev.naru.connector.PgRef;
import dev.naru.connector.PgReturn;
import dev.naru.connector.Returned;
import dev.naru.connector.VbankOrder;
import dev.naru.connector.Visit;
import dev.naru.connector.Window;
import dev.naru.kernel.Money;
import dev.naru.kernel.Secret;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hecto Financial, formerly Settlebank, V1's {@code settle}: windows that charge by themselves, and
 * a JSON API. No net cancel and no idempotency key: what came of a lost answer is looked up by our
 * order id, and a second charge of the same order is refused.
 */
final class Settle
    implements Connector,
        KeyIn,
        IssueKey,
        ChargeKey,
        DeleteKey,
        OneStepCheckout,
        Cancels,
        PartialCancels,
        Vbank,
        VbankChanges,
        FixedVbanks,
        Lookup,
        Notifies {

  /** Windows-949, which is what everybody means by EUC-KR. */
  private static final Charset KOREAN = Charset.forName("MS949");

  static final Pg<Config> PG =
      new Pg<>(
          "settle",
          Set.of(),
          "헥토파이낸셜",
          "Hecto Financial",
          Settle.class,
          Config.class,
          new Config(
              "nxca_jt_il",
              new Secret("ST1009281328226982205"),
              new Secret("pgSettle30y739r82jtd709yOfZ2yK5K")),
          Map.of(
              Mode.LIVE,
              Map.of(
                  "ui", URI.create("https://npg.settlebank.co.kr"),
                  "api", URI.create("https://gw.settlebank.co.kr")),
              Mode.TEST,
              Map.of(
                  "ui", URI.create("https://tbnpg.settlebank.co.kr"),
                  "api", URI.create("https://tbgw.settlebank.co.kr")),
              Mode.SANDBOX,
              Map.of(
                  "ui", URI.create("http://simulator.invalid/settle/ui"),
                  "api", URI.create("http://simulator.invalid/settle/api"))),
          Set.of("https://npg.settlebank.co.kr", "https://tbnpg.settlebank.co.kr"),
          Set.of("14.34.14.23", "61.252.169.24"),
          Duration.ofMinutes(2),
          Settle::new);

  /**
   * @param licenceKey makes the hashes
   * @param encryptionKey 32 characters, for fields that are encrypted
   */
  public record Config(String mid, Secret licenceKey, Secret encryptionKey) {}

  private static final String ACCOUNTS = "/spay/APIVBank.do";

  private final Config config;
  private final PgHttp http;
  private final SettleDesk desk;
  private final SettleRequest request;

  Settle(Config config, PgHttp http) {
    this.config = config;
    this.http = http;
    this.desk = new SettleDesk(config, http);
    this.request = new SettleRequest(desk::encrypt);
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
            .card(SettleDesk.JSON.createObjectNode(), card)
            .put("mchtCustNm", SettleRequest.or(order.buyer().name(), "구매자"))
            .put("mchtCustId", order.owner())
            .put("keyRegYn", "Y");
    SettleDesk.Head head =
        SettleDesk.Head.of("/spay/APICardAuth.do", "CA/A4", order.id(), order.at(), "0");
    return desk.post(head, order.id(), data)
        .then(reply -> SettleDesk.readable(() -> SettleAnswer.key(order.owner(), reply)));
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
    Instant now = desk.now();
    // The request needs a number of its own, which must not tell the key.
    String number =
        "del" + SettleCrypto.hash(config.licenceKey(), key.key().reveal(), Seoul.stamp(now));
    ObjectNode data = SettleDesk.JSON.createObjectNode().put("billKey", key.key().reveal());
    SettleDesk.Head head =
        SettleDesk.Head.of("/spay/APICardActionDelkey.do", "CA/A1", number, now, "0");
    return desk.post(head, "", data).map(reply -> desk.now());
  }

  /** A window approves card, transfer, account and phone by itself: there is no call to approve. */
  @Override
  public Outcome<Window> open(Order order, Visit visit) {
    return SettleWindow.wrong(order)
        .<Outcome<Window>>map(why -> new Declined<>(Decline.of(Reason.BAD_REQUEST, why)))
        .orElseGet(
            () ->
                new Ok<>(
                    new Window.FormPost(
                        http.at("ui", SettleWindow.path(order)),
                        StandardCharsets.UTF_8,
                        SettleWindow.form(order, visit, config, desk::encrypt))));
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
          : new Declined<>(Decline.of(Reason.BAD_REFUND_ACCOUNT, "환불 계좌가 필요합니다."));
    }
    Money amount = cancel.reversal() ? charged(cancel) : cancel.amount();
    SettleDesk.Head head =
        SettleDesk.Head.of(
            account ? "/spay/APIRefund.do" : "/spay/APICancel.do",
            method + "/C0",
            cancel.id().replace('-', '_'),
            desk.now(),
            SettleRequest.digits(amount));
    return desk.post(head, cancel.order().id(), request.cancel(cancel, amount))
        .then(
            reply ->
                SettleDesk.readable(() -> new Canceled(new PgRef(reply.tid()), reply.at(), null)));
  }

  private static Money charged(CancelOrder cancel) {
    String kept = cancel.memo().get("amount");
    return kept == null ? cancel.amount() : Money.krw(Long.parseLong(kept));
  }

  @Override
  public Ends cancelEnds() {
    return Ends.LOOKUP;
  }

  @Override
  public Outcome<Approval> open(Order order, VbankOrder account) {
    SettleDesk.Head head =
        SettleDesk.Head.of(
            ACCOUNTS, "VA/A0", order.id(), order.at(), SettleRequest.digits(order.amount()));
    return desk.post(head, order.id(), request.account(order, account))
        .then(
            reply ->
                SettleDesk.readable(() -> SettleAnswer.ofAccount(order, reply, account.holder())));
  }

  @Override
  public Outcome<Instant> revoke(Order order, PgRef ref, Approval.Account account, String reason) {
    return close(order, ref, account.number());
  }

  private Outcome<Instant> close(Order order, PgRef ref, String number) {
    ObjectNode data =
        SettleDesk.JSON
            .createObjectNode()
            .put("orgTrdNo", ref.tid())
            .put("vAcntNo", desk.encrypt(SettleRequest.plain(number)));
    Instant now = desk.now();
    String id = "close_" + order.id() + "_" + Seoul.stamp(now);
    SettleDesk.Head head = SettleDesk.Head.of(ACCOUNTS, "VA/A2", id, now, "0");
    Outcome<SettleReply> closed = desk.post(head, order.id(), data);
    return closed instanceof Declined<SettleReply>(Decline no)
            && no.reason() == Reason.ALREADY_CANCELED
        ? new Ok<>(now)
        : closed.map(reply -> now);
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
        SettleDesk.JSON
            .createObjectNode()
            .put("bankCd", account.bankCode())
            .put("vAcntNo", desk.encrypt(SettleRequest.plain(account.number())))
            .put("expireDate", Seoul.stamp(due))
            .put("trdAmt", desk.encrypt(digits))
            .put("acntType", type);
    SettleDesk.Head head = SettleDesk.Head.of(ACCOUNTS, "VA/A1", order.id(), desk.now(), digits);
    return desk.post(head, order.id(), data)
        .then(
            reply ->
                SettleDesk.readable(() -> SettleAnswer.ofAccount(order, reply, account.holder())));
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
        SettleDesk.JSON
            .createObjectNode()
            .put("method", intent.getOrDefault("method", SettleRequest.method(order.method())))
            .put("trdAmt", amount)
            .put("orgTrdDt", Seoul.stamp(order.at()).substring(0, 8))
            .put("orgMchtTrdNo", order.id())
            .put("orgTrdNo", ref == null ? "" : ref.tid());
    SettleDesk.Head head =
        new SettleDesk.Head("/spay/APITrdcheck.do", "0A1M", "", "", order.id(), desk.now(), amount);
    return desk.ask(head, order.id(), data)
        .then(
            reply ->
                switch (reply.code()) {
                  case "ST06" -> new Ok<>(Optional.empty());
                  case "ST38" ->
                      new Ok<>(
                          Optional.of(
                              new PgRecord(
                                  PgRecord.State.RUNNING,
                                  Optional.empty(),
                                  Money.zero(order.amount().currency()))));
                  case "0000", "0001", "0009" ->
                      SettleDesk.readable(() -> Optional.of(SettleAnswer.record(order, reply)));
                  // Any other no says nothing about the transaction.
                  default -> new Outcome.Unknown<>("answered " + reply.code() + " " + reply.text());
                });
  }

  @Override
  public Notice read(PgReturn raw) {
    return SettleNotice.read(raw.fields(KOREAN), config.mid(), config.licenceKey());
  }

  private Outcome<Approval> charged(Order order, ObjectNode data) {
    SettleDesk.Head head =
        SettleDesk.Head.of(
            "/spay/APICardActionPay.do",
            "CA/B0",
            order.id(),
            order.at(),
            SettleRequest.digits(order.amount()));
    return desk.post(head, order.id(), data)
        .then(reply -> SettleDesk.readable(() -> SettleAnswer.ofCharge(order, reply)));
  }
}
