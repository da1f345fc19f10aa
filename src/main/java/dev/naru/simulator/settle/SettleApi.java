package dev.naru.simulator.settle;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Account;
import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Contracts;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.till.Deposits;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hecto's API: JSON in two parts, each request hashed with its amount. Nothing is idempotent: an
 * order id that was charged is refused, and what became of a request is asked by an inquiry.
 */
final class SettleApi {

  static final Refusal NO_TRADE = new Refusal(200, "ST06", "원거래가 존재하지 않습니다.");
  private static final Refusal FORGED = new Refusal(200, "1901", "pktHash가 맞지 않습니다.");
  private static final Refusal NOT_ENCRYPTED = new Refusal(200, "1902", "암호화되지 않은 필드가 있습니다.");
  private static final Refusal NO_KEY = new Refusal(200, "CA91", "빌링키가 올바르지 않습니다.");

  private final Till till;
  private final Ledger ledger;
  private final Consumer<Charge> changed;
  private final SettleCancels cancels;
  private final SettleAccounts accounts;
  private final Contracts contracts;

  /**
   * @param changed sends the notices about an account
   */
  SettleApi(Till till, Contracts contracts, Consumer<Charge> changed) {
    this.till = till;
    this.ledger = till.ledger();
    this.changed = changed;
    this.contracts = contracts;
    this.cancels = new SettleCancels(till);
    this.accounts = new SettleAccounts(till);
  }

  Answer handle(Call call) {
    if (call.is("GET", "/spay/APIVBankTest.do")) {
      return testDeposit(call.params());
    }
    if (!call.method().equals("POST")) {
      return Answer.Reply.text(405, "text/plain;charset=UTF-8", "POST only\n");
    }
    Map<String, String> params = SettleAsked.fields(call.json().path("params"));
    SettleMerchant merchant = SettleMerchant.of(contracts, params.getOrDefault("mchtId", ""));
    Map<String, String> data = SettleAsked.fields(call.json().path("data"));
    SettleAsked asked = new SettleAsked(merchant, params, data, till.now());
    if (merchant.mid().isEmpty()
        || asked.tradeNo().isEmpty()
        || asked.tradeNo().length() > 100
        || !(asked.param("trdDt") + asked.param("trdTm")).matches("\\d{14}")) {
      return refused(asked, "1001", "mchtId, mchtTrdNo, trdDt 또는 trdTm이 올바르지 않습니다.");
    }
    return switch (call.path()) {
      case "/spay/APICardActionPay.do" -> charge(asked);
      case "/spay/APICardAuth.do" -> issue(asked);
      case "/spay/APICardActionDelkey.do" -> delete(asked);
      case "/spay/APICancel.do" -> cancels.cancel(asked, false);
      case "/spay/APIRefund.do" -> cancels.cancel(asked, true);
      case "/spay/APIVBank.do" -> account(asked);
      case "/spay/APITrdcheck.do" -> inquiry(asked);
      default -> Answer.Reply.notFound();
    };
  }

  static Answer refused(SettleAsked asked, String code, String text) {
    return SettleAnswers.refused(asked, new Refusal(200, code, text));
  }

  /** Null if amount and hash are sound. */
  static @Nullable Answer unsound(SettleAsked asked, String field) {
    if (asked.amount(field) < 0) {
      return SettleAnswers.refused(asked, NOT_ENCRYPTED);
    }
    return asked.hashed(asked.open(field)) ? null : SettleAnswers.refused(asked, FORGED);
  }

  private Answer charge(SettleAsked asked) {
    Answer unsound = unsound(asked, "trdAmt");
    if (unsound != null) {
      return unsound;
    }
    if (asked.amount("trdAmt") < 1 || asked.get("pmtprdNm").isEmpty()) {
      return refused(asked, "1002", "필수값이 없습니다: trdAmt, pmtprdNm");
    }
    String months = asked.get("instmtMon");
    int quota = months.matches("\\d{1,2}") ? Integer.parseInt(months) : 0;
    Order order = order(asked, "pmtprdNm", Map.of("apprNo", Numbers.digits(8)));
    Function<Charge, Answer.Reply> answer = charge -> SettleAnswers.charged(asked, charge);
    if (!asked.get("billKey").isEmpty()) {
      Entry.Key key = ledger.key(asked.get("billKey"));
      return key == null || !isUsable(asked, key)
          ? SettleAnswers.refused(asked, NO_KEY)
          : open(asked, order, key.means().paidBy(key.id(), quota), answer);
    }
    Optional<Refusal> wrong = wrongCard(asked);
    return wrong.isPresent()
        ? SettleAnswers.refused(asked, wrong.get())
        : open(asked, order, Means.card(asked.open("cardNo"), quota), answer);
  }

  private static boolean isUsable(SettleAsked asked, Entry.Key key) {
    return key.stage() == Entry.KeyStage.ACTIVE && key.merchant().equals(asked.merchant().mid());
  }

  private static Optional<Refusal> wrongCard(SettleAsked asked) {
    String number = asked.open("cardNo");
    if (number.isEmpty()) {
      return Optional.of(NOT_ENCRYPTED);
    }
    if (!Cards.wellFormed(number)) {
      return Optional.of(Settle.CODES.of(Effect.NUMBER));
    }
    return Cards.expired(asked.open("vldDtYear"), asked.open("vldDtMon"), asked.now())
        ? Optional.of(Settle.CODES.of(Effect.EXPIRED))
        : Optional.empty();
  }

