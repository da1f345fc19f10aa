/** Subscriptions: schedules as a list and as a calendar, billing keys, and the daily retry. */
@NullMarked
package dev.naru.console.billing;

import org.jspecify.annotations.NullMarked;
