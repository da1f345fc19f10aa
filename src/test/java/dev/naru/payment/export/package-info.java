@NullMarked
package dev.naru.payment.export;

import org.jspecify.annotations.NullMarked;
