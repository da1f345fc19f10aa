/** V1's operations on payments, and how payments are shown. */
@NullMarked
package dev.naru.api.payment;

import org.jspecify.annotations.NullMarked;
