package dev.naru.checkout;

import dev.naru.kernel.ImpUid;

/**
 * One window of one payment, as a browser was sent to it.
 *
 * @param redirects the buyer's whole page goes to the PG and back to m_redirect_url; otherwise a
 *     frame in the shop's page does
 */
record Checkout(Token token, ImpUid impUid, Visitor visitor, boolean redirects, Bridge bridge) {

  boolean isKorean() {
    return visitor.language().equals("ko");
  }
}
