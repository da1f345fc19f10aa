/** KG INICIS: PC window, mobile window, INIAPI; and its unified identity verification. */
@NullMarked
package dev.naru.simulator.inicis;

import org.jspecify.annotations.NullMarked;
