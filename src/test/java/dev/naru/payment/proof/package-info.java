@NullMarked
package dev.naru.payment.proof;

import org.jspecify.annotations.NullMarked;
