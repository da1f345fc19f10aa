package dev.naru.simulator.kakaopay;

import static dev.naru.simulator.kit.web.Call.text;

import dev.naru.simulator.kit.book.Charge;
import dev.naru.simulator.kit.book.Charge.Cancel;
import dev.naru.simulator.kit.book.Charge.Method;
import dev.naru.simulator.kit.book.Charge.Order;
import dev.naru.simulator.kit.book.Charge.Refusal;
import dev.naru.simulator.kit.facts.Cards;
import dev.naru.simulator.kit.facts.Seoul;
import dev.naru.simulator.kit.web.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects of Kakao Pay's online payment API. Its times are Seoul's, and do not say so. */
final class KakaopayAnswers {

  private static final Map<String, String> ISSUERS = Cards.codes("kakaopay/issuers.csv");

  private KakaopayAnswers() {}

  static String time(Instant at) {
    return Seoul.offset(at).substring(0, 19);
  }

  static Answer.Reply error(int status, int code, String message, @Nullable Refusal method) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error_code", code);
    body.put("error_message", message);
    if (method != null) {
      body.put(
          "extras",
          Map.of("method_result_code", method.code(), "method_result_message", method.text()));
    }
    return Answer.Reply.json(status, body);
  }

  static Answer.Reply error(int code, String message) {
    return error(400, code, message, null);
  }

  /** Of approve and subscription. */
  static Map<String, Object> approval(Charge charge) {
    Map<String, Object> view = head("A" + charge.tid().substring(1), charge);
    if (!charge.order().more("sid").isEmpty()) {
      view.put("sid", charge.order().more("sid"));
    }
    view.put("amount", amount(charge.order(), charge.order().amount()));
    Cards.Face face = charge.means().card();
    if (charge.means().method() == Method.CARD && face != null) {
      view.put("card_info", card(charge.order(), face));
    }
    view.put("approved_at", time(approvedAt(charge)));
    return view;
  }

  /** The last cancel of the charge. */
  static Map<String, Object> cancellation(Charge charge) {
    Cancel last = charge.cancels().getLast();
    Map<String, Object> view = head(last.id(), charge);
    view.put("status", charge.balance() == 0 ? "CANCEL_PAYMENT" : "PART_CANCEL_PAYMENT");
    view.put("amount", amount(charge.order(), charge.order().amount()));
    view.put("approved_cancel_amount", amount(charge.order(), last.amount()));
    putLeft(view, charge);
    view.put("approved_at", time(approvedAt(charge)));
    view.put("canceled_at", time(last.at()));
    return view;
  }

  /** Of order. */
  static Map<String, Object> order(Charge charge, String status) {
    Map<String, Object> view = head("", charge);
    view.remove("aid");
    view.put("status", status);
    view.put("amount", amount(charge.order(), charge.order().amount()));
    putLeft(view, charge);
    if (charge.paid()) {
      view.put("approved_at", time(approvedAt(charge)));
      view.put("payment_action_details", actions(charge));
    }
    if (!charge.cancels().isEmpty()) {
      view.put("canceled_at", time(charge.cancels().getLast().at()));
    }
    Cards.Face face = charge.means().card();
    if (charge.means().method() == Method.CARD && face != null) {
      view.put(
          "selected_card_info",
          Map.of(
              "card_bin", face.masked().substring(0, 6),
              "install_month", face.months(),
              "card_corp_name", corp(face),
              "interest_free_install", "N"));
    }
    return view;
  }

  private static Map<String, Object> head(String aid, Charge charge) {
    Order order = charge.order();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("aid", aid);
    view.put("tid", charge.tid());
    view.put("cid", order.merchant());
    view.put("partner_order_id", order.id());
    view.put("partner_user_id", order.more("user"));
    view.put("payment_method_type", charge.means().method() == Method.CARD ? "CARD" : "MONEY");
    view.put("item_name", order.name());
    view.put("quantity", 1);
    view.put("created_at", time(charge.course().opened()));
    return view;
  }

  private static void putLeft(Map<String, Object> view, Charge charge) {
    long given = charge.charged() ? charge.order().amount() - charge.balance() : 0;
    view.put("canceled_amount", amount(charge.order(), given));
    view.put("cancel_available_amount", amount(charge.order(), charge.balance()));
  }

  /** The tax-free part is in proportion, except of the whole. */
  private static Map<String, Object> amount(Order order, long total) {
    long free = free(order);
    long taxFree = order.amount() == 0 ? 0 : free * total / order.amount();
    return Map.of(
        "total",
        total,
        "tax_free",
        taxFree,
        "vat",
        Math.round((total - taxFree) / 11.0),
        "point",
        0,
        "discount",
        0,
        "green_deposit",
        0);
  }

  private static long free(Order order) {
    String text = order.more("tax_free");
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }

  private static Map<String, Object> card(Order order, Cards.Face face) {
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("kakaopay_purchase_corp", corp(face));
    card.put("kakaopay_purchase_corp_code", "7" + Cards.code(ISSUERS, face));
    card.put("kakaopay_issuer_corp", corp(face));
    card.put("kakaopay_issuer_corp_code", "1" + Cards.code(ISSUERS, face));
    card.put("bin", face.masked().substring(0, 6));
    card.put("card_type", "신용");
    card.put("install_month", "%02d".formatted(face.months()));
    card.put("approved_id", order.more("approved_id"));
    card.put("card_mid", "123456789");
    card.put("interest_free_install", "N");
    card.put("installment_type", "CARD_INSTALLMENT");
    card.put("card_item_code", "");
    return card;
  }

  private static String corp(Cards.Face face) {
    return Cards.issuer(face.issuer()).name() + "카드";
  }

  private static List<Map<String, Object>> actions(Charge charge) {
    List<Map<String, Object>> actions = new ArrayList<>();
    actions.add(
        action(
            "A" + charge.tid().substring(1),
            approvedAt(charge),
            charge.order().amount(),
            "PAYMENT"));
    for (Cancel cancel : charge.cancels()) {
      actions.add(action(cancel.id(), cancel.at(), cancel.amount(), "CANCEL"));
    }
    return actions;
  }

  private static Map<String, Object> action(String aid, Instant at, long amount, String type) {
    return Map.of(
        "aid",
        aid,
        "approved_at",
        time(at),
        "amount",
        amount,
        "point_amount",
        0,
        "discount_amount",
        0,
        "green_deposit",
        0,
        "payment_action_type",
        type,
        "payload",
        "");
  }

  private static Instant approvedAt(Charge charge) {
    Instant at = charge.course().at();
    return at == null ? charge.course().opened() : at;
  }
}
