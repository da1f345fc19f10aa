/** Lists of schedules. */
@NullMarked
package dev.naru.billing.desk;

import org.jspecify.annotations.NullMarked;
