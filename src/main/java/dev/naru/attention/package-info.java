/** What the hub cannot settle alone: one list of matters for whoever runs it. */
@NullMarked
package dev.naru.attention;

import org.jspecify.annotations.NullMarked;
