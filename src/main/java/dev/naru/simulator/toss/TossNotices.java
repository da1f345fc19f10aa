package dev.naru.simulator.toss;

import dev.naru.simulator.kit.book.Book;
import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Ledger;
import dev.naru.simulator.kit.facts.Numbers;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.till.Notices;
import dev.naru.simulator.kit.till.Till;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Webhooks of Toss Payments. They are not signed, as the real ones for payments are not. */
final class TossNotices {

  private final Till till;
  private final Ledger ledger;
  private final Notices notices;

  TossNotices(Till till, Notices notices) {
    this.till = till;
    this.ledger = till.ledger();
    this.notices = notices;
  }

  /** Not sent for a billing charge that went well, nor for what has not come to an end. */
  void paymentChanged(@Nullable Charge charge) {
    if (charge == null || ledger.noticeUrl(charge.order().merchant()) == null) {
      return;
    }
    switch (charge.status()) {
      case PAID, PARTLY_CANCELLED, CANCELLED, DECLINED, WAITING -> {
        boolean quiet =
            charge.order().more("type").equals("BILLING") && charge.status() == Charge.Status.PAID;
        if (charge.means().account() != null) {
          boolean _ = deposit(charge);
        } else if (!quiet) {
          Map<String, Object> event = new LinkedHashMap<>();
          event.put("eventType", "PAYMENT_STATUS_CHANGED");
          event.put("createdAt", Seoul.micros(till.now()));
          event.put("data", TossPayment.payment(charge, till.now()));
          send(charge, event);
        }
      }
      case AUTHENTICATED, SILENCED, PENDING, BLOCKED, KEY_ISSUED -> {}
    }
  }

  /** Flat, and about virtual accounts only. */
  boolean deposit(Charge charge) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("createdAt", Seoul.micros(till.now()));
    event.put("secret", charge.order().more("secret"));
    event.put("status", TossPayment.status(charge, till.now()));
    event.put("transactionKey", TossPayment.lastTransaction(charge));
    event.put("orderId", charge.order().id());
    return send(charge, event);
  }

  private boolean send(Charge charge, Map<String, Object> event) {
    String url = ledger.noticeUrl(charge.order().merchant());
    if (url == null || url.isEmpty()) {
      return false;
    }
    notices.send(
        Notices.Notice.json(
            url,
            Map.of(
                "tosspayments-webhook-transmission-time",
                Seoul.offset(till.now()),
                "tosspayments-webhook-transmission-retried-count",
                "0",
                "tosspayments-webhook-transmission-id",
                Numbers.token(24)),
            Book.JSON.writeValueAsString(event)));
    return true;
  }
}
