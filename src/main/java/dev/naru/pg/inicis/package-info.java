/** KG INICIS: its two windows, INIAPI for servers, and its unified identity verification. */
@NullMarked
package dev.naru.pg.inicis;

import org.jspecify.annotations.NullMarked;
