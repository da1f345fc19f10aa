/** The pages a buyer sees, and the payment window that all fakes share. */
@NullMarked
package dev.naru.simulator.kit.window;

import org.jspecify.annotations.NullMarked;
