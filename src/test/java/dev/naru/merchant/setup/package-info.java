/** Tests of the package of the same name. */
@NullMarked
package dev.naru.merchant.setup;

import org.jspecify.annotations.NullMarked;
