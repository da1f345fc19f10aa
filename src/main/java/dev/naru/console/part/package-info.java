/** What lists and forms of several sections are made of: addresses, figures, what is masked. */
@NullMarked
package dev.naru.console.part;

import org.jspecify.annotations.NullMarked;
