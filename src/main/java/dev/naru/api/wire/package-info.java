/** V1's wire: how requests are read and by whom they come, and the envelope of every answer. */
@NullMarked
package dev.naru.api.wire;

import org.jspecify.annotations.NullMarked;
