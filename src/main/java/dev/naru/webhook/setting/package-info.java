/** What shops set for their webhooks: endpoints, their keys, and what applies to whom. */
@NullMarked
package dev.naru.webhook.setting;

import org.jspecify.annotations.NullMarked;
