/** PGs whose server protocol is not public: all speak Naru's own to the simulators. */
@NullMarked
package dev.naru.pg.emulated;

import org.jspecify.annotations.NullMarked;
