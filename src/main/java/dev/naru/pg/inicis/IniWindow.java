package dev.naru.pg.inicis;

import dev.naru.connector.order.Buyer;
import dev.naru.connector.order.Order;
import dev.naru.connector.order.Wishes;
import dev.naru.connector.window.Visit;
import dev.naru.kernel.Secret;
import dev.naru.pg.kit.Form;
import dev.naru.pg.kit.Seoul;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The forms that open the windows of INICIS: V1's parameters in the words of INICIS. */
final class IniWindow {

  /**
   * A pay_method in both windows.
   *
   * @param reserved an option of the mobile window, empty if it needs none
   */
  private record Way(String pc, String mobile, String reserved) {}

  /** {@code [inferred]} All but the first four lines come from few sources: check with the PG. */
  private static final Map<String, Way> WAYS =
      Map.ofEntries(
          Map.entry("card", new Way("Card", "CARD", "")),
          Map.entry("trans", new Way("DirectBank", "BANK", "")),
          Map.entry("vbank", new Way("VBank", "VBANK", "")),
          Map.entry("phone", new Way("HPP", "MOBILE", "")),
          Map.entry("kakaopay", new Way("onlykakaopay", "CARD", "d_kakaopay=Y")),
          Map.entry("naverpay", new Way("onlynaverpay", "CARD", "d_npay=Y")),
          Map.entry("samsung", new Way("onlyssp", "CARD", "d_samsungpay=Y")),
          Map.entry("payco", new Way("onlypayco", "CARD", "d_payco=Y")),
          Map.entry("lpay", new Way("onlylpay", "CARD", "d_lpay=Y")),
          Map.entry("ssgpay", new Way("onlyssgcard", "CARD", "d_ssgpay=Y")),
          Map.entry("tosspay", new Way("onlytosspay", "CARD", "d_tosspay=Y")),
          Map.entry("applepay", new Way("onlyapplepay", "CARD", "d_applepay=Y")),
          Map.entry("kpay", new Way("onlykpay", "CARD", "d_kpay=Y")),
          Map.entry("cultureland", new Way("Culture", "CULTURE", "")),
          Map.entry("smartculture", new Way("DGCL", "DGCL", "")),
          Map.entry("booknlife", new Way("Bcsh", "BCSH", "")),
          Map.entry("happymoney", new Way("HPMN", "HPMN", "")));

  /** Of the query of P_RETURN_URL: the order whose buyer has left the window. */
  static final String LEFT = "left";

  private IniWindow() {}

  static Map<String, String> pc(Order order, Visit visit, String stamp, Html5Inicis.Config config) {
    Way way = way(order);
    Map<String, String> form = signed(order, visit, stamp, config.mid(), config.signKey());
    form.put("gopaymethod", way.pc());
    List<String> accepts = new ArrayList<>(List.of("centerCd(Y)", "below1000", "va_receipt"));
    accepts.add("HPP(" + (order.wishes().goods().digital() ? "1" : "2") + ")");
    Instant due = order.wishes().account().due();
    if (due != null) {
      accepts.add("vbank(" + Seoul.stamp(due).substring(0, 12) + ")");
    }
    if (way.pc().startsWith("only")) {
      accepts.add("cardonly");
    }
    if (order.escrow()) {
      accepts.add("useescrow");
    }
    Form.putIf(form, "quotabase", order.wishes().cards().quotas(":"));
    String more = order.wishes().bypass("acceptmethod");
    if (more != null) {
      accepts.add(more);
    }
    form.put("acceptmethod", String.join(":", accepts));
    tax(form, order, "tax", "taxfree");
    Wishes.Period period = order.wishes().goods().period();
    Form.putIf(form, "offerPeriod", period == null ? null : period.from() + "-" + period.to());
    return form;
  }

  static Map<String, String> forKey(
      Order order, Visit visit, String stamp, Html5Inicis.Config config) {
    boolean own = config.hasBilling();
    Map<String, String> form =
        signed(
            order,
            visit,
            stamp,
            own ? config.billingMid() : config.mid(),
            own ? config.billingSignKey() : config.signKey());
    form.put("gopaymethod", "Card");
    form.put("acceptmethod", "BILLAUTH(Card):centerCd(Y)");
    return form;
  }

