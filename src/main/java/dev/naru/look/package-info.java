/** What pages of the whole hub share: who asks for one, in which language, and its frame. */
@NullMarked
package dev.naru.look;

import org.jspecify.annotations.NullMarked;
