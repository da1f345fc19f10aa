/** What shops ask for: reserve, call, settle. A file for each way in. */
@NullMarked
package dev.naru.payment.flow;

import org.jspecify.annotations.NullMarked;
