package dev.naru.merchant;

import dev.naru.connector.AfterSale;
import dev.naru.connector.Capability;
import dev.naru.connector.Identifies;
import dev.naru.kernel.Failed;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a channel is wanted for.
 *
 * @param word for who asks for it where there is none
 */
public record Use(Predicate<Channel> is, Word word) {

  private static final Map<Class<? extends Capability>, Word> WORDS =
      Map.ofEntries(
          Map.entry(Capability.KeyIn.class, Word.KEY_IN),
          Map.entry(Capability.IssueKey.class, Word.KEYS),
          Map.entry(Capability.Checkout.class, Word.PAYMENTS),
          Map.entry(Capability.WindowKey.class, Word.KEYS),
          Map.entry(Capability.Vbank.class, Word.VIRTUAL_ACCOUNTS),
          Map.entry(Capability.Cvs.class, Word.CONVENIENCE_STORES),
          Map.entry(Capability.Points.class, Word.POINTS),
          Map.entry(Capability.QuickPay.class, Word.QUICK_PAY),
          Map.entry(Capability.WishLists.class, Word.WISH_LISTS),
          Map.entry(AfterSale.Receipts.class, Word.CASH_RECEIPTS),
          Map.entry(Identifies.IdentityWindow.class, Word.IDENTITY),
          Map.entry(Identifies.IdentityOtp.class, Word.IDENTITY));

  /** A window to pay in, of either kind. */
  public static final Use WINDOW =
      new Use(
          channel ->
              channel.has(Capability.Checkout.class)
                  || channel.has(Capability.OneStepCheckout.class),
          Word.PAYMENTS);

  /** A window that ends in a billing key. */
  public static final Use KEY_WINDOW = of(Capability.WindowKey.class);

  /** What has this capability. */
  public static Use of(Class<? extends Capability> capability) {
    return new Use(channel -> channel.has(capability), WORDS.getOrDefault(capability, Word.THIS));
  }

  /** The same of those for which this is true. */
  public Use and(Predicate<Channel> also) {
    return new Use(is.and(also), word);
  }

  boolean isOf(Channel channel) {
    return is.test(channel);
  }

  /** The refusal where a PG is known, and by no channel can do this. */
  Failed none(String pg) {
    return Failed.unsupported(Refusal.NO_CHANNEL_FOR, pg, word);
  }
}
