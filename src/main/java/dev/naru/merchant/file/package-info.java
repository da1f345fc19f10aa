/** What of a merchant is kept in a shop file, and changed nowhere else. */
@NullMarked
package dev.naru.merchant.file;

import org.jspecify.annotations.NullMarked;
