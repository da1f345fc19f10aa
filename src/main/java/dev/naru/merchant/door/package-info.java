/** Who may come, from where and how often. */
@NullMarked
package dev.naru.merchant.door;

import org.jspecify.annotations.NullMarked;
