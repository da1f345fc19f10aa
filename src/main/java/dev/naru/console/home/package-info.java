/** Where everybody begins: how sales go, what needs somebody, and what is left to be set up. */
@NullMarked
package dev.naru.console.home;

import org.jspecify.annotations.NullMarked;
