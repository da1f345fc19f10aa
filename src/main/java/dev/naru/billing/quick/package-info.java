/** A shop's own easy pay by NHN KCP. */
@NullMarked
package dev.naru.billing.quick;

import org.jspecify.annotations.NullMarked;
