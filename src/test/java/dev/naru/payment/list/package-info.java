@NullMarked
package dev.naru.payment.list;

import org.jspecify.annotations.NullMarked;
