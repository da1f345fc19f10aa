package dev.naru.connector.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A billing key to be issued.
 *
 * @param id 20 characters of 0-9 A-Z, unique to this request
 * @param owner V1's customer_id, or one made for this request
 */
public record KeyOrder(String id, String owner, Buyer buyer, Instant at, @Nullable String name) {}
