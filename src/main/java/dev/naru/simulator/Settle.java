package dev.naru.simulator;

import dev.naru.simulator.Charge.Refusal;
import java.util.function.Function;

/**
 * Hecto Financial (Settlebank): its API, its notices, and its windows.
 *
 * <p>Of the codes of card companies few are published; the others in {@code settle-codes.csv} are
 * ours.
 */
final class Settle {

  static final Refusals CODES = Refusals.of("settle-codes.csv");

  private final Ledger ledger;
  private final Notices notices;
  private final SettleApi api;
  private final SettleUi ui;

  Settle(Till till, Notices notices, Windows windows) {
    this.ledger = till.ledger;
    this.notices = notices;
    this.api = new SettleApi(till, this::changed);
    this.ui = new SettleUi(till, windows, this::changed);
    windows.add(till.ledger, ui);
  }

  Answer handle(Call call) {
    if (call.path().startsWith("/ui/")) {
      return ui.handle(call.below("/ui"));
    }
    return call.path().startsWith("/api/")
        ? api.handle(call.below("/api"))
        : Answer.Reply.text(404, "text/plain;charset=UTF-8", "not found\n");
  }

  /** How one of its interfaces words an outcome. */
  static Till.Voice voice(Function<Charge, Answer.Reply> ok, Function<Refusal, Answer.Reply> no) {
    return new Till.Voice() {
      @Override
      public Refusal refusal(Effect effect) {
        return CODES.of(effect);
      }

      @Override
      public Answer.Reply refused(Refusal refusal) {
        return no.apply(refusal);
      }

      @Override
      public Answer.Reply done(Charge charge) {
        return ok.apply(charge);
      }
    };
  }

  private void changed(Charge charge) {
    boolean _ = told(charge);
  }

  /** A charge of a window that was late: its notice was still to be sent. */
  void landed(Charge charge) {
    boolean ofWindow = !charge.order().more("notiUrl").isEmpty();
    if (ofWindow && charge.cancels().isEmpty()) {
      changed(charge);
    }
  }

  /** Sends the notice about a deposit. None is known about a bank that takes one back. */
  boolean deposited(Charge charge) {
    return charge.paid() && told(charge);
  }

  /** To the address that the payment named, else to the one the merchant registered. */
  private boolean told(Charge charge) {
    String named = charge.order().more("notiUrl");
    String url = named.isEmpty() ? ledger.noticeUrl(charge.order().merchant()) : named;
    // An account that takes any number of deposits is not told of, only they are.
    if (url == null || url.isEmpty() || Deposits.unlimited(charge)) {
      return false;
    }
    notices.send(Inicis.formNotice(url, SettleNotices.of(charge), Call.EUC_KR));
    return true;
  }
}
