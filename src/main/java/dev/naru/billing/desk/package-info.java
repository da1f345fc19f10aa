/** What a person at the console sees of billing keys and schedules, and does with them. */
@NullMarked
package dev.naru.billing.desk;

import org.jspecify.annotations.NullMarked;
