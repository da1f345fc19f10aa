@NullMarked
package dev.naru.payment;

import org.jspecify.annotations.NullMarked;
