/** Payment links: made, listed, shown with a QR code, switched off. */
@NullMarked
package dev.naru.console.link;

import org.jspecify.annotations.NullMarked;