  static Map<String, String> mobile(
      Order order, Visit visit, String stamp, Html5Inicis.Config config) {
    Way way = way(order);
    String amount = order.amount().major().toPlainString();
    Buyer buyer = order.buyer();
    Map<String, String> form = new LinkedHashMap<>();
    form.put("P_INI_PAYMENT", way.mobile());
    form.put("P_MID", config.mid());
    form.put("P_OID", order.id());
    form.put("P_AMT", amount);
    form.put("P_GOODS", order.name());
    Form.putIf(form, "P_UNAME", buyer.name());
    Form.putIf(form, "P_MOBILE", buyer.tel());
    Form.putIf(form, "P_EMAIL", buyer.email());
    form.put("P_NEXT_URL", visit.back().toString());
    form.put("P_NOTI_URL", visit.notice().toString());
    if (chargesByItself(order)) {
      form.put("P_RETURN_URL", left(order, visit));
    }
    // Comes back with the return, which otherwise does not name the order.
    form.put("P_NOTI", order.id());
    form.put("P_HPP_METHOD", order.wishes().goods().digital() ? "1" : "2");
    form.put("P_TIMESTAMP", stamp);
    form.put("P_CHKFAKE", IniCrypto.checkFake(amount, order.id(), stamp, config.hashKey()));
    form.put("P_RESERVED", reserved(order, visit, way));
    Form.putIf(form, "P_QUOTABASE", order.wishes().cards().quotas(":"));
    tax(form, order, "P_TAX", "P_TAXFREE");
    Instant due = order.wishes().account().due();
    if (due != null) {
      form.put("P_VBANK_DT", Seoul.stamp(due).substring(0, 8));
      form.put("P_VBANK_TM", Seoul.stamp(due).substring(8, 12));
    }
    return form;
  }

  /**
   * {@code [inferred]} Of the mobile window's methods, bank transfers are charged before the buyer
   * leaves it: the result comes as a notice, and the browser, if at all, to P_RETURN_URL with
   * nothing of the PG's. Check with the PG.
   */
  static boolean chargesByItself(Order order) {
    return way(order).mobile().equals("BANK");
  }

  /** The only thing that the browser then brings is what this address says. */
  private static String left(Order order, Visit visit) {
    return visit.back() + (visit.back().getQuery() == null ? "?" : "&") + LEFT + "=" + order.id();
  }

  private static String reserved(Order order, Visit visit, Way way) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "twotrs_isp=Y",
                "block_isp=Y",
                "twotrs_isp_noti=N",
                "below1000=Y",
                "centerCd=Y",
                "amt_hash=Y",
                "vbank_receipt=Y"));
    if (!way.reserved().isEmpty()) {
      options.add(way.reserved());
    }
    if (order.escrow()) {
      options.add("useescrow=Y");
    }
    if (visit.appScheme() != null) {
      options.add("app_scheme=" + visit.appScheme());
    }
    String more = order.wishes().bypass("P_RESERVED");
    if (more != null) {
      options.add(more);
    }
    return String.join("&", options);
  }

  /** What the PC window always gets; its signature binds order and price. */
  private static Map<String, String> signed(
      Order order, Visit visit, String stamp, String mid, Secret signKey) {
    String price = order.amount().major().toPlainString();
    Map<String, String> form = new LinkedHashMap<>();
    form.put("version", "1.0");
    form.put("mid", mid);
    form.put("oid", order.id());
    form.put("price", price);
    form.put("timestamp", stamp);
    form.put("use_chkfake", "Y");
    form.put(
        "signature",
        IniCrypto.signature(Map.of("oid", order.id(), "price", price, "timestamp", stamp)));
    form.put(
        "verification",
        IniCrypto.signature(
            Map.of(
                "oid",
                order.id(),
                "price",
                price,
                "signKey",
                signKey.reveal(),
                "timestamp",
                stamp)));
    form.put("mKey", IniCrypto.mKey(signKey));
    form.put("currency", "WON");
    form.put("goodname", order.name());
    Form.putIf(form, "buyername", order.buyer().name());
    Form.putIf(form, "buyertel", order.buyer().tel());
    Form.putIf(form, "buyeremail", order.buyer().email());
    form.put("returnUrl", visit.back().toString());
    form.put("closeUrl", visit.close().toString());
    form.put("languageView", visit.language());
    form.put("charset", "UTF-8");
    form.put("payViewType", "overlay");
    return form;
  }

  private static Way way(Order order) {
    return WAYS.getOrDefault(order.method(), new Way("Card", "CARD", ""));
  }

  private static void tax(Map<String, String> form, Order order, String tax, String free) {
    if (order.tax().free() > 0 || order.tax().vat() != null) {
      form.put(tax, String.valueOf(order.tax().vatOf(order.amount().minor())));
      form.put(free, String.valueOf(order.tax().free()));
    }
  }
}