  /** Charges, or opens an account for, an order that was not charged before. */
  private Answer open(
      SettleAsked asked, Order order, Means means, Function<Charge, Answer.Reply> answer) {
    return ledger.locked(
        order.id(),
        () -> {
          if (till.isTaken(order.merchant(), order.id())) {
            return refused(asked, "ST50", "중복된 거래 요청입니다.");
          }
          String tid = asked.tid(SettleAnswers.method(means.method()));
          return till.charge(
              Charge.begun(tid, order, means, asked.now()),
              Settle.voice(answer, refusal -> SettleAnswers.refused(asked, refusal)));
        });
  }

  private static Order order(SettleAsked asked, String name, Map<String, String> facts) {
    Map<String, String> more = new HashMap<>(facts);
    more.put("buyerName", asked.get("mchtCustNm") + asked.get("ordNm"));
    more.put("notiUrl", asked.get("notiUrl"));
    return new Order(
        asked.merchant().mid(), asked.tradeNo(), asked.amount("trdAmt"), asked.get(name), more);
  }

  private Answer issue(SettleAsked asked) {
    if (!asked.hashed("0")) {
      return SettleAnswers.refused(asked, FORGED);
    }
    Optional<Refusal> wrong = wrongCard(asked);
    if (wrong.isPresent()) {
      return SettleAnswers.refused(asked, wrong.get());
    }
    Means means = Means.card(asked.open("cardNo"), 0);
    if (means.effect().invalidCard()) {
      return SettleAnswers.refused(asked, Settle.CODES.of(means.effect()));
    }
    Entry.Key key =
        new Entry.Key(
            Numbers.token(40),
            asked.merchant().mid(),
            asked.get("mchtCustId"),
            means,
            Entry.KeyStage.ACTIVE);
    ledger.save(key);
    return SettleAnswers.key(asked, key);
  }

  private Answer delete(SettleAsked asked) {
    if (!asked.hashed("0")) {
      return SettleAnswers.refused(asked, FORGED);
    }
    Entry.Key key = ledger.key(asked.get("billKey"));
    if (key == null || !isUsable(asked, key)) {
      return SettleAnswers.refused(asked, NO_KEY);
    }
    ledger.save(key.as(Entry.KeyStage.DELETED));
    return SettleAnswers.done(asked, asked.tid("CA"), new LinkedHashMap<>());
  }

  private Answer account(SettleAsked asked) {
    String operation = asked.operation();
    if (operation.equals("VA/A2")) {
      return asked.hashed("0") ? cancels.close(asked) : SettleAnswers.refused(asked, FORGED);
    }
    Answer unsound = unsound(asked, "trdAmt");
    return unsound != null
        ? unsound
        : switch (operation) {
          case "VA/A0" -> issueAccount(asked);
          case "VA/A1" -> accounts.change(asked);
          default -> refused(asked, "1003", "bizType이 올바르지 않습니다.");
        };
  }

  private Answer issueAccount(SettleAsked asked) {
    Optional<Refusal> wrong = accounts.wrong(asked);
    if (wrong.isPresent()) {
      return SettleAnswers.refused(asked, wrong.get());
    }
    Account account = accounts.wanted(asked);
    String type = asked.get("acntType");
    Map<String, String> facts =
        Map.of("acntType", type, Deposits.UNLIMITED, type.equals("3") ? "Y" : "N");
    Means means = new Means(Charge.Method.VBANK, Effect.APPROVE, null, account, null);
    return open(
        asked,
        order(asked, "prdtNm", facts),
        means,
        charge -> {
          changed.accept(charge);
          return SettleAnswers.account(asked, charge, account);
        });
  }

  private Answer inquiry(SettleAsked asked) {
    if (!asked.hashed(asked.get("trdAmt"))) {
      return SettleAnswers.refused(asked, FORGED);
    }
    String mid = asked.merchant().mid();
    String tid = asked.get("orgTrdNo");
    Charge charge =
        tid.isEmpty()
            ? ledger
                .latest(mid, asked.get("orgMchtTrdNo"), c -> c.status() != Status.SILENCED)
                .orElse(null)
            : ledger.byTid(tid);
    if (charge == null
        || !charge.order().merchant().equals(mid)
        || charge.status() == Status.SILENCED) {
      return SettleAnswers.refused(asked, NO_TRADE);
    }
    return charge.status() == Status.PENDING
        ? refused(asked, "ST38", "처리 중인 거래입니다.")
        : SettleAnswers.inquiry(asked, charge);
  }

  /** Hecto's own way to play the payer's bank. */
  private Answer testDeposit(Map<String, String> query) {
    String number = query.getOrDefault("vAcntNo", "");
    Charge known = ledger.byAccount(number);
    if (known == null
        || !known.order().merchant().equals(query.getOrDefault("mchtId", ""))
        || !query.getOrDefault("method", "").equals("VA")
        || !query.getOrDefault("bizType", "").equals("F1")) {
      return result(NO_TRADE.code(), NO_TRADE.text());
    }
    return ledger.locked(
        known.order().id(),
        () -> {
          Charge charge = ledger.byAccount(number);
          Account account = charge == null ? null : charge.means().account();
          if (charge == null || account == null) {
            return result(NO_TRADE.code(), NO_TRADE.text());
          }
          long amount = Numbers.amount(query.getOrDefault("trdAmt", ""));
          String problem = Deposits.problem(till, charge, account, amount);
          if (problem != null) {
            return result("VA24", problem);
          }
          String payer = charge.order().more("buyerName");
          changed.accept(Deposits.made(till, charge, account, amount, payer));
          return result("0000", "정상처리");
        });
  }

  private static Answer result(String code, String text) {
    return Answer.Reply.json(200, Map.of("outRsltCd", code, "outRsltMsg", text));
  }
}
