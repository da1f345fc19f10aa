package dev.naru.api.aftercare;

import dev.naru.api.Refusal;
import dev.naru.api.wire.Params;
import dev.naru.kernel.Failed;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Naver Pay's words for reasons and deliveries, as V1 passes them on. */
final class NavercoWords {

  static final Set<String> CANCEL_REASONS =
      Set.of(
          "SOLD_OUT",
          "DELAYED_DELIVERY",
          "PRODUCT_UNSATISFIED",
          "INTENT_CHANGED",
          "COLOR_AND_SIZE",
          "WRONG_ORDER",
          "INCORRECT_INFO");
  static final Set<String> RETURN_REASONS =
      Set.of(
          "INTENT_CHANGED",
          "COLOR_AND_SIZE",
          "WRONG_ORDER",
          "PRODUCT_UNSATISFIED",
          "DELAYED_DELIVERY",
          "SOLD_OUT",
          "DROPPED_DELIVERY",
          "BROKEN",
          "INCORRECT_INFO",
          "WRONG_DELIVERY",
          "WRONG_OPTION");
  static final Set<String> WITHHOLD_REASONS =
      Set.of(
          "RETURN_DELIVERYFEE",
          "EXTRAFEEE",
          "RETURN_DELIVERYFEE_AND_EXTRAFEEE",
          "RETURN_PRODUCT_NOT_DELIVERED",
          "ETC");

  static final Set<String> WAYS_OUT =
      Set.of(
          "DELIVERY", "GDFW_ISSUE_SVC", "VISIT_RECEIPT", "DIRECT_DELIVERY", "QUICK_SVC", "NOTHING");
  static final Set<String> WAYS_BACK =
      Set.of("RETURN_DESIGNATED", "RETURN_DELIVERY", "RETURN_INDIVIDUAL");
  private static final Set<String> COURIERS =
      Set.of(
          ("CJGLS KGB DONGBU EPOST REGISTPOST HANJIN HYUNDAI KGBLS INNOGIS DAESIN ILYANG KDEXP"
                  + " CHUNIL CH1 HDEXP CVSNET DHL FEDEX GSMNTON WARPEX WIZWA EMS DHLDE ACIEXPRESS"
                  + " EZUSA PANTOS UPS HLCGLOBAL KOREXG TNT SWGEXP DAEWOON USPS IPARCEL KUNYOUNG"
                  + " HPL DADREAM SLX SFEXPRESS HONAM")
              .split(" ", -1));

  private NavercoWords() {}

  /** Throws {@link Failed} invalid unless it may be the id of a product order. */
  static void requireId(String id) {
    if (!id.matches("[0-9A-Za-z]{1,20}")) {
      throw Failed.invalid(Refusal.WRONG_PRODUCT_ORDER);
    }
  }

  /** How something travels: a courier and a number where one takes it. */
  static Map<String, String> delivery(Params params, Set<String> ways, String byCourier) {
    String way = params.requiredOneOf("delivery_method", ways);
    Map<String, String> details = new HashMap<>();
    details.put("method", way);
    if (way.equals(byCourier)) {
      details.put("courier", params.requiredOneOf("delivery_company", COURIERS));
      details.put("tracking", params.required("tracking_number", 40));
    } else {
      params.oneOf("delivery_company", COURIERS);
      params.text("tracking_number", 40);
    }
    return details;
  }
}
