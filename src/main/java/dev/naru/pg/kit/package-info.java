/**
 * Small tools that any PG may use: tables of codes, reasons, JSON, forms, the amounts and times of
 * Seoul, digests and ciphers. Knows no PG, and grows only by what two PGs need.
 */
@NullMarked
package dev.naru.pg.kit;

import org.jspecify.annotations.NullMarked;
