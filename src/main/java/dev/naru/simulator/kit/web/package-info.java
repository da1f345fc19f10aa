/** HTTP: who answers where, and in which of the ways networks have of failing. */
@NullMarked
package dev.naru.simulator.kit.web;

import org.jspecify.annotations.NullMarked;
