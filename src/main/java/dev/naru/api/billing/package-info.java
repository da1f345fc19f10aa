/** V1's operations on billing keys and schedules. */
@NullMarked
package dev.naru.api.billing;

import org.jspecify.annotations.NullMarked;
