/** Published V1 clients, unmodified, against the hub. */
@NullMarked
package dev.naru.client;

import org.jspecify.annotations.NullMarked;
