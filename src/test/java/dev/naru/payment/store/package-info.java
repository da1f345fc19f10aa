@NullMarked
package dev.naru.payment.store;

import org.jspecify.annotations.NullMarked;
