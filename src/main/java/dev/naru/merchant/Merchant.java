package dev.naru.merchant;

import org.jspecify.annotations.Nullable;

/**
 * A shop. A sub-merchant (tier) is a merchant of its own with a parent.
 *
 * @param slot which of {@link dev.naru.kernel.Ids#SLOTS} slots its data is in; its ids carry it
 * @param userCode V1's {@code imp########}, what a browser knows the shop by
 */
public record Merchant(
    long id,
    int slot,
    String userCode,
    @Nullable Long parentId,
    @Nullable String tierCode,
    String name) {}
