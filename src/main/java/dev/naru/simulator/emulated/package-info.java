/**
 * The PGs whose own protocols are not public: they speak Naru's emulation protocol, {@code
 * docs/emulation.md}.
 */
@NullMarked
package dev.naru.simulator.emulated;

import org.jspecify.annotations.NullMarked;
