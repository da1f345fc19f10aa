package dev.naru.checkout;

import dev.naru.payment.Purchase;
import java.util.Locale;
import java.util.Set;

/** How a window is shown. Which PG does what is V1's: a shop's page is written for it. */
enum Presentation {
  /** A layer in the shop's page, then the callback. */
  IFRAME,
  /** A window of its own, then the callback. */
  POPUP,
  /** The whole page goes, and comes back to m_redirect_url. */
  REDIRECT;

  /** PGs that leave the page where it is on any device. */
  private static final Set<String> STAY =
      Set.of(
          "bluewalnut",
          "danal",
          "danal_tpay",
          "eximbay",
          "payco",
          "paypal_v2",
          "smilepay",
          "toss_brandpay");

  /** PGs that take the page on any device. */
  private static final Set<String> LEAVE = Set.of("alipay", "chai", "paypal");

  /** PGs with a window of their own on desktops. */
  private static final Set<String> POPUPS = Set.of("inicis_jp", "mobilians_v2", "settle_acc");

  /** PGs for which {@code popup: true} asks for one. */
  private static final Set<String> POPUPS_IF_ASKED = Set.of("eximbay", "payco");

  /** As the SDK is told. */
  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * For a request_pay.
   *
   * @param pg pg_provider
   */
  static Presentation of(String pg, Purchase purchase, Visitor visitor) {
    if (isPopup(pg, purchase, visitor.mobile())) {
      return POPUP;
    }
    // Without an address to come back to nothing can leave.
    return visitor.redirectUrl() != null && leaves(pg, purchase, visitor.mobile())
        ? REDIRECT
        : IFRAME;
  }

  private static boolean isPopup(String pg, Purchase purchase, boolean mobile) {
    if (pg.equals("paypal_v2")) {
      return true;
    }
    if (pg.equals("naverpay")) {
      return !mobile && is(purchase, "naverPopupMode", "true");
    }
    return (!mobile && POPUPS.contains(pg))
        || (POPUPS_IF_ASKED.contains(pg) && is(purchase, "popup", "true"));
  }

  private static boolean leaves(String pg, Purchase purchase, boolean mobile) {
    if (STAY.contains(pg)) {
      return pg.equals("eximbay") && is(purchase, "popup", "false");
    }
    boolean staysOnMobiles =
        // The window of PCs, in a frame as there.
        (pg.equals("kakaopay") && is(purchase, "kakaopayMobileAsPC", "true"))
            || (pg.equals("html5_inicis") && purchase.customerUid() != null)
            || (pg.equals("mobilians") && purchase.method().equals("phone"));
    return mobile ? !staysOnMobiles : LEAVE.contains(pg) || pg.equals("naverpay");
  }

  private static boolean is(Purchase purchase, String option, String value) {
    return value.equals(purchase.options().get(option));
  }
}
