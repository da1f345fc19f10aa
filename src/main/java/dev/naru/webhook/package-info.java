/** Webhooks: delivery with retries, and their log. */
@NullMarked
package dev.naru.webhook;

import org.jspecify.annotations.NullMarked;
