package dev.naru.checkout;

import dev.naru.kernel.ImpUid;

/** One window of one payment, as a browser was sent to it. */
record Checkout(
    Token token, ImpUid impUid, Visitor visitor, Presentation presentation, Bridge bridge) {

  /** The buyer's whole page goes to the PG and back to m_redirect_url. */
  boolean redirects() {
    return presentation == Presentation.REDIRECT;
  }

  boolean isKorean() {
    return visitor.language().equals("ko");
  }
}
