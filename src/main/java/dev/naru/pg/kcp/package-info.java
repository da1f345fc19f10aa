/** NHN KCP's identity verification: its hub for codes and apps, and its window. */
@NullMarked
package dev.naru.pg.kcp;

import org.jspecify.annotations.NullMarked;
