package dev.naru.simulator.settle;

import dev.naru.simulator.kit.Fake;
import dev.naru.simulator.kit.House;
import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Contracts;
import dev.naru.simulator.kit.till.Deposits;
import dev.naru.simulator.kit.till.Notices;
import dev.naru.simulator.kit.till.Refusals;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.till.Voice;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.web.Door;
import dev.naru.simulator.kit.window.Texts;
import java.util.List;
import java.util.function.Function;

/**
 * Hecto Financial (Settlebank): its API, notices and windows. Of the codes of card companies few
 * are published; the others in {@code settle/codes.csv} are ours.
 */
public final class Settle implements Fake {

  static final Refusals CODES = Refusals.of("settle/codes.csv");

  private final Till till;
  private final Ledger ledger;
  private final Notices notices;
  private final SettleApi api;
  private final SettleUi ui;
  private final Contracts contracts;

  /** Opens its book. */
  public Settle(House house) {
    Texts.add("settle/texts.csv");
    this.till = house.till("settle");
    this.ledger = till.ledger();
    this.notices = house.notices();
    this.contracts = house.contracts("settle", "settle/merchants.csv");
    this.api = new SettleApi(till, contracts, this::changed);
    this.ui = new SettleUi(till, house.windows(), contracts, this::changed);
    house.windows().add(ledger, ui);
  }

  @Override
  public List<Door> doors() {
    return List.of(Door.open("/settle", this::handle));
  }

  @Override
  public List<Till> tills() {
    return List.of(till);
  }

  private Answer handle(Call call) {
    if (call.path().startsWith("/ui/")) {
      return ui.handle(call.below("/ui"));
    }
    return call.path().startsWith("/api/")
        ? api.handle(call.below("/api"))
        : Answer.Reply.notFound();
  }

  /** How one of its interfaces words an outcome. */
  static Voice<Charge> voice(
      Function<Charge, Answer.Reply> ok, Function<Refusal, Answer.Reply> no) {
    return new Voice<>(CODES::of, no, ok);
  }

  private void changed(Charge charge) {
    boolean _ = told(charge);
  }

  /** A charge of a window that was late: its notice was still to be sent. */
  @Override
  public void landed(Charge charge, String replay) {
    boolean ofWindow = !charge.order().more("notiUrl").isEmpty();
    if (ofWindow && charge.cancels().isEmpty()) {
      changed(charge);
    }
  }

  /** Sends the notice about a deposit. None is known about a bank that takes one back. */
  @Override
  public boolean deposited(Charge charge) {
    return charge.paid() && told(charge);
  }

  /** To the address that the payment named, else to the one the merchant registered. */
  private boolean told(Charge charge) {
    String named = charge.order().more("notiUrl");
    String url = named.isEmpty() ? ledger.noticeUrl(charge.order().merchant()) : named;
    // An account that takes any number of deposits is not told of, only they are.
    SettleMerchant merchant = SettleMerchant.of(contracts, charge.order().merchant());
    if (url == null || url.isEmpty() || Deposits.unlimited(charge)) {
      return false;
    }
    notices.send(Notices.Notice.form(url, SettleNotices.of(charge, merchant), Call.EUC_KR));
    return true;
  }
}
