package dev.naru.checkout;

import dev.naru.kernel.ImpUid;

/**
 * One window of one payment or identity verification, as a browser was sent to it.
 *
 * @param impUid of the payment or the verification
 * @param redirects the buyer's whole page goes to the PG and back to m_redirect_url; otherwise a
 *     frame in the shop's page does, or a window of its own
 */
record Checkout(Token token, ImpUid impUid, Visitor visitor, boolean redirects, Bridge bridge) {

  /** What a window is for. Its address opens nothing else. */
  enum Kind {
    PAYMENT,
    IDENTITY
  }

  boolean isKorean() {
    return visitor.language().equals("ko");
  }
}
