package dev.naru.simulator;

import dev.naru.simulator.Charge.Account;
import dev.naru.simulator.Charge.Means;
import dev.naru.simulator.Charge.Method;
import dev.naru.simulator.Charge.Refusal;
import dev.naru.simulator.Charge.Status;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * KG INICIS: the PC window, the mobile window and INIAPI, and what they share.
 *
 * <p>INICIS publishes no table of its refusal codes; those in {@code inicis-codes.csv} are ours.
 */
final class Inicis implements Windows.Flow {

  static final Refusals CODES = Refusals.of("inicis-codes.csv");

  /** How one of its interfaces words an outcome. */
  record Voice(Function<Charge, Answer.Reply> ok, Function<Refusal, Answer.Reply> no)
      implements Till.Voice {

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
  }

  private final Notices notices;
  private final Ledger ledger;
  private final InicisPc pc;
  private final InicisMobile mobile;
  private final IniApi api;

  Inicis(Till till, Notices notices, Windows windows) {
    this.notices = notices;
    this.ledger = till.ledger;
    this.pc = new InicisPc(till, windows);
    this.mobile = new InicisMobile(till, windows, notices);
    this.api = new IniApi(till);
    windows.add(till.ledger, this);
  }

  Answer handle(Call call) {
    String path = call.path();
    if (path.startsWith("/stdpay/")) {
      return pc.handle(call.below("/stdpay"));
    }
    if (path.startsWith("/mobile/")) {
      return mobile.handle(call.below("/mobile"));
    }
    return path.startsWith("/iniapi/")
        ? api.handle(call.below("/iniapi"))
        : Answer.Reply.text(404, "text/plain;charset=UTF-8", "not found\n");
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
  boolean deposited(Charge charge) {
    if (!charge.order().more("notiUrl").isEmpty() && charge.status() == Status.PAID) {
      return mobile.notice(charge, "02");
    }
    String url = ledger.noticeUrl(charge.order().merchant());
    Account account = charge.means().account();
    if (url == null || url.isEmpty() || account == null) {
      return false;
    }
    notices.send(formNotice(url, InicisNotices.pc(charge, account), Call.EUC_KR));
    return true;
  }

  /** An approval whose time has come. */
  void landed(Charge charge) {
    mobile.landed(charge);
  }

  /** A form POST, repeated until the body of the answer is OK and nothing else. */
  static Notices.Notice formNotice(String url, Map<String, String> fields, Charset charset) {
    return new Notices.Notice(
        url,
        Map.of("Content-Type", "application/x-www-form-urlencoded"),
        encode(fields, charset),
        StandardCharsets.US_ASCII,
        answer -> answer.statusCode() == 200 && answer.body().strip().equals("OK"));
  }

  static String encode(Map<String, String> fields, Charset charset) {
    StringBuilder form = new StringBuilder();
    fields.forEach(
        (name, value) ->
            form.append(form.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, charset)));
    return form.toString();
  }

  /** Forty characters, as all its transaction ids. */
  static String tid(String origin, String method, String mid, Instant now) {
    String head = origin + method + mid + Seoul.compact(now);
    return head + Till.serial(Math.max(4, 40 - head.length()));
  }

  static Means banked(Means means, String bank, String holder, Instant due) {
    return means.method() == Method.VBANK
        ? means.withAccount(new Account(bank, Till.digits(14), holder, due, ""))
        : means;
  }

  static Instant week(Instant now) {
    return now.plus(Duration.ofDays(7));
  }

  static long amount(String text) {
    return text.matches("\\d{1,12}") ? Long.parseLong(text) : -1;
  }

  static Map<String, Object> result(String code, String message) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("resultCode", code);
    result.put("resultMsg", message);
    return result;
  }
}
