package dev.naru.simulator.inicis;

import dev.naru.simulator.kit.Fake;
import dev.naru.simulator.kit.House;
import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Account;
import dev.naru.simulator.kit.book.Charge.Means;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Charge.Status;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Contracts;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.till.Notices;
import dev.naru.simulator.kit.till.Refusals;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.till.Voice;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.web.Call;
import dev.naru.simulator.kit.web.Door;
import dev.naru.simulator.kit.window.Texts;
import dev.naru.simulator.kit.window.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * KG INICIS: the PC window, the mobile window and INIAPI, and what they share.
 *
 * <p>INICIS publishes no table of its refusal codes; those in {@code inicis/codes.csv} are ours.
 */
public final class Inicis implements Fake, Windows.Flow {

  static final Refusals CODES = Refusals.of("inicis/codes.csv");

  /** How one of its interfaces words an outcome. */
  static Voice<Charge> voice(
      Function<Charge, Answer.Reply> ok, Function<Refusal, Answer.Reply> no) {
    return new Voice<>(CODES::of, no, ok);
  }

  private final Notices notices;
  private final Till till;
  private final Ledger ledger;
  private final InicisPc pc;
  private final InicisMobile mobile;
  private final IniApi api;

  /** Opens its book. */
  public Inicis(House house) {
    Texts.add("inicis/texts.csv");
    this.till = house.till("html5_inicis");
    this.notices = house.notices();
    this.ledger = till.ledger();
    Contracts contracts = house.contracts("html5_inicis", "inicis/merchants.csv", "billing");
    this.pc = new InicisPc(till, house.windows(), contracts);
    this.mobile = new InicisMobile(till, house.windows(), notices, contracts);
    this.api = new IniApi(till, contracts);
    house.windows().add(ledger, this);
  }

  @Override
  public List<Door> doors() {
    return List.of(Door.open("/html5_inicis", this::handle));
  }

  @Override
  public List<Till> tills() {
    return List.of(till);
  }

  private Answer handle(Call call) {
    String path = call.path();
    if (path.startsWith("/stdpay/")) {
      return pc.handle(call.below("/stdpay"));
    }
    if (path.startsWith("/mobile/")) {
      return mobile.handle(call.below("/mobile"));
    }
    return path.startsWith("/iniapi/")
        ? api.handle(call.below("/iniapi"))
        : Answer.Reply.notFound();
  }

  @Override
  public Entry.Next finish(Entry.Window window, Means means, String bank) {
    return flow(window).finish(window, means, bank);
  }

  @Override
  public Entry.Next close(Entry.Window window) {
    return flow(window).close(window);
  }

  private Windows.Flow flow(Entry.Window window) {
    return window.flow().equals(InicisMobile.FLOW) ? mobile : pc;
  }

  /**
   * Deposits of mobile payments go to the address the payment named, all else to the one the
   * merchant registered. No mobile form of a reversal is known.
   */
  @Override
  public boolean deposited(Charge charge) {
    if (!charge.order().more("notiUrl").isEmpty() && charge.status() == Status.PAID) {
      return mobile.notice(charge, "02");
    }
    String url = ledger.noticeUrl(charge.order().merchant());
    Account account = charge.means().account();
    if (url == null || url.isEmpty() || account == null) {
      return false;
    }
    notices.send(Notices.Notice.form(url, InicisNotices.pc(charge, account), Call.EUC_KR));
    return true;
  }

  /** An approval whose time has come. */
  @Override
  public void landed(Charge charge, String replay) {
    mobile.landed(charge);
  }

  /** Forty characters, as all its transaction ids. */
  static String tid(String origin, String method, String mid, Instant now) {
    String head = origin + method + mid + Seoul.compact(now);
    return head + Numbers.serial(Math.max(4, 40 - head.length()));
  }

  static Means banked(Means means, String bank, String holder, Instant due) {
    return means.method() == Method.VBANK
        ? means.withAccount(new Account(bank, Numbers.digits(14), holder, due, ""))
        : means;
  }

  static Instant week(Instant now) {
    return now.plus(Duration.ofDays(7));
  }

  static Map<String, Object> result(String code, String message) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("resultCode", code);
    result.put("resultMsg", message);
    return result;
  }
}
