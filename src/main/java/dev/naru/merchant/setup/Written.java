package dev.naru.merchant.setup;

import dev.naru.connector.Pg;
import java.util.List;

/**
 * What is written down of a channel when it is changed.
 *
 * @param newSecrets the names of the secrets that are new, since their values are masked
 */
public record Written(
    String name,
    String pg,
    Pg.Mode mode,
    Record fields,
    boolean acceptsUnknown,
    List<String> newSecrets) {}
