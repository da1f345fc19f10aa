/** The log of webhooks, and sending what was not received again. */
@NullMarked
package dev.naru.webhook.log;

import org.jspecify.annotations.NullMarked;
