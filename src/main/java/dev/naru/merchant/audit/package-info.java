/** Changes of settings: one at a time, written down, and seen by every node. */
@NullMarked
package dev.naru.merchant.audit;

import org.jspecify.annotations.NullMarked;
