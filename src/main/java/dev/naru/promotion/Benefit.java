package dev.naru.promotion;

/**
 * The discount that a payment was granted, with all that pricing its cancels needs: the promotion
 * may have ended when they come. In won.
 *
 * @param discount what was taken off the order amount, more than 0
 * @param terms by which it was
 * @param restores whether cancels give back what they take from the discount to the budget
 */
public record Benefit(String promotionId, long discount, Terms terms, boolean restores) {

  /**
   * What the rest of an order costs (V1 {@code retain_promotion}).
   *
   * @param ordered the whole order amount
   * @param retain whether the rest keeps the rate of the whole; if not, it is priced anew
   */
  public long price(long ordered, long rest, boolean retain) {
    return rest - (retain ? terms.kept(ordered, rest) : terms.off(rest));
  }
}
