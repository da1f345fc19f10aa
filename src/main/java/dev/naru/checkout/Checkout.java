package dev.naru.checkout;

import dev.naru.connector.facts.Presentation;
import dev.naru.kernel.ImpUid;

/**
 * One window of one payment or identity verification, as a browser was sent to it.
 *
 * @param impUid of the payment or the verification
 */
public record Checkout(
    Token token, ImpUid impUid, Visitor visitor, Presentation presentation, Bridge bridge) {

  /** What a window is for. Its address opens nothing else. */
  public enum Kind {
    PAYMENT,
    IDENTITY
  }

  /** The buyer's whole page goes to the PG and back to m_redirect_url. */
  public boolean redirects() {
    return presentation == Presentation.REDIRECT;
  }

  public boolean isKorean() {
    return visitor.language().equals("ko");
  }
}
