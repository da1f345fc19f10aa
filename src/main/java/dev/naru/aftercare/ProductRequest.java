package dev.naru.aftercare;

import dev.naru.connector.aftercare.ProductAct;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a shop asks to be done.
 *
 * @param ids the product orders it is about, empty for all of the payment
 * @param why V1's code of the reason a cancel gives, null if it gives none
 * @param reason the reason in words, for the history of cancels
 * @param once of which the ids of cancels are made, null for new ones
 */
public record ProductRequest(
    List<String> ids, ProductAct act, @Nullable String why, String reason, @Nullable String once) {}
