package dev.naru.simulator.kit.people;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message.
 *
 * @param about the transaction at the PG
 * @param code the code in the text, null where there is none
 */
record Message(
    String id,
    Outbox.Kind kind,
    String pg,
    String about,
    String to,
    String text,
    @Nullable String code,
    Instant at) {}
