/** What shops' servers need of the hub: identifiers, API keys, allowed addresses, webhooks. */
@NullMarked
package dev.naru.console.integration;

import org.jspecify.annotations.NullMarked;
