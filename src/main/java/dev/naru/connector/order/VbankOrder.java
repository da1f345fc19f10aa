package dev.naru.connector.order;

import dev.naru.kernel.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A virtual account to be opened. V1: {@code POST /vbanks}.
 *
 * <p>Whether it is fixed, and takes any number of deposits, stands among the order's {@link
 * Wishes}, too, since later calls about the account say which of these it is.
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
    @Nullable Secret escrowPassword) {}
