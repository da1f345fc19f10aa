/**
 * The operator's pages, below {@code /console}. {@code frame} is what all of them have: who is
 * signed in and what they may do, the navigation, languages, refusals, whole pages and parts of
 * them; {@code entry} how people come in; {@code member} their own account and those of others;
 * {@code billing}, {@code link}, {@code promotion}, {@code identity} and {@code subshop} a section
 * each, of {@code part}s that several have. A page is a {@link dev.naru.console.frame.ConsolePage}
 * whose handlers say what they {@link dev.naru.console.frame.Needs need}; CONTRIBUTING has the
 * steps.
 */
@NullMarked
package dev.naru.console;

import org.jspecify.annotations.NullMarked;
