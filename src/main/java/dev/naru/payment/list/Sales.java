package dev.naru.payment.list;

/**
 * What was sold and given back in a span of time, in a currency's smallest unit, and how often.
 *
 * @param refunded counted when it was given back
 * @param declines of cards and PGs: not of buyers who went away, or shops that refused
 */
public record Sales(long sold, long refunded, long sales, long cancels, long declines) {

  public static final Sales NONE = new Sales(0, 0, 0, 0, 0);

  private static final double WHOLE = 100;

  /** What is left; negative where more was given back than sold. */
  public long net() {
    return sold - refunded;
  }

  /** How many of a hundred charges were approved; of none, all. */
  public double successRate() {
    long all = sales + declines;
    return all == 0 ? WHOLE : sales * WHOLE / all;
  }

  public Sales plus(Sales other) {
    return new Sales(
        sold + other.sold,
        refunded + other.refunded,
        sales + other.sales,
        cancels + other.cancels,
        declines + other.declines);
  }
}
