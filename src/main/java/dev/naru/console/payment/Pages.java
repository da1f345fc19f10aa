package dev.naru.console.payment;

import dev.naru.console.frame.Frame;
import dev.naru.payment.Payment;
import java.util.List;
import org.springframework.web.servlet.ModelAndView;

/** Where the pages of a payment are. */
final class Pages {

  static final String PAYMENT = "/console/payments/{impUid}";

  /** What they are arranged by. */
  static final List<String> STYLES = List.of("/assets/console/payment.css");

  private Pages() {}

  static String of(Payment payment) {
    return "/console/payments/" + payment.impUid().value();
  }

  /** Its page, which says what was done. */
  static ModelAndView done(Payment payment, String what) {
    return new ModelAndView(Frame.back(of(payment), what));
  }
}
