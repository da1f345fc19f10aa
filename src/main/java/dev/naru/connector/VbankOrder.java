package dev.naru.connector;

import dev.naru.kernel.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A virtual account to be opened. V1: {@code POST /vbanks}.
 *
 * <p>One that takes any number of deposits of any amount is an order of zero with the option {@link
 * #UNLIMITED}; one with the option {@link #NUMBER} is fixed. Both options stay with the order,
 * since later calls about the account say which of these it is.
 *
 * @param bank the PG's bank code
 * @param due until when the deposit is taken
 * @param holder the name the account shows, null where the PG uses the contract's
 * @param fixed V1's vbank_key or vbank_num of a fixed account, null for a new one
 * @param escrowPassword what the payer gives to an escrow account, null without escrow
 */
public record VbankOrder(
    String bank,
    Instant due,
    @Nullable String holder,
    @Nullable String fixed,
    @Nullable Secret escrowPassword) {

  /** V1's name of the option. */
  public static final String UNLIMITED = "fixed_unlimited_vbank";

  /** V1's name of the option. */
  public static final String NUMBER = "vbank_num";
}
