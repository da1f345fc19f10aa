/** Lists of payments as files for spreadsheets. */
@NullMarked
package dev.naru.payment.export;

import org.jspecify.annotations.NullMarked;
