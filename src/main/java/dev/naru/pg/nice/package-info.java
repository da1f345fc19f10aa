/** NICE Payments: windows, cards by their data, billing keys, virtual accounts, cash receipts. */
@NullMarked
package dev.naru.pg.nice;

import org.jspecify.annotations.NullMarked;
