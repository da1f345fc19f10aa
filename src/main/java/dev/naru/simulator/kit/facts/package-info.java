/**
 * What all fakes know alike: magic cards and phones, card companies, banks, times, numbers, hashes.
 */
@NullMarked
package dev.naru.simulator.kit.facts;

import org.jspecify.annotations.NullMarked;
