@NullMarked
package dev.naru.start.command;

import org.jspecify.annotations.NullMarked;
