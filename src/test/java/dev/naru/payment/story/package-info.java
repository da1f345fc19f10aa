@NullMarked
package dev.naru.payment.story;

import org.jspecify.annotations.NullMarked;
