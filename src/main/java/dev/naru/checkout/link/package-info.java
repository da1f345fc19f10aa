/** V1's payment links. */
@NullMarked
package dev.naru.checkout.link;

import org.jspecify.annotations.NullMarked;
