/** Tests of the package of the same name. */
@NullMarked
package dev.naru.merchant.audit;

import org.jspecify.annotations.NullMarked;
