package dev.naru.simulator.emulated;

import dev.naru.simulator.kit.book.Book;
import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.book.Entry;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Effect;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.till.Refusals;
import dev.naru.simulator.kit.till.Till;
import dev.naru.simulator.kit.web.Answer;
import dev.naru.simulator.kit.window.Html;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Receipts of those who share a payment. The payments are in another PG's book; what its cards do
 * to requests after a sale they do here.
 */
final class EmulatedPartners implements EmulatedDesk {

  private static final int MOST = 100;
  private static final Refusals CODES = Refusals.of("emulated/codes.csv");

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Type",
          "text/html;charset=UTF-8",
          "Content-Security-Policy",
          "default-src 'none'; style-src 'self'; base-uri 'none'",
          "Cache-Control",
          "no-store");

  private final Till till;
  private final Ledger payments;

  /**
   * @param payments the book of the PG that charged
   */
  EmulatedPartners(Till till, Ledger payments) {
    this.till = till;
    this.payments = payments;
  }

  @Override
  public Till till() {
    return till;
  }

  @Override
  public Answer handle(Asked asked) {
    if (!asked.operation().equals("partner.receipt") || !isSound(asked.fields().path("shares"))) {
      return Emulation.badRequest();
    }
    Charge charge = payments.byTid(asked.text("payment"));
    // Whose it is is not compared: a contract has several MIDs, one of them for cards without a
    // window.
    if (charge == null || !charge.paid()) {
      return EmulatedCharges.unknown();
    }
    return till.ledger().locked(charge.tid(), () -> issue(asked, charge));
  }

  private Answer issue(Asked asked, Charge charge) {
    String shares = asked.fields().path("shares").toString();
    Entry.Told before = till.ledger().told(charge.tid(), asked.operation(), asked.id());
    if (before != null && !before.swallowed()) {
      return before.fields().getOrDefault("shares", "").equals(shares)
          ? answer(before)
          : Emulation.declined("duplicate_order", "이미 사용한 요청 번호입니다.");
    }
    Effect effect = charge.means().effect();
    if (effect == Effect.AFTER_REFUSED) {
      Refusal no = CODES.of(effect);
      return Emulation.declined(no.code(), no.text());
    }
    long amount = sum(asked.fields().path("shares"));
    if (amount > charge.balance() - issued(charge)) {
      return Emulation.declined("amount_mismatch", "하위 상점 금액의 합계가 결제 금액을 넘었습니다.");
    }
    boolean swallowed = effect == Effect.AFTER_TIMEOUT && before == null;
    Entry.Told now =
        new Entry.Told(
            charge.order().merchant(),
            charge.order().id(),
            charge.tid(),
            asked.operation(),
            asked.id(),
            Map.of("shares", shares, "amount", Long.toString(amount), "page", Numbers.token(24)),
            swallowed,
            till.now());
    till.ledger().save(now);
    if (swallowed) {
      return new Answer.Silence();
    }
    return effect == Effect.AFTER_ANSWER_LOST ? new Answer.Lost(answer(now)) : answer(now);
  }

  private long issued(Charge charge) {
    return till.ledger()
        .told(charge.tid())
        .filter(told -> !told.swallowed())
        .mapToLong(told -> Long.parseLong(told.fields().getOrDefault("amount", "0")))
        .sum();
  }

  private Answer.Reply answer(Entry.Told told) {
    String page =
        "/emulation/v1/%s/receipts/%s".formatted(till.ledger().pg(), told.fields().get("page"));
    return Emulation.ok(told.about(), Map.of("receipt", page));
  }

  private static long sum(JsonNode shares) {
    return shares.valueStream().mapToLong(share -> share.path("amount").asLong(0)).sum();
  }

  private static boolean isSound(JsonNode shares) {
    return shares.isArray()
        && !shares.isEmpty()
        && shares.size() <= MOST
        && shares.valueStream().allMatch(EmulatedPartners::isShare);
  }

  private static boolean isShare(JsonNode share) {
    long amount = share.path("amount").asLong(0);
    long free = share.path("tax_free").asLong(-1);
    long vat = share.path("vat").asLong(-1);
    return share.path("business_number").asString("").matches("\\d{10}")
        && !share.path("company").asString("").isBlank()
        && amount > 0
        && free >= 0
        && vat >= 0
        && free + vat <= amount;
  }

  /** The receipts, as their address shows them. */
  @Override
  public Optional<Answer> show(String page) {
    return till.ledger()
        .told()
        .filter(told -> !told.swallowed() && page.equals(told.fields().get("page")))
        .findFirst()
        .map(EmulatedPartners::page);
  }

  private static Answer page(Entry.Told told) {
    JsonNode shares = Book.JSON.readTree(told.fields().getOrDefault("shares", "[]"));
    List<String> rows = shares.valueStream().map(EmulatedPartners::row).toList();
    String html =
        """
        <!doctype html>
        <html lang="ko">
        <head>
        <meta charset="UTF-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>하위 상점 영수증</title>
        <link rel="stylesheet" href="/_sim/assets/window.css">
        </head>
        <body>
        <main>
        <header><h1>하위 상점 영수증</h1></header>
        <p class="test">테스트 영수증입니다. <span lang="en">Test only: no money moves.</span></p>
        <p>%s, %s</p>
        <table>
        <thead><tr><th>사업자등록번호</th><th>상호</th><th>금액</th><th>면세</th><th>부가세</th></tr></thead>
        <tbody>
        %s
        </tbody>
        </table>
        </main>
        </body>
        </html>
        """
            .formatted(
                Html.escape(told.tid()),
                Html.escape(Seoul.offset(told.at())),
                String.join("\n", rows));
    return new Answer.Reply(200, html, StandardCharsets.UTF_8, HEADERS);
  }

  private static String row(JsonNode share) {
    String number = share.path("business_number").asString("");
    return "<tr><td>%s-%s-%s</td><td>%s</td><td>%,d</td><td>%,d</td><td>%,d</td></tr>"
        .formatted(
            number.substring(0, 3),
            number.substring(3, 5),
            number.substring(5),
            Html.escape(share.path("company").asString("")),
            share.path("amount").asLong(0),
            share.path("tax_free").asLong(0),
            share.path("vat").asLong(0));
  }
}
