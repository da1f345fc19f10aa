package dev.naru.console.payments;

import dev.naru.console.payments.Texts.Stamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A payment as the list shows it, in words.
 *
 * @param buyer by name, e-mail or telephone, of which no more is shown than tells one from another
 * @param refunded null if nothing was given back
 * @param kinds what is not usual about it
 * @param why it failed; null if it did not
 * @param approved null if it was not
 * @param changed since when it has its status
 */
record PaymentRow(
    String impUid,
    String merchantUid,
    String name,
    String buyer,
    Tag status,
    List<Tag> kinds,
    String amount,
    @Nullable String refunded,
    String means,
    String pg,
    String channel,
    String shop,
    @Nullable String why,
    Stamp requested,
    @Nullable Stamp approved,
    Stamp changed,
    boolean cancelable) {

  /**
   * A badge.
   *
   * @param look its class
   */
  record Tag(String look, String text) {}
}
